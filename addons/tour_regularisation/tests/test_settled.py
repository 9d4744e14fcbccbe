from unittest.mock import patch

from odoo.exceptions import AccessError, LockError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RegularisationCommon

WORKER = "odoo.addons.tour_regularisation.models.tour_regularisation_run"


@tagged("post_install", "-at_install")
class TestSettled(RegularisationCommon):
    """What is done stays done, what is refused or breaks stays alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.orders = cls._create_orders(3)
        cls.lines = cls.orders.order_line

    def _totals(self):
        return self.lines.sudo().mapped("supplier_price_total")

    def _run_with_one_failed(self):
        record = self._previewed(self.orders)
        record.action_run()
        with self._breaking(UserError("Not now.")):
            self._run_cron()
        self.assertEqual(self._states(record), ["done", "failed", "done"])
        return record

    def _breaking(self, error):
        """The second booking cannot be changed."""
        Line = type(self.lines)
        write = Line.write
        bad = self.lines[1]

        def refuse(lines, vals):
            if bad in lines and "supplier_price_total" in vals:
                raise error
            return write(lines, vals)

        return patch.object(Line, "write", refuse)

    # === Never twice === #

    def test_retry_leaves_what_is_done_alone(self):
        record = self._run_with_one_failed()
        record.action_retry()
        for again in (record.action_back, record.action_preview):
            with self.assertRaisesRegex(UserError, "has changed bookings"):
                again()
        with self.assertRaisesRegex(UserError, "settled"):
            record.supplier_value = 500
        self.assertEqual(record.booking_count, 3)
        record.action_run()
        self._run_cron()
        self.assertEqual(self._totals(), [10100] * 3)
        self.assertEqual(record.done_count, 3)

    def test_retry_keeps_what_cannot_be_looked_at(self):
        """A booking that was deleted meanwhile stays in the report."""
        record = self._run_with_one_failed()
        self.orders[1].sudo().unlink()
        with self.assertRaisesRegex(UserError, "no failed booking left"):
            record.action_retry()
        self.assertEqual(self._states(record), ["done", "failed", "done"])

    def test_states_are_not_written(self):
        record = self._run_with_one_failed()
        for vals in (
            {"state": "draft"},
            {"name": "/"},
            {"name": False},
            {"mark": False},
            {"user_id": False},
            {"state": ["draft"]},
        ):
            with self.assertRaises(AccessError):
                record.write(vals)
        # What it is already may be sent along.
        record.write({"state": "done", "user_id": self.regulariser.id})

    def test_defaults_from_outside(self):
        """They choose neither its state nor whose rights it takes."""
        self.regulariser.sudo().group_ids += self.env.ref(
            "tour_partner.tour_group_head"
        )
        env = self.user_env(
            context={
                "default_state": "running",
                "default_user_id": self.head.id,
                "default_mark": "x",
                "default_stop_requested": True,
                "default_last_error": "x",
            }
        )
        record = env["tour.regularisation"].create({"reason": "City tax"})
        self.assertRecordValues(
            record,
            [
                {
                    "state": "draft",
                    "user_id": self.regulariser.id,
                    "mark": False,
                    "stop_requested": False,
                    "last_error": False,
                }
            ],
        )

    def test_copy_belongs_to_the_company_at_hand(self):
        record = self._previewed(self.orders)
        company = self.env["res.company"].create({"name": "Other"})
        self.regulariser.sudo().company_ids += company
        companies = (company + record.company_id).ids
        copied = record.with_context(allowed_company_ids=companies).copy()
        self.assertEqual((copied.company_id, copied.state), (company, "draft"))

    # === One alone === #

    def test_one_out_of_reach_fails_alone(self):
        """It became another manager's after the preview."""
        right = self.env.ref("tour_partner.tour_group_right_mass_regularisation")
        self.manager.group_ids += right
        record = self._previewed(self.orders, user=self.manager)
        record.action_run()
        self.orders[1].sudo().user_id = self.manager_all
        self._run_cron()
        self.assertEqual(self._states(record), ["done", "failed", "done"])
        self.assertIn("may not", record.line_ids[1].message)
        self.assertEqual(self._totals(), [10100, 10000, 10100])
        record.action_retry()
        self.assertEqual(self._states(record)[-1], "refused")

    @mute_logger(WORKER)
    def test_what_nobody_thought_of_fails_alone(self):
        record = self._previewed(self.orders)
        record.action_run()
        with self._breaking(KeyError("x")):
            self._run_cron()
        self.assertEqual(self._states(record), ["done", "failed", "done"])
        self.assertEqual((record.state, record.failed_count), ("done", 1))

    @mute_logger(WORKER)
    def test_what_breaks_the_worker_stops_this_one_only(self):
        broken = self._previewed(self.orders[0])
        broken.action_run()
        whole = self._previewed(self.orders[1:])
        whole.action_run()
        plan = type(broken)._plan

        def break_one(record, orders):
            if record.id == broken.id:
                raise KeyError("x")
            return plan(record, orders)

        with patch.object(type(broken), "_plan", break_one):
            self._run_cron()
        self.assertEqual((broken.state, whole.state), ("stopped", "done"))
        self.assertTrue(broken.last_error)
        self.assertEqual(self._totals(), [10000, 10100, 10100])

    def test_who_holds_it_for_a_moment_does_not_stop_it(self):
        record = self._previewed(self.orders)
        record.action_run()
        error = LockError("held")
        with patch.object(type(record), "_tell_done", side_effect=error):
            self._run_cron()
        self.assertEqual((record.state, record.done_count), ("running", 3))
        self._run_cron()
        self.assertEqual((record.state, record.done_count), ("done", 3))

    # === What is shown === #

    def test_commission_changed_since_the_preview(self):
        record = self._previewed(self.orders)
        record.action_run()
        self.lines[0].commission_percent = 15
        self._run_cron()
        self.assertEqual(self._states(record), ["failed", "done", "done"])
        self.assertIn("changed since the preview", record.line_ids[0].message)

    def test_totals_are_in_one_currency(self):
        """1 % of 10,000 less commission: 90 of ours each, and 360 of theirs are 90."""
        currency = self.env["res.currency"].create({"name": "TUG", "symbol": "₮"})
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "name": "2020-01-01", "rate": 4.0}
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "In TUG", "currency_id": currency.id}
        )
        self.orders[0].sudo().pricelist_id = pricelist
        self.lines[0].write({"supplier_price_total": 40000, "price_unit": 40000})
        record = self._previewed(self.orders, supplier_how="percent", supplier_value=1)
        self.assertEqual(record.line_ids[0].purchase_difference, 360)
        self.assertEqual(record.purchase_difference, 270)

    def test_worker_tells_its_progress(self):
        """So that it goes on at once when its time is over."""
        told = []
        record = self._previewed(self.orders)
        record.action_run()
        model = self.registry["ir.cron"]

        def note(cron, processed=0, *, remaining=None, deactivate=False):
            told.append((processed, remaining))
            return 0.0

        self.patch(model, "_commit_progress", note)
        self.env["tour.regularisation"]._cron_run()
        self.assertEqual(told, [(0, 1), (3, 1), (0, 1)])
        self.assertEqual((record.state, record.done_count), ("running", 3))
        self.env["tour.regularisation"]._cron_run()
        self.assertEqual((record.state, told[-1]), ("done", (1, 0)))

    def test_other_than_a_manager_of_it_cannot_stop_it(self):
        record = self._previewed(self.orders)
        record.action_run()
        other = self._create_staff("another_regulariser", "manager_all")
        other.group_ids = [
            Command.link(
                self.env.ref("tour_partner.tour_group_right_mass_regularisation").id
            )
        ]
        with self.assertRaises(AccessError):
            record.with_user(other).action_stop()
