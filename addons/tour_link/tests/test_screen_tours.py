from datetime import date

from odoo.tests import tagged

from .common import LinkHttpCommon


@tagged("post_install", "-at_install")
class TestScreenTours(LinkHttpCommon):
    def _start(self, url, tour, user=None):
        login = (user or self.manager).login
        self.start_tour(url, tour, login=login, timeout=120)

    def test_link_for_guests_is_made_and_shown(self):
        self._start(f"/odoo/bookings/{self.order.id}", "tour_link_guests")
        link = self.env["tour.link"].search([("order_id", "=", self.order.id)])
        self.assertEqual((link.kind, link.state), ("guests", "revoked"))

    def test_personal_data_are_shown_by_a_look(self):
        self.guest.write(
            {"document_number": "4509 123456", "birth_date": date(1980, 3, 4)}
        )
        self._start(f"/odoo/bookings/{self.order.id}", "tour_link_look")
        look = self.env["tour.guest.look"].search([("guest_id", "=", self.guest.id)])
        self.assertEqual(look.user_id, self.manager)
        self.assertEqual(self.guest.document_number, "4509 123456")
        self.assertEqual(self.second.document_number, "AB 765432")

    def test_answer_is_found_from_its_booking(self):
        link, _token = self._make_supplier_link()
        link._answer("refused", {"text": "Full house", "person": "Ms Nagy"})
        self._start(f"/odoo/bookings/{self.order.id}", "tour_link_answer")

    def test_log_of_looks(self):
        self.guest.with_user(self.manager).action_look("The hotel asks")
        self._start("/odoo/personal-data-looks", "tour_link_looks", self.users["head"])
