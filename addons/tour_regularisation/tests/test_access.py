from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import RegularisationCommon


@tagged("post_install", "-at_install")
class TestAccess(RegularisationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.orders = cls._create_orders(2)
        cls.record = cls._previewed(cls.orders)
        cls.director = cls._create_staff("watching_director", "director")

    def test_who_may_not(self):
        """No right, no regularisation: heads and directors read, others nothing."""
        for user in (self.head, self.director):
            record = self.record.with_user(user)
            self.assertEqual(record.reason, "City tax")
            self.assertEqual(len(record.line_ids.mapped("message")), 2)
            for act in (
                record.action_preview,
                record.action_run,
                record.action_stop,
                record.action_back,
                record.action_retry,
            ):
                with self.assertRaises(AccessError):
                    act()
            with self.assertRaises(AccessError):
                record.copy()
        client = self._create_client_user("curious")
        for user in (self.manager_all, client):
            with self.assertRaises(AccessError):
                self.record.with_user(user).read(["reason"])
            with self.assertRaises(AccessError):
                self.record.line_ids.with_user(user).read(["message"])

    def test_others_are_not_seen(self):
        """The report names prices of bookings that others may not see."""
        other = self._create_staff("second_regulariser", "manager_own")
        other.sudo().group_ids = [
            Command.link(
                self.env.ref("tour_partner.tour_group_right_mass_regularisation").id
            )
        ]
        found = self.env["tour.regularisation"].with_user(other).search([])
        self.assertNotIn(self.record, found)
        with self.assertRaises(AccessError):
            self.record.with_user(other).action_run()

    def test_right_alone_is_not_enough(self):
        """An accountant with the right may not change bookings, and so not these."""
        accountant = self._create_staff("bulk_accountant", "accountant")
        accountant.sudo().group_ids = [
            Command.link(
                self.env.ref("tour_partner.tour_group_right_mass_regularisation").id
            )
        ]
        with self.assertRaisesRegex(AccessError, "Only managers"):
            self._previewed(self.orders, user=accountant)

    def test_what_nobody_writes(self):
        for name, value in (
            ("state", "done"),
            ("user_id", self.head.id),
            ("name", "MR1"),
            ("mark", "x"),
            ("stop_requested", True),
        ):
            with self.assertRaises(AccessError):
                self.record.write({name: value})
            with self.assertRaises(AccessError):
                self._regularise(self.orders, **{name: value})
        line = self.record.line_ids[0]
        with self.assertRaises(AccessError):
            line.state = "done"
        with self.assertRaises(AccessError):
            line.unlink()
        with self.assertRaises(AccessError):
            self.record.line_ids = [Command.create({"number": "1", "state": "ready"})]

    def test_sentinels_do_not_come_through_rpc(self):
        sent = self.record.with_context(tour_regularisation_gate=True)
        with self.assertRaises(AccessError):
            sent.write({"state": "running"})
        line = self.orders[0].order_line.with_context(tour_booking_calculated=True)
        line.price_unit = 9000
        self.assertIn("price_unit", line.overwritten_fields)

    def test_other_companies(self):
        company = self.env["res.company"].sudo().create({"name": "Other"})
        self.director.sudo().write(
            {"company_ids": [Command.set(company.ids)], "company_id": company.id}
        )
        found = self.env["tour.regularisation"].with_user(self.director).search([])
        self.assertFalse(found & self.record)
        lines = self.env["tour.regularisation.line"].with_user(self.director).search([])
        self.assertFalse(lines & self.record.line_ids)
