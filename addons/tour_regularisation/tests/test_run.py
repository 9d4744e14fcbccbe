from unittest.mock import patch

import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..models import tour_regularisation_run
from .common import RegularisationCommon


@tagged("post_install", "-at_install")
class TestRun(RegularisationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.orders = cls._create_orders(5)

    def _totals(self):
        return self.orders.order_line.mapped("supplier_price_total")

    def _started(self, **values):
        record = self._previewed(self.orders, **values)
        record.action_run()
        return record

    # === All goes well === #

    def test_steps(self):
        record = self._regularise(self.orders)
        self.assertEqual(record.state, "draft")
        record.action_preview()
        self.assertEqual((record.state, record.ready_count), ("ready", 5))
        self.assertEqual(record.purchase_difference, 450)
        record.action_run()
        self.assertEqual((record.state, record.progress_percent), ("running", 0))
        self._run_cron()
        self.assertEqual((record.state, record.progress_percent), ("done", 100))
        self.assertEqual(self._totals(), [10100] * 5)
        self.assertIn("5 changed, 0 failed", record.message_ids[0].body)

    def test_what_each_booking_keeps(self):
        """A change with its rows, and a price entry, both by who started it."""
        record = self._started()
        self._run_cron()
        order = self.orders[0]
        change = self.env["tour.change"].search([("order_id", "=", order.id)])
        self.assertRecordValues(
            change,
            [
                {
                    "state": "applied",
                    "origin": "supplier",
                    "comment": f"{record.name}: City tax",
                    "create_uid": self.regulariser.id,
                }
            ],
        )
        self.assertEqual(
            [row["after"] != "" for row in change.diff], [True] * len(change.diff)
        )
        self.assertRecordValues(
            order.price_history_ids.sorted("id"),
            [
                {
                    "kind": "first",
                    "purchase_price": 9000.0,
                    "margin": 1000.0,
                    "reason": False,
                },
                {
                    "kind": "regularisation",
                    "purchase_price": 90.0,
                    "margin": -90.0,
                    "reason": f"{record.name}: City tax",
                },
            ],
        )
        self.assertEqual(order.regularisation_count, 1)

    def test_client_confirms_what_he_made(self):
        """A booking that the client made asks him again, when his price changes."""
        client_user = self._create_client_user("confirming")
        order = (
            self.env(user=client_user)["sale.order"]
            .sudo()
            .create(
                {
                    "is_tour_booking": True,
                    "partner_id": self.client_company.id,
                    "user_id": self.manager.id,
                    "order_line": [self._stay()],
                }
            )
        )
        order = order.with_env(self.env)
        self._force_state(order, "confirmed")
        record = self._previewed(order, client_how="add", client_value=50)
        record.action_run()
        self._run_cron()
        self.assertEqual(self._states(record), ["done"])
        self.assertEqual(order.booking_state, "changed")
        # The others were not made by a client, and stay as they are.
        self.assertEqual(set(self.orders.mapped("booking_state")), {"new"})

    # === Twice === #

    def test_running_again_does_nothing(self):
        record = self._started()
        self._run_cron()
        self._run_cron()
        self.assertEqual(self._totals(), [10100] * 5)
        with self.assertRaises(UserError):
            record.action_run()
        self.assertEqual(
            self.env["tour.change"].search_count([("order_id", "in", self.orders.ids)]),
            5,
        )

    def test_the_same_list_again_is_left_out(self):
        first = self._started()
        self._run_cron()
        again = first.copy()
        again.action_preview()
        self.assertEqual(set(self._states(again)), {"refused"})
        self.assertIn(f"{first.name} has done the same", again.line_ids[0].message)
        again.allow_repeat = True
        again.action_preview()
        again.action_run()
        self._run_cron()
        self.assertEqual(self._totals(), [10200] * 5)

    def test_two_of_each_button(self):
        record = self._previewed(self.orders)
        record.action_run()
        with self.assertRaisesRegex(UserError, "meanwhile"):
            record.action_run()
        with self.assertRaisesRegex(UserError, "meanwhile"):
            record.action_back()
        with self.assertRaisesRegex(UserError, "settled"):
            record.supplier_value = 5

    def test_changing_what_was_previewed(self):
        record = self._previewed(self.orders)
        record.supplier_value = 200
        self.assertEqual((record.state, record.booking_count), ("draft", 0))

    # === Stopped, cut off === #

    def test_stop_and_go_on(self):
        """Chunks that are done stay, and none is done twice."""
        self.patch(tour_regularisation_run, "CHUNK", 2)
        record = self._started()
        change = type(record)._apply

        def apply_and_stop(record, lines):
            change(record, lines)
            record.with_user(self.regulariser).action_stop()

        with patch.object(type(record), "_apply", apply_and_stop):
            self._run_cron()
        self.assertEqual(record.state, "stopped")
        self.assertEqual(record.done_count, 2)
        self.assertEqual(record.progress_percent, 40)
        self.assertEqual(self._totals(), [10100] * 2 + [10000] * 3)
        record.action_run()
        self._run_cron()
        self.assertEqual(record.state, "done")
        self.assertEqual(self._totals(), [10100] * 5)

    def test_cut_off_goes_on(self):
        """What was committed stays done; the next turn takes up the rest."""
        self.patch(tour_regularisation_run, "CHUNK", 2)
        record = self._started()
        with patch.object(type(record), "_commit", lambda *_args: False):
            record._treat()
        self.assertEqual((record.state, record.done_count), ("running", 2))
        self._run_cron()
        self.assertEqual((record.state, record.done_count), ("done", 5))
        self.assertEqual(self._totals(), [10100] * 5)

    def test_another_transaction_in_the_way(self):
        """It is tried again by the next turn, and nothing is called a failure."""
        record = self._started()
        error = psycopg2.errors.SerializationFailure("could not serialize")
        with (
            patch.object(type(record), "_change", side_effect=error),
            self.assertRaises(psycopg2.OperationalError),
            self.env.cr.savepoint(),
        ):
            record._treat()
        self.assertEqual(set(self._states(record)), {"ready"})
        self._run_cron()
        self.assertEqual(record.done_count, 5)

    # === Failures === #

    def test_one_that_is_refused_fails_alone(self):
        """Odoo refuses one of five while it is written: four are changed."""
        record = self._started()
        bad = self.orders[2].order_line
        Line = type(bad)
        write = Line.write
        reason = "The fiscal year is closed."

        def refuse(lines, vals):
            if bad in lines and "supplier_price_total" in vals:
                raise ValidationError(reason)
            return write(lines, vals)

        with patch.object(Line, "write", refuse):
            self._run_cron()
        self.assertEqual(
            self._states(record), ["done", "done", "failed", "done", "done"]
        )
        self.assertEqual(record.line_ids[2].message, reason)
        self.assertEqual(self._totals(), [10100, 10100, 10000, 10100, 10100])
        self.assertEqual((record.state, record.failed_count), ("done", 1))
        self.assertFalse(self.orders[2].price_history_ids.filtered("reason"))
        # It can be looked at again, and run: the others are not touched.
        record.action_retry()
        self.assertEqual((record.state, record.ready_count), ("ready", 1))
        record.action_run()
        self._run_cron()
        self.assertEqual(self._totals(), [10100] * 5)

    def test_changed_since_the_preview(self):
        record = self._started()
        self.orders[0].order_line.supplier_price_total = 7000
        self.orders[1].order_line.unlink()
        self._force_state(self.orders[2], "cancelled")
        self._run_cron()
        self.assertEqual(
            self._states(record), ["failed", "failed", "failed", "done", "done"]
        )
        messages = record.line_ids.mapped("message")
        self.assertIn("changed since the preview", messages[0])
        self.assertIn("no such service", messages[1])
        self.assertIn("has ended", messages[2])
        self.assertEqual(self.orders[0].order_line.supplier_price_total, 7000)

    def test_deleted_since_the_preview(self):
        record = self._started()
        self.orders[0].sudo().unlink()
        self._run_cron()
        self.assertEqual(self._states(record), ["failed"] + ["done"] * 4)
        self.assertIn("deleted", record.line_ids[0].message)

    def test_rights_of_who_pressed(self):
        """A right that was lost since stops it; nothing is done with others'."""
        record = self._started()
        right = self.env.ref("tour_partner.tour_group_right_mass_regularisation")
        self.regulariser.sudo().group_ids = [Command.unlink(right.id)]
        with self.assertLogs(
            "odoo.addons.tour_regularisation.models.tour_regularisation_run", "WARNING"
        ):
            self._run_cron()
        self.assertEqual(record.sudo().state, "stopped")
        self.assertTrue(record.sudo().last_error)
        self.assertEqual(
            self.orders.sudo().order_line.mapped("supplier_price_total"), [10000] * 5
        )

    def test_what_has_changed_bookings_stays(self):
        record = self._started()
        with self.assertRaises(UserError):
            record.unlink()
        self._run_cron()
        with self.assertRaises(UserError):
            record.unlink()
        draft = self._previewed(self.orders, reason="Other")
        draft.unlink()

    def test_costs_a_fixed_number_of_queries(self):
        """A chunk of twelve costs what one of four costs."""
        counts = []
        for number in (4, 12):
            orders = self._create_orders(number)
            record = self._previewed(orders, reason=f"Letter {number}")
            lines = record._get_next_lines()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            record._apply(lines)
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
            self.assertEqual(record.done_count, number)
        # Rows are written in chunks, so that three times as many may cost some more.
        self.assertLessEqual(counts[1], counts[0] + 3)

    def test_only_managers_with_the_right(self):
        for user in (self.manager, self.head):
            with self.assertRaises(AccessError):
                self.orders.with_user(user).action_regularise()
