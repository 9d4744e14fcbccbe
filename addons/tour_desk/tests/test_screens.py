from odoo.tests import HttpCase, tagged

from .common import GUEST, DeskCommon


@tagged("post_install", "-at_install")
class TestScreens(DeskCommon, HttpCase):
    def test_manager_works_off_his_day(self):
        order = self._create_booking(self._stay([GUEST]))
        later = self._create_booking(self._stay(), partner_id=self.supplier.id)
        self.start_tour("/odoo/tour-today", "tour_desk_today", login="tour_manager")
        self.assertEqual(order.booking_state, "accepted")
        snooze = self.env["tour.today.snooze"].search([("order_id", "=", later.id)])
        self.assertEqual(snooze.reason, "The client is abroad")

    def test_manager_ticks_a_task(self):
        self.env["tour.checklist.template"].create({"name": "Send the voucher"})
        order = self._force_state(self._create_booking(self._stay([GUEST])), "accepted")
        order._move_to("confirmed")
        self.start_tour(
            f"/odoo/bookings/{order.id}", "tour_desk_checklist", login="tour_manager"
        )
        self.assertEqual(order.checklist_ids.state, "done")
        self.assertEqual(order.checklist_ids.done_by_id, self.manager)

    def test_head_finds_bookings_sold_under_cost(self):
        order = self._create_booking(self._stay([GUEST]))
        order.order_line.price_unit = 8000
        self._create_booking(self._stay([GUEST]), partner_id=self.supplier.id)
        self.start_tour("/odoo/tour-profit", "tour_desk_profit", login="tour_head")
