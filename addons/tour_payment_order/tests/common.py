from datetime import date

from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.tour_document.tests.common import TourDocumentCommon

from . import pdf_factory as factory

HOTEL_MAIL = "desk@hotel.example"
FRONT_MAIL = "front@hotel.example"


class PaymentOrderCommon(TourDocumentCommon):
    """A booking whose stay costs 12,800 at a hotel with a tax id, and staff with mails.

    The company's tax id is that of the payer of `pdf_factory`.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supplier.write({"vat": factory.HOTEL, "lang": "en_US"})
        cls.hotel.email = f"{HOTEL_MAIL}, {FRONT_MAIL}"
        for role, user in cls.users.items():
            user.email = f"{role}@tour.example"
        cls.accountant = cls.users["accountant"]
        cls.accountant.email = "money@tour.example"
        cls.head = cls.users["head"]
        cls.director = cls.users["director"]
        cls.other_manager = new_test_user(
            cls.env, "test_other", groups="tour_partner.tour_group_manager_own"
        )
        cls._move_to(cls.order, "booked")
        cls.files = cls.env["tour.payment.order.file"]
        # Committing is not for tests; the time does not end.
        cls.classPatch(
            type(cls.env["ir.cron"]), "_commit_progress", lambda *_args, **_kw: 600.0
        )

    @classmethod
    def _make_pdf(cls, *orders, make=factory.draw):
        return make(*(cls._prepare_order(**order) for order in orders or [{}]))

    @classmethod
    def _prepare_order(cls, **values):
        if "lines" in values:
            return values
        return {
            "amount": "12800-00",
            "words": "Двенадцать тысяч восемьсот рублей 00 копеек",
            "purpose": f"Оплата за проживание, заявка {cls.order.name}",
            **values,
        }

    @classmethod
    def _receive(cls, *contents, **values):
        files = [(f"orders {n}.pdf", c) for n, c in enumerate(contents, 1)]
        values = {"user_id": cls.accountant.id, **values}
        return cls.files._receive(cls.company, files, **values)

    @classmethod
    def _read_file(cls, *contents, **values):
        """The file or files after the worker has read them."""
        files = cls._receive(*contents, **values)
        cls.files._cron_read()
        return files

    @classmethod
    def _read_order(cls, make=factory.draw, **values):
        """The one order of a file of one page."""
        file = cls._read_file(cls._make_pdf(values, make=make))
        return file.payment_order_ids

    @classmethod
    def _get_codes(cls, order):
        return [code for code, _values in order.reasons or []]

    @classmethod
    def _get_copies(cls, order=None):
        """Payment orders among the files of the booking."""
        return cls.env["ir.attachment"].search(
            [
                ("res_model", "=", "sale.order"),
                ("res_id", "=", (order or cls.order).id),
                ("tour_incoming_type", "=", "payment_order"),
            ]
        )

    @classmethod
    def _get_mails(cls, record):
        return cls.env["mail.mail"].search(
            [("model", "=", record._name), ("res_id", "in", record.ids)]
        )

    @classmethod
    def _create_bill(cls, ref="B-1207", amount=12800.0, partner=None, order=None):
        bill = cls.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": (partner or cls.supplier).id,
                "invoice_date": date(2026, 10, 1),
                "ref": ref,
                "tour_order_ids": [Command.link((order or cls.order).id)],
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Stay", "price_unit": amount, "tax_ids": False}
                    )
                ],
            }
        )
        bill.action_post()
        return bill
