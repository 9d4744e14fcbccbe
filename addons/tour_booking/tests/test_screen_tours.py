from odoo.tests import HttpCase, tagged

from .common import BookingCommon


@tagged("post_install", "-at_install")
class TestScreenTours(BookingCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.synonyms = "Edelweiss"
        cls.client_company.company_group_id = cls.env["tour.company.group"].create(
            {
                "name": "Metran group",
                "guest_properties_definition": [
                    {"name": "number", "string": "Personnel number", "type": "char"}
                ],
            }
        )

    def _start(self, url, tour):
        self.start_tour(url, tour, login=self.manager.login, timeout=120)

    def test_manager_from_new_to_done(self):
        self._start("/odoo/bookings", "tour_booking_manager")
        order = self.env["sale.order"].search(
            [("partner_id", "=", self.client_company.id)]
        )
        self.assertRecordValues(
            order,
            [
                {
                    "booking_state": "done",
                    "user_id": self.manager.id,
                    "amount_untaxed": 10000.0,
                }
            ],
        )
        self.assertRecordValues(
            order.order_line,
            [
                {
                    "hotel_id": self.hotel.id,
                    "nights": 2,
                    "overwritten_fields": False,
                    "confirmed_by": "Ms Nagy",
                }
            ],
        )
        self.assertEqual(
            order.order_line.guest_ids.mapped("full_name"),
            ["Ivanov Ivan Ivanovich", "Petrova Anna"],
        )

    def test_cancel_asks_for_the_reason(self):
        order = self._create_booking()
        self._start(f"/odoo/bookings/{order.id}", "tour_booking_cancel")
        self.assertEqual(order.booking_state, "cancelled")
        self.assertEqual(
            order.status_event_ids[0].comment, "The client changed his mind"
        )

    def test_status_is_changed_in_the_list(self):
        order = self._create_booking()
        self._start("/odoo/my-bookings", "tour_booking_list_status")
        self.assertEqual(
            order.status_event_ids.mapped("to_state"), ["refused", "accepted"]
        )
        self.assertEqual(order.status_event_ids[0].comment, "No rooms")


@tagged("post_install", "-at_install")
class TestClickEverywhere(BookingCommon, HttpCase):
    """Odoo's robot opens every menu, view and filter, as the roles that differ most.

    With all add-ons installed it goes through the whole suite. From outside each role's
    menus, records and new forms are opened, too: `tests/test_robot.py`.
    """

    allow_end_on_form = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for state in ("new", "booked", "cancelled"):
            cls._force_state(cls._create_booking(user=cls.manager), state)

    def _click_everywhere(self, role):
        user = self._create_staff(f"robot_{role}", role)
        self.browser_js(
            "/odoo",
            "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader')"
            ".startClickEverywhere('tour_partner.tour_menu_root');",
            "odoo.isReady === true",
            login=user.login,
            timeout=600,
            success_signal="clickbot test succeeded",
        )

    def test_manager_own(self):
        self._click_everywhere("manager_own")

    def test_director(self):
        self._click_everywhere("director")

    def test_hotel_editor(self):
        self._click_everywhere("hotel_editor")
