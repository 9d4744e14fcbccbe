from base64 import b64encode
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from odoo.addons.tour_bank.engine import client_bank_write
from odoo.addons.tour_bill.tests.common import BillCommon

FILES = Path(__file__).with_name("files")
# Ours in the samples, in roubles; and that of the tests, in what the books are kept in.
ROUBLES = "40702810200000000001"
OWN = "40702840500000000001"
INN = "7701234560"
DAY = date(2026, 10, 5)


def make_document(amount, purpose="", **values):
    """A document of a statement: what came if the sum is positive."""
    total = Decimal(str(amount))
    other, own = (
        ("Плательщик", "Получатель")
        if total > 0
        else (
            "Получатель",
            "Плательщик",
        )
    )
    return {
        "Номер": "214",
        "Дата": DAY,
        "Сумма": abs(total),
        f"{own}Счет": OWN,
        "ДатаПоступило" if total > 0 else "ДатаСписано": DAY,
        f"{other}Счет": values.pop("account", "40702810800000000001"),
        f"{other}ИНН": values.pop("tax_id", INN),
        f"{other}1": values.pop("name", "ООО Ромашка"),
        "НазначениеПлатежа": purpose,
        **values,
    }


def make_statement(*documents, start=1000, **values):
    """A statement in the bank's own format, whose totals are right."""
    came = sum((d["Сумма"] for d in documents if "ДатаПоступило" in d), Decimal())
    went = sum((d["Сумма"] for d in documents if "ДатаСписано" in d), Decimal())
    balances = {
        "ДатаНачала": DAY,
        "ДатаКонца": DAY,
        "РасчСчет": OWN,
        "НачальныйОстаток": Decimal(start),
        "ВсегоПоступило": came,
        "ВсегоСписано": went,
        "КонечныйОстаток": start + came - went,
        **values,
    }
    made = datetime(2026, 10, 6, 9, 0)
    return client_bank_write.write_statement(documents, balances, made).data


class BankCommon(BillCommon):
    """Our account with its journal, a client with a tax id, a bill to pay."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.partner_id.vat = "7712345671"
        cls.client_company.vat = "7707083893"
        cls.our_bank = cls.env["res.bank"].create(
            {"name": "ПАО СБЕРБАНК", "bic": "044525225", "city": "г. Москва"}
        )
        cls.their_bank = cls.env["res.bank"].create(
            {
                "name": "АО АЛЬФА-БАНК",
                "bic": "044525593",
                "corr_account": "30101810200000000593",
            }
        )
        cls.main_bank.bank_account_id = cls.env["res.partner.bank"].create(
            {
                "acc_number": OWN,
                "partner_id": cls.env.company.partner_id.id,
                "bank_id": cls.our_bank.id,
            }
        )
        cls.bank_account.bank_id = cls.their_bank

    def setUp(self):
        super().setUp()
        self.patch(
            type(self.env["ir.cron"]),
            "_commit_progress",
            lambda cron, *args, **kwargs: 60.0,
        )

    def _create_paid_out(self, content=b"bill 1", **values):
        """A bill that was ordered, by way of the director where rules send it there."""
        bill = self._create_handed(content, **values)
        if bill.tour_bill_state == "director":
            self._act(bill, "approve", self.director)
        bill.with_user(self.accountant).action_order_bill()
        return bill

    def _create_rouble_journal(self):
        roubles = self.env.ref("base.RUB")
        roubles.active = True
        account = self.env["res.partner.bank"].create(
            {"acc_number": ROUBLES, "partner_id": self.env.company.partner_id.id}
        )
        return self.env["account.journal"].create(
            {
                "name": "Roubles",
                "type": "bank",
                "code": "RUBL",
                "currency_id": roubles.id,
                "bank_account_id": account.id,
            }
        )

    def _open_import(self, content, user=None, journal=None):
        Wizard = self.env["account.statement.import"].with_user(user or self.accountant)
        if journal:
            Wizard = Wizard.with_context(journal_id=journal.id)
        return Wizard.create(
            {"statement_file": b64encode(content), "statement_filename": "kl_to_1c.txt"}
        )

    def _import(self, content, user=None, journal=None):
        """Take the file in; its lines, in the order of the file."""
        action = self._open_import(content, user, journal).import_file_button()
        domain = action["params"]["next"]["domain"]
        self.message = action["params"]["message"]
        Line = self.env["account.bank.statement.line"].sudo()
        return Line.search(domain).sorted("tour_file_row")

    def _import_one(self, amount, purpose="", **values):
        return self._import(make_statement(make_document(amount, purpose, **values)))
