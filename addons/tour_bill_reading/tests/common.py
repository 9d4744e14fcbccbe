from odoo.addons.tour_bill.tests.common import BillCommon
from odoo.addons.tour_payment_order.tests import pdf_factory

# Of the supplier in `BillCommon`, whose tax id is 7701234560 and who has this account.
LINES = [
    "Счет № В-15 от 5 октября 2026 г.",
    "Поставщик: ООО «Эдельвейс», ИНН 7701234560, КПП 770101001",
    "Р/с 40702810800000000001 БИК 044525593 К/с 30101810200000000593",
    "Покупатель: ООО «Тур», ИНН 7712345671, КПП 771201001",
    "Всего к оплате: 12 200,00 руб. Без НДС",
    "Двенадцать тысяч двести рублей 00 копеек",
]


class ReadingCommon(BillCommon):
    """A bill's file that says what `LINES` do; the reader does not commit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.vat = "7712345671"
        cls.roubles = cls.env.ref("base.RUB")
        cls.roubles.active = True
        # Committing is not for tests; the time does not end.
        cls.classPatch(
            type(cls.env["ir.cron"]), "_commit_progress", lambda *_args, **_kw: 600.0
        )

    @classmethod
    def _make(cls, *lines, number="В-15"):
        """A file with these lines besides."""
        first = LINES[0].replace("В-15", number)
        return pdf_factory.draw({"lines": [first, *LINES[1:], *lines]})

    @classmethod
    def _upload_read(cls, content=None, **options):
        """A bill whose file was read."""
        bill = cls._upload(content or cls._make(), **options)
        cls.env["tour.bill.reading"]._cron_read()
        return bill

    def _hints(self, bill, user=None):
        return bill.sudo(False).with_user(user or self.manager).get_bill_hints()
