from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import NotificationCommon


@tagged("post_install", "-at_install")
class TestChoices(NotificationCommon):
    def _get_row(self, partner, category=None):
        partner.invalidate_recordset(["tour_notification_choices"])
        category = category or self.category
        return next(
            row
            for row in partner.tour_notification_choices
            if row["category_id"] == category.id
        )

    def test_rows_say_what_counts_when_nothing_is_set(self):
        row = self._get_row(self.ann)
        self.assertEqual(
            (row["choice"], row["fallback"], row["fallback_from"]),
            (False, "send", "default"),
        )
        self._choose(self.company_partner, "dont_send")
        row = self._get_row(self.ann)
        self.assertEqual(
            (row["choice"], row["fallback"], row["fallback_from"]),
            (False, "dont_send", "company"),
        )
        row = self._get_row(self.company_partner)
        self.assertEqual(
            (row["choice"], row["fallback_from"]), ("dont_send", "default")
        )

    def test_rows_are_of_the_partner_s_audience(self):
        of_client = {r["category_id"] for r in self.ann.tour_notification_choices}
        of_staff = {
            r["category_id"]
            for r in self.staff_user.partner_id.tour_notification_choices
        }
        self.assertIn(self.category.id, of_client)
        self.assertNotIn(self.staff_category.id, of_client)
        self.assertIn(self.staff_category.id, of_staff)
        self.assertNotIn(self.category.id, of_staff)

    def test_writing_rows_keeps_choices(self):
        for choice in ("dont_send", "send", False):
            self.ann.tour_notification_choices = [
                {"category_id": self.category.id, "choice": choice}
            ]
            self.assertEqual(self._get_choice(self.ann), choice)

    def test_rows_of_a_new_contact(self):
        partner = self.env["res.partner"].create(
            {
                "name": "New",
                "tour_notification_choices": [
                    {"category_id": self.category.id, "choice": "dont_send"}
                ],
            }
        )
        self.assertEqual(self._get_choice(partner), "dont_send")

    def test_bad_rows_are_refused(self):
        for rows in (
            "text",
            [1],
            [{}],
            [{"category_id": self.category.id, "choice": "maybe"}],
            [{"category_id": self.category.id, "choice": {"a": 1}}],
            [{"category_id": "1; DROP TABLE res_partner", "choice": "send"}],
            [{"category_id": 0, "choice": "send"}],
            [{"category_id": [self.category.id], "choice": "send"}],
            # Not a subject of clients.
            [{"category_id": self.staff_category.id, "choice": "send"}],
        ):
            with self.subTest(rows=rows), self.assertRaises(ValidationError):
                self.ann.tour_notification_choices = rows
        self.assertFalse(self._get_choice(self.ann))

    def test_user_sets_his_own_in_his_preferences(self):
        user = self.staff_user.with_user(self.staff_user)
        user.write(
            {
                "tour_notification_choices": [
                    {"category_id": self.staff_category.id, "choice": "dont_send"}
                ]
            }
        )
        self.assertEqual(
            self._get_choice(self.staff_user.partner_id, self.staff_category),
            "dont_send",
        )
        self.assertEqual(
            [
                row["choice"]
                for row in user.read(["tour_notification_choices"])[0][
                    "tour_notification_choices"
                ]
                if row["category_id"] == self.staff_category.id
            ],
            ["dont_send"],
        )

    def test_user_does_not_set_those_of_another(self):
        rows = [{"category_id": self.category.id, "choice": "dont_send"}]
        with self.assertRaises(AccessError):
            self.ann.with_user(self.staff_user).write(
                {"tour_notification_choices": rows}
            )
        with self.assertRaises(AccessError):
            self.portal_user.with_user(self.staff_user).write(
                {"tour_notification_choices": rows}
            )
        self.assertFalse(self._get_choice(self.ann))
