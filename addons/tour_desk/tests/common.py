from odoo.fields import Command

from odoo.addons.tour_booking.tests.common import BookingCommon

GUEST = {"last_name": "Orlov", "first_name": "Oleg"}


class DeskCommon(BookingCommon):
    """Bookings of one manager, and everybody who has something to do with them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The tests have tasks of their own.
        cls.env["tour.checklist.template"].search([]).active = False
        cls.manager_two = cls._create_staff("manager_two", "manager_own")
        cls.accountant = cls._create_staff("accountant", "accountant")
        cls.director = cls._create_staff("director", "director")
        cls.editor = cls._create_staff("editor", "hotel_editor")
        cls.portal = cls._create_client_user("client_user")

    @classmethod
    def _transfer(cls, **values):
        return Command.create(
            {
                "service_type_id": cls.transfer.id,
                "route": "Airport – City",
                "date_from": cls._day(20),
                "supplier_id": cls.supplier.id,
                **values,
            }
        )

    @classmethod
    def _create_bill(cls, orders, amount, **values):
        bill = cls.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": cls.supplier.id,
                "invoice_date": cls.today,
                "invoice_date_due": cls._day(4),
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Stay", "price_unit": amount, "tax_ids": False}
                    )
                ],
                "tour_order_ids": [Command.set(orders.ids)],
                **values,
            }
        )
        bill.action_post()
        return bill

    @classmethod
    def _invoice(cls, order):
        invoice = order._create_invoices()
        invoice.invoice_date_due = cls._day(9)
        invoice.action_post()
        return invoice

    @classmethod
    def _pay(cls, moves):
        cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=moves.ids
        ).create({}).action_create_payments()

    @classmethod
    def _rows(cls, orders, user=None, **context):
        """Rows of Today that these bookings have, as a user sees them."""
        today = cls.env(user=user)["tour.today"] if user else cls.env["tour.today"]
        today.invalidate_model()
        return today.with_context(**context).search([("order_id", "in", orders.ids)])

    @classmethod
    def _due(cls, orders, user=None):
        return {(row.kind, row.deadline) for row in cls._rows(orders, user)}

    @classmethod
    def _row(cls, orders, kind, user=None):
        return cls._rows(orders, user).filtered(lambda row: row.kind == kind)
