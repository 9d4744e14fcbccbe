from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import GUEST, DeskCommon


@tagged("post_install", "-at_install")
class TestSnooze(DeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_booking(cls._stay([GUEST]))
        cls.row = cls._row(cls.order, "new", cls.manager)

    def _put_off(self, user=None, **values):
        return (
            self.env["tour.today.snooze"]
            .with_user(user or self.manager)
            .create(
                {
                    "row_id": self.row.id,
                    "until": self._day(2),
                    "reason": "The client is abroad",
                    **values,
                }
            )
        )

    def test_put_off_for_everybody_until_the_day(self):
        self._put_off()
        self.assertFalse(self._rows(self.order, self.manager))
        self.assertFalse(self._rows(self.order, self.head))
        put_off = self.env["tour.today"].search(
            [("is_snoozed", "=", True), ("order_id", "=", self.order.id)]
        )
        self.assertEqual(put_off.kind, "new")
        self.assertTrue(put_off.is_snoozed)
        with freeze_time(self._day(2)):
            self.assertTrue(self._rows(self.order, self.manager))

    def test_put_off_anew_and_brought_back(self):
        self._put_off()
        snooze = self._put_off(self.head, until=self._day(5))
        self.assertEqual(
            self.env["tour.today.snooze"].search([("order_id", "=", self.order.id)]),
            snooze,
        )
        self.assertEqual(snooze.company_id, self.order.company_id)
        self.row.action_bring_back()
        self.assertTrue(self._rows(self.order, self.manager))

    def test_only_what_is_due_and_ones_own(self):
        with self.assertRaises(UserError):
            self._put_off(self.manager_two)
        with self.assertRaises(UserError):
            self._put_off(row_id=-5)
        with self.assertRaises(ValidationError):
            self._put_off(until=self.today)
        snooze = self._put_off()
        with self.assertRaises(UserError):
            snooze.row_id = 1

    def test_what_is_over_is_swept(self):
        snooze = self._put_off()
        with freeze_time(self._day(2)):
            self.env["tour.today.snooze"]._gc_over()
            self.assertTrue(snooze.exists())
        with freeze_time(self._day(3)):
            self.env["tour.today.snooze"]._gc_over()
            self.assertFalse(snooze.exists())

    def test_dialog_asks_for_this_row(self):
        action = self.row.action_snooze()
        self.assertEqual(action["context"], {"default_row_id": self.row.id})
        self.assertEqual(action["target"], "new")
