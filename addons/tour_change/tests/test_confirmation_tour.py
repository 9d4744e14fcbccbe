from odoo.tests import HttpCase, tagged

from .confirmation_common import ConfirmationCommon


@tagged("post_install", "-at_install")
class TestConfirmationTour(ConfirmationCommon, HttpCase):
    def test_change_and_accept(self):
        url = f"/odoo/bookings/{self.order.id}"
        self.start_tour(
            url, "tour_change_confirmation", login=self.manager.login, timeout=180
        )
        self.assertEqual(self.order.booking_state, "accepted")
        self.assertTrue(self.order.accepted_by_client)
        confirmation = self.order.confirmation_ids
        self.assertEqual(confirmation.note, "Called at noon")
        self.assertEqual(confirmation.answered_by_id, self.manager)
