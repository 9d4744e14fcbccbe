from odoo.tests import tagged

from odoo.addons.tour_payment_order.payment_order_states import MOVER

from .common import BillCommon


@tagged("post_install", "-at_install")
class TestChain(BillCommon):
    """A booking, its bill, the payment, its payment order and the line of the bank."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bill = cls._create_ordered()
        cls.payment = cls.bill.tour_bill_event_ids.payment_id
        cls.paper = cls._create_paper()
        cls.line = cls._create_bank_line()
        cls.env.flush_all()

    @classmethod
    def _create_paper(cls):
        """A payment order as it came from the bank, attached to the booking."""
        env = cls.env(context={"tour_payment_order_mover": MOVER})
        file = env["tour.payment.order.file"].create({"name": "orders.pdf"})
        return env["tour.payment.order"].create(
            {
                "file_id": file.id,
                "identity": "1|2026-11-01|10000.00|",
                "state": "attached",
                "order_id": cls.booking.id,
                "line_ids": [(6, 0, cls.booking.order_line.ids)],
                "bill_id": cls.bill.id,
            }
        )

    @classmethod
    def _create_bank_line(cls):
        """What the bank says of the payment, matched with it."""
        line = cls.env["account.bank.statement.line"].create(
            {
                "journal_id": cls.main_bank.id,
                "date": cls.today,
                "payment_ref": "PP 1",
                "amount": -10000.0,
            }
        )
        ordered = cls.payment._seek_for_lines()[0]
        _liquidity, suspense, _others = line._seek_for_lines()
        suspense.with_context(skip_readonly_check=True).write(
            {"account_id": ordered.account_id.id, "partner_id": cls.supplier.id}
        )
        (suspense | ordered).reconcile()
        return line

    def _follow(self, action):
        """The records that an action opens, as the accountant."""
        Model = self.env[action["res_model"]].with_user(self.accountant)
        if action.get("res_id"):
            found = Model.browse(action["res_id"])
        else:
            found = Model.search(action["domain"])
        found.read(["display_name"])
        return found.sudo()

    def _as_accountant(self, record):
        return record.sudo(False).with_user(self.accountant)

    def assertLeads(self, record, method, target):
        action = getattr(self._as_accountant(record), method)()
        self.assertEqual(self._follow(action), target.sudo())

    def test_from_the_booking_to_the_bank(self):
        self.assertLeads(self.booking, "action_view_bills", self.bill)
        self.assertLeads(self.booking, "action_view_payment_orders", self.paper)
        self.assertLeads(self.bill, "action_view_bill_papers", self.paper)
        self.assertLeads(self.bill, "action_view_bill_payments", self.payment)
        self.assertLeads(self.bill, "action_view_bill_bank_lines", self.line)
        self.assertLeads(self.paper, "action_view_bill_payments", self.payment)
        self.assertLeads(self.payment, "button_open_statement_lines", self.line)

    def test_from_the_bank_to_the_booking(self):
        self.assertLeads(self.line, "action_view_bills", self.bill)
        self.assertLeads(self.line, "action_view_bookings", self.booking)
        self.assertLeads(self.payment, "button_open_bills", self.bill)
        self.assertLeads(self.payment, "action_view_bill_papers", self.paper)
        self.assertLeads(self.payment, "action_view_bill_bookings", self.booking)
        self.assertLeads(self.paper, "action_open_bill", self.bill)
        self.assertLeads(self.bill, "action_view_bill_bookings", self.booking)
        paper = self._as_accountant(self.paper)
        self.assertEqual(paper.order_id.id, self.booking.id)
        self.assertEqual(paper.line_ids.ids, self.booking.order_line.ids)

    def test_the_buttons_say_how_many(self):
        bill = self._as_accountant(self.bill)
        payment = self._as_accountant(self.payment)
        self.assertEqual(
            (
                bill.tour_bill_booking_count,
                bill.tour_bill_paper_count,
                bill.tour_bill_payment_count,
                bill.tour_bill_bank_line_count,
            ),
            (1, 1, 1, 1),
        )
        self.assertEqual(
            (payment.tour_bill_booking_count, payment.tour_bill_paper_count), (1, 1)
        )
        self.assertEqual(self._as_accountant(self.paper).tour_bill_payment_count, 1)

    def test_a_line_that_pays_a_bill_at_once(self):
        """Without a payment of ours: the line is matched with the bill itself."""
        bill = self._create_handed(b"2", ref="78", amount=500.0)
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.main_bank.id,
                "date": self.today,
                "payment_ref": "PP 2",
                "amount": -500.0,
            }
        )
        row = bill.line_ids.filtered(lambda r: r.account_type == "liability_payable")
        _liquidity, suspense, _others = line._seek_for_lines()
        suspense.with_context(skip_readonly_check=True).write(
            {"account_id": row.account_id.id, "partner_id": self.supplier.id}
        )
        (suspense | row).reconcile()
        self.assertLeads(bill, "action_view_bill_bank_lines", line)
        self.assertLeads(line, "action_view_bills", bill)

    def test_bills_open_in_their_own_form(self):
        form = self.env.ref("tour_bill.account_move_view_form_bill").id
        for record, method in (
            (self.payment, "button_open_bills"),
            (self.paper, "action_open_bill"),
            (self.line, "action_view_bills"),
        ):
            action = getattr(self._as_accountant(record), method)()
            self.assertEqual(action["views"], [(form, "form")])
