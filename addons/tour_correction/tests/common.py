import io

from pypdf import PdfReader

from odoo.fields import Command

from odoo.addons.tour_booking.tests.common import BookingCommon


class CorrectionCommon(BookingCommon):
    """Bookings of three nights at 5,000, for the client and from the supplier."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._create_staff("accountant", "accountant")
        cls.director = cls._create_staff("director", "director")
        cls.supplier.email = "money@alpina.example"
        cls.hotel.email = "desk@alpina.example, front@alpina.example"
        cls.env.company.tour_accounting_partner_ids = cls.accountant.partner_id

    @classmethod
    def _stay(cls, guests=(), **values):
        """Three nights from tomorrow, of which the hotel gets all."""
        return super()._stay(
            guests, **{"date_to": cls._day(4), "supplier_id": cls.supplier.id, **values}
        )

    @classmethod
    def _create_done(cls, *services, state="done", **values):
        order = cls._create_booking(*services, **values)
        return cls._force_state(order, state)

    @classmethod
    def _create_paid(cls, *services, **values):
        """A booking whose payment orders are confirmed."""
        order = cls._create_booking(*services, **values)
        order.order_line.payment_order_state = "confirmed"
        return order

    @classmethod
    def _create_bill(cls, order, amount, partner=None, **values):
        """A posted bill of the supplier for the booking."""
        bill = cls.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": (partner or cls.supplier).id,
                "invoice_date": cls.today,
                "ref": "B-1207",
                "tour_order_ids": [Command.link(order.id)] if order else [],
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Stay", "price_unit": amount, "tax_ids": False}
                    )
                ],
                **values,
            }
        )
        bill.action_post()
        return bill

    @classmethod
    def _pay(cls, bill, amount=None):
        register = (
            cls.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=bill.ids)
            .create({"amount": amount or bill.amount_residual})
        )
        return register._create_payments()

    def _shorten(self, order, nights, user=None):
        """Let the first service of the booking end earlier, or later."""
        line = order.order_line[0].with_user(user or self.manager)
        line.date_to = self._day(1 + nights)

    @classmethod
    def _read_pdf(cls, content):
        pages = PdfReader(io.BytesIO(content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    @classmethod
    def _get_told(cls, user, record):
        """Texts of what the user was told of the record."""
        messages = cls.env["mail.message"].search(
            [
                ("model", "=", record._name),
                ("res_id", "=", record.id),
                ("message_type", "=", "user_notification"),
                ("partner_ids", "in", user.partner_id.ids),
            ]
        )
        return "".join(messages.mapped("body"))
