from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.tour_reposting import TourReposting
from .common import CorrectionCommon


@tagged("post_install", "-at_install")
class TestReposting(CorrectionCommon):
    def setUp(self):
        super().setUp()
        self.order = self._create_done(self._stay([{"last_name": "Orlov"}]))
        self.line = self.order.order_line

    def _change(self, price=12000.0, user=None):
        self.line.with_user(user or self.manager).price_unit = price

    # It begins

    def test_first_change_of_what_is_done_begins_it(self):
        self._change()
        self.assertTrue(self.order.is_reposting)
        self.assertRecordValues(
            self.order.reposting_ids,
            [
                {
                    "state": "open",
                    "started_by_id": self.manager.id,
                    "finished_on": False,
                    "partner_id": self.client_company.id,
                    "company_id": self.order.company_id.id,
                }
            ],
        )
        before = self.order.reposting_ids.before
        self.assertEqual(before["amount_total"], 15000.0)
        self.assertEqual(before["services"][0]["price"], 15000.0)

    def test_who_changes_is_told(self):
        self._change()
        self.assertIn("reposting began", self._get_told(self.manager, self.order))
        self.assertFalse(self._get_told(self.head, self.order))
        self.assertIn("a reposting began", self.order.message_ids[0].body)

    def test_any_number_of_changes_is_one_reposting(self):
        self._change()
        first = self.order.reposting_ids
        self._change(13000.0)
        self.line.guest_ids.with_user(self.manager).last_name = "Orlova"
        self.order.with_user(self.manager).acquiring_cost = 70.0
        self.assertEqual(self.order.reposting_ids, first)
        self.assertEqual(first.before["amount_total"], 15000.0)

    def test_a_form_that_changes_much_begins_one(self):
        self.order.with_user(self.manager).write(
            {
                "client_order_ref": "77",
                "acquiring_cost": 70.0,
                "order_line": [(1, self.line.id, {"price_unit": 12000.0})],
            }
        )
        self.assertEqual(len(self.order.reposting_ids), 1)
        self.assertEqual(self.order.reposting_ids.before["acquiring_cost"], 0.0)

    def test_a_guest_begins_it(self):
        self.line.guest_ids.with_user(self.manager).last_name = "Petrov"
        self.assertTrue(self.order.is_reposting)

    def test_a_service_that_goes_begins_it(self):
        order = self._create_done(self._stay(), self._stay())
        order.order_line[1].with_user(self.manager).unlink()
        self.assertTrue(order.is_reposting)
        self.assertEqual(len(order.reposting_ids.before["services"]), 2)

    def test_what_accounting_need_not_know_begins_nothing(self):
        order = self.order.with_user(self.manager)
        order.internal_note = "He called"
        order.message_post(body="Hello")
        self.line.with_user(self.manager).price_unit = 15000.0
        self.line.with_user(self.manager).confirmation_number = "77"
        self.order.sudo().write({"client_order_ref": "1"})
        self.assertFalse(self.order.is_reposting)
        self.assertFalse(self.order.reposting_ids)

    def test_before_it_is_done_nothing_begins(self):
        for state in ("new", "booked", "changed", "cancelled_penalty"):
            order = self._create_done(state=state)
            order.order_line.price_unit = 12000.0
            self.assertFalse(order.is_reposting, state)

    def test_in_the_status_reposting_it_begins(self):
        self.order._move_to("reposting")
        self.assertFalse(self.order.is_reposting)
        self._change()
        self.assertTrue(self.order.is_reposting)
        # The status is another matter: it goes on as it did.
        self.order.with_user(self.manager)._move_to("done")
        self.assertTrue(self.order.is_reposting)

    def test_of_the_archive_only_what_was_done(self):
        self.order._move_to("archive")
        self._change(user=self.head)
        self.assertTrue(self.order.is_reposting)
        cancelled = self._create_done(state="cancelled")
        cancelled._move_to("archive")
        cancelled.order_line.price_unit = 12000.0
        self.assertFalse(cancelled.is_reposting)

    def test_systems_begin_it_only_if_something_differs(self):
        self.line.sudo().write({"price_unit": 15000.0, "date_to": self._day(4)})
        self.assertFalse(self.order.is_reposting)
        self.line.sudo().write({"price_unit": 12000.0})
        self.assertTrue(self.order.is_reposting)

    def test_bookings_loaded_as_done_begin_nothing(self):
        orders = self.order.copy() | self._create_done()
        self.assertFalse(any(orders.mapped("is_reposting")))

    def test_ordinary_work_costs_nothing(self):
        order = self._create_done(state="booked")
        orders = (order | self._create_done(state="booked")).sudo()
        for views in orders._take_snapshots(None).values():
            self.assertFalse(views.keys() & {"accounting", "supplier_paid"})
        # Nothing is paid: not one query.
        orders.mapped("has_supplier_bill")
        with self.assertQueryCount(0):
            self.assertEqual(orders._get_supplier_payments(), {})

    # The tag is nobody's to take off

    def test_tag_cannot_be_removed(self):
        self._change()
        for user in (self.manager, self.head, self.env.user):
            with self.assertRaisesRegex(AccessError, "cannot be written"):
                self.order.with_user(user).write({"is_reposting": False})
        with self.assertRaisesRegex(AccessError, "cannot be written"):
            self.order.with_context(tour_correction_mover=True).sudo().write(
                {"is_reposting": False}
            )

    def test_tag_cannot_be_given(self):
        vals = {"is_tour_booking": True, "partner_id": self.client_company.id}
        orders = self.env["sale.order"].with_user(self.manager)
        with self.assertRaises(AccessError):
            orders.create({**vals, "is_reposting": True})
        with self.assertRaises(AccessError):
            orders.with_context(default_is_reposting=True).create(vals)

    def test_reposting_cannot_be_written(self):
        self._change()
        reposting = self.order.reposting_ids
        for user in (self.manager, self.head, self.accountant):
            with self.assertRaises(AccessError):
                reposting.with_user(user).write({"state": "finished"})
            with self.assertRaises(AccessError):
                reposting.with_user(user).unlink()
        with self.assertRaisesRegex(AccessError, "Finish reposting"):
            reposting.sudo().write({"before": {}})
        with self.assertRaises(AccessError):
            self.env["tour.reposting"].create({"order_id": self.order.id})

    # It ends

    def test_finish_drops_the_tag(self):
        self._change()
        action = self.order.with_user(self.manager).action_finish_reposting()
        self.assertFalse(self.order.is_reposting)
        reposting = self.order.reposting_ids
        self.assertRecordValues(
            reposting,
            [
                {
                    "state": "finished",
                    "finished_by_id": self.manager.id,
                    "has_changes": True,
                    "sent_to": "accountant@tour.example",
                }
            ],
        )
        self.assertEqual(reposting.after["amount_total"], 12000.0)
        self.assertEqual(action["params"]["type"], "success")
        self.assertIn("accountant@tour.example", action["params"]["message"])
        self.assertIn("Accounting was sent", self.order.message_ids[0].body)

    def test_nothing_changed_in_the_end_sends_nothing(self):
        self._change()
        self._change(15000.0)
        mails = self.env["mail.mail"].search_count([])
        action = self.order.with_user(self.manager).action_finish_reposting()
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertIn("Nothing differs", action["params"]["message"])
        self.assertFalse(self.order.is_reposting)
        reposting = self.order.reposting_ids
        self.assertFalse(reposting.has_changes)
        self.assertFalse(reposting.document_id | reposting.pdf_id)

    def test_next_change_begins_another(self):
        self._change()
        self.order.reposting_ids.with_user(self.manager).action_finish()
        self._change(11000.0)
        self.env.invalidate_all()
        self.assertEqual(self.order.reposting_ids.mapped("state"), ["open", "finished"])
        self.assertEqual(self.order.reposting_ids[0].before["amount_total"], 12000.0)

    def test_second_who_finishes_is_told_who_was_first(self):
        self._change()
        reposting = self.order.reposting_ids
        reposting.with_user(self.manager).action_finish()
        with self.assertRaisesRegex(UserError, "finished by Manager already"):
            reposting.with_user(self.head).action_finish()
        with self.assertRaisesRegex(UserError, "finished by Manager already"):
            self.order.with_user(self.head).action_finish_reposting()

    def test_of_two_at_once_one_waits(self):
        self._change()
        reposting = self.order.reposting_ids.with_user(self.manager)
        with (
            patch.object(
                TourReposting, "try_lock_for_update", lambda self: self.browse()
            ),
            self.assertRaisesRegex(UserError, "somebody else is finishing it"),
        ):
            reposting.action_finish()
        self.assertEqual(reposting.state, "open")

    def test_without_reposting_there_is_nothing_to_finish(self):
        with self.assertRaisesRegex(UserError, "is in no reposting"):
            self.order.with_user(self.manager).action_finish_reposting()

    def test_many_are_finished_at_once(self):
        other = self._create_done()
        self._change()
        other.order_line.price_unit = 1.0
        other.order_line.price_unit = 15000.0
        orders = self.order | other
        action = orders.with_user(self.manager).action_finish_reposting()
        self.assertIn(
            "Finished repostings: 2; something had changed in 1",
            action["params"]["message"],
        )
        self.assertFalse(any(orders.mapped("is_reposting")))

    # What reports and heads see

    def test_reports_leave_it_out(self):
        orders = self.env["sale.order"]
        domain = orders._get_report_domain() & orders._get_report_domain()
        self.assertIn(self.order, orders.search(domain))
        self._change()
        self.assertNotIn(self.order, orders.search(domain))
        self.order.action_finish_reposting()
        self.assertIn(self.order, orders.search(domain))

    def test_open_reposting_shows_what_changed_so_far(self):
        self._change()
        rows = self.order.reposting_ids.with_user(self.head).changes
        prices = [r for r in rows if r["field"] == "Price"]
        self.assertIn("15,000.00", prices[0]["before"])
        self.assertIn("12,000.00", prices[0]["after"])

    def test_goes_with_its_booking(self):
        self._change()
        self.order.action_finish_reposting()
        reposting = self.order.reposting_ids
        files = reposting.document_id | reposting.pdf_id
        self._force_state(self.order, "cancelled")
        self.order.unlink()
        self.assertFalse(reposting.exists() or files.exists())
