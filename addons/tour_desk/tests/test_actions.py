from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import GUEST, DeskCommon


@tagged("post_install", "-at_install")
class TestActions(DeskCommon):
    def _do(self, order, kind, user):
        return self._row(order, kind, user).action_do()

    def test_new_booking_is_accepted(self):
        order = self._create_booking(self._stay([GUEST]), user_id=False)
        self.assertIs(self._do(order, "new", self.manager), True)
        self.assertEqual(order.booking_state, "accepted")
        self.assertEqual(order.user_id, self.manager)

    def test_what_was_done_meanwhile_is_said(self):
        order = self._create_booking(self._stay([GUEST]))
        row = self._row(order, "new", self.manager)
        row.action_do()
        with self.assertRaisesRegex(UserError, "done already"):
            row.action_do()

    def test_stay_that_is_over_is_closed(self):
        order = self._create_booking(
            self._stay([GUEST], date_from=self._day(-5), date_to=self._day(-3))
        )
        self._force_state(order, "booked")
        self.assertIs(self._do(order, "to_close", self.manager), True)
        self.assertEqual(order.booking_state, "done")

    def test_missing_supplier_and_guests_open_the_service(self):
        order = self._create_booking(
            self._stay(), self._transfer(supplier_id=False), self._transfer()
        )
        stay, transfer = order.order_line[:2]
        for kind, line in (("no_guests", stay), ("no_supplier", transfer)):
            action = self._do(order, kind, self.manager)
            self.assertEqual(
                (action["res_model"], action["res_id"], action["target"]),
                ("sale.order.line", line.id, "new"),
            )

    def test_status_is_asked_for(self):
        order = self._create_booking(self._stay([GUEST]))
        for state, kind in (("client_confirmed", "agreed"), ("accepted", "not_booked")):
            self._force_state(order, state)
            action = self._do(order, kind, self.manager)
            self.assertEqual(action["res_model"], "tour.booking.move")
            self.assertEqual(action["context"], {"default_order_ids": order.ids})

    def test_bill_is_entered_by_accountants(self):
        order = self._create_booking(
            self._stay([GUEST], date_from=self._day(-5), date_to=self._day(-3))
        )
        self._force_state(order, "done")
        action = self._do(order, "no_bill", self.accountant)
        self.assertEqual(action["context"]["default_tour_order_ids"], order.ids)
        self.assertEqual(action["context"]["default_partner_id"], self.supplier.id)
        action = self._do(order, "no_bill", self.manager)
        self.assertEqual((action["res_model"], action["res_id"]), order_ref(order))
        action = self._do(order, "to_invoice", self.accountant)
        self.assertEqual(action["context"]["active_ids"], order.ids)

    def test_payments(self):
        order = self._create_booking(self._stay([GUEST]))
        self._force_state(order, "done")
        invoice = self._invoice(order)
        bill = self._create_bill(order, 9000)
        for kind, move in (("bill", bill), ("balance", invoice)):
            action = self._do(order, kind, self.accountant)
            self.assertEqual(action["res_model"], "account.payment.register")
            self.assertTrue(move.line_ids.ids)
        action = self._do(order, "bill", self.director)
        self.assertEqual((action["res_model"], action["res_id"]), order_ref(bill))

    def test_rows_open_their_booking(self):
        order = self._create_booking(self._stay([GUEST]))
        row = self._row(order, "new", self.manager)
        action = row.action_open()
        self.assertEqual((action["res_model"], action["res_id"]), order_ref(order))
        order.client_unread_count = 1
        action = self._do(order, "unread", self.manager)
        self.assertEqual((action["res_model"], action["res_id"]), order_ref(order))

    def test_task_is_ticked(self):
        order = self._create_booking(self._stay([GUEST]))
        item = self.env["tour.checklist.item"].create(
            {"order_id": order.id, "name": "Call", "deadline": self.today}
        )
        self.assertIs(self._do(order, "task", self.manager), True)
        self.assertEqual(item.state, "done")
        self.assertFalse(self._row(order, "task"))


def order_ref(record):
    return record._name, record.id
