import json
from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from .common import NotificationCommon


@tagged("post_install", "-at_install")
class TestScreens(NotificationCommon, HttpCase):
    def test_preferences(self):
        self.start_tour(
            f"/odoo/my-preferences/{self.staff_user.id}",
            "tour_notification_preferences",
            login="tour_staff",
        )
        self.assertEqual(
            self._get_choice(self.staff_user.partner_id, self.staff_category),
            "dont_send",
        )

    def test_pop_up_leads_to_the_record_and_is_read(self):
        country = self.env.ref("base.hu")
        # The pop-up is shown by the test, when the page is there to show it.
        with patch.object(type(self.env["res.users"]), "_bus_send"):
            message = self.Category._tell_users(
                "test_staff", self.staff_user, "Title", "<b>Body</b>", country
            )
        payload = {
            "message": "<b>Body</b>",
            "message_id": message.id,
            "model": country._name,
            "res_id": country.id,
            "title": "Title",
        }
        self.start_tour(
            "/odoo",
            "tour_notification_popup",
            login="tour_staff",
            code=f"window.tourNotificationTest = {json.dumps(payload)};"
            'odoo.startTour("tour_notification_popup")',
        )
        self.assertTrue(message.notification_ids.is_read)
