"""Two people with one booking open."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models.sale_order_edit import VERSION_KEY, BookingConflictError
from .common import BookingCommon

SPECIFICATION = {"edit_version": {}, "client_order_ref": {}}


@tagged("post_install", "-at_install")
class TestConflict(BookingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_booking(
            cls._stay(guests=[{"last_name": "Orlov"}]), user_id=cls.manager_all.id
        )
        cls.line = cls.order.order_line
        cls._end_transaction()

    @classmethod
    def _end_transaction(cls):
        """What the end of a transaction does before its commit."""
        cls.env.flush_all()
        cls.env.cr.precommit.run()
        cls.env.invalidate_all()

    def _load(self, user):
        order = self.order.with_user(user)
        return order.web_read(SPECIFICATION)[0]["edit_version"]

    def _save(self, user, version, vals, order=None):
        order = (order or self.order).with_user(user)
        known = {VERSION_KEY: {"id": self.order.id, "version": version}}
        saved = order.with_context(**known).web_save(vals, SPECIFICATION)
        self._end_transaction()
        return saved[0]["edit_version"]

    def _assert_conflict(self, user, version, *words):
        with self.assertRaises(BookingConflictError) as error:
            self._save(user, version, {"client_order_ref": "mine"})
        for word in words:
            self.assertIn(word, str(error.exception))
        self.assertNotEqual(self.order.client_order_ref, "mine")

    def test_new_booking_has_no_edits(self):
        self.assertEqual(self._load(self.head), 0)
        self.assertFalse(
            self.env["tour.booking.edit"].search([("order_id", "=", self.order.id)])
        )

    def test_second_to_save_is_refused_and_told(self):
        mine = self._load(self.head)
        theirs = self._load(self.manager_all)
        self._save(self.manager_all, theirs, {"client_order_ref": "theirs"})
        self._assert_conflict(
            self.head, mine, self.order.name, "Manager All", "Customer Reference"
        )
        self.assertEqual(self.order.client_order_ref, "theirs")

    def test_who_reloads_may_save(self):
        self._save(self.manager_all, 0, {"client_order_ref": "theirs"})
        self._save(self.head, self._load(self.head), {"client_order_ref": "mine"})
        self.assertEqual(self.order.client_order_ref, "mine")

    def test_one_may_save_again_and_again(self):
        version = self._load(self.head)
        for reference in ("a", "b", "c"):
            version = self._save(self.head, version, {"client_order_ref": reference})
        self.assertEqual(version, 3)

    def test_several_edits_of_a_transaction_are_one(self):
        order = self.order.with_user(self.head)
        order.client_order_ref = "1"
        order.internal_note = "2"
        order.order_line.rooms = 2
        self._end_transaction()
        self.assertEqual(self._load(self.head), 1)

    def test_service_and_guest_count(self):
        for change, word in (
            (lambda: self.line.write({"rooms": 2}), "services (Rooms"),
            (lambda: self.line.guest_ids.write({"first_name": "O"}), "guests (First"),
            (lambda: self.line.guest_ids.copy({"line_id": self.line.id}), "added"),
            (lambda: self.line.guest_ids[:1].unlink(), "removed"),
            (lambda: self.line.copy({"order_id": self.order.id}), "services (added"),
            (lambda: self.order.order_line[-1].unlink(), "removed"),
        ):
            version = self._load(self.head)
            change()
            self._end_transaction()
            self._assert_conflict(self.head, version, word)

    def test_status_counts(self):
        version = self._load(self.head)
        self.order.with_user(self.manager_all).action_move_to("accepted")
        self._end_transaction()
        self._assert_conflict(self.head, version, "Booking status")

    def test_who_gives_his_booking_away(self):
        """He may not read it afterwards, and has changed it all the same."""
        self.order.user_id = self.manager
        right = self.env.ref("tour_partner.tour_group_right_change_responsible")
        self.manager.group_ids += right
        self._end_transaction()
        version = self._load(self.head)
        self.env.invalidate_all()
        self.order.with_user(self.manager).write({"user_id": self.head.id})
        self._end_transaction()
        self._assert_conflict(self.head, version, "Manager, ")

    def test_own_other_window(self):
        version = self._load(self.head)
        self._save(self.head, version, {"client_order_ref": "first"})
        self._assert_conflict(self.head, version, "You, in another window")

    def test_what_the_suite_counts_by_itself_is_no_edit(self):
        version = self._load(self.head)
        self.order.client_unread_count = 3
        self.order.message_post(body="Hello", subtype_xmlid="mail.mt_note")
        self.order.activity_schedule("mail.mail_activity_data_todo")
        self._end_transaction()
        self.assertEqual(self._load(self.head), version)

    def test_scheduled_job_is_no_edit(self):
        version = self._load(self.head)
        self.order.with_context(cron_id=1).client_order_ref = "by night"
        self._end_transaction()
        self.assertEqual(self._load(self.head), version)

    def test_scheduled_job_for_a_user_is_an_edit(self):
        version = self._load(self.head)
        order = self.order.with_user(self.manager_all).with_context(cron_id=1)
        order.client_order_ref = "for somebody"
        self._end_transaction()
        self._assert_conflict(self.head, version, "Manager All")

    def test_version_of_another_booking_does_not_matter(self):
        other = self._create_booking()
        other.client_order_ref = "x"
        self._end_transaction()
        self._save(self.head, 0, {"client_order_ref": "y"}, order=other)
        self.assertEqual(other.client_order_ref, "y")

    def test_nonsense_of_a_caller_is_not_looked_at(self):
        order = self.order.with_user(self.head)
        for known in ("x", {"id": "y"}, {"id": self.order.id, "version": "z"}, [1]):
            order.with_context(**{VERSION_KEY: known}).web_save(
                {"client_order_ref": "z"}, SPECIFICATION
            )

    def test_nobody_sets_the_count_back(self):
        self.order.client_order_ref = "x"
        self._end_transaction()
        order = self.order.with_user(self.head)
        with self.assertRaises(AccessError):
            order.write({"edit_count": 0})
        order.write({"edit_version": 0})
        self._end_transaction()
        self.assertGreaterEqual(self._load(self.head), 1)

    def test_ordinary_orders_are_left_alone(self):
        order = self.env["sale.order"].create({"partner_id": self.client_company.id})
        order.client_order_ref = "x"
        self._end_transaction()
        self.assertFalse(order.edit_count)

    def test_one_query_whatever_the_number(self):
        orders = self.order | self._create_booking() | self._create_booking()
        orders.write({"client_order_ref": "all"})
        self.env.flush_all()
        # The counts and the log in one statement.
        with self.assertQueryCount(1):
            self.env["tour.booking.edit"].sudo()._flush_pending()
        self.assertEqual(set(orders._get_edit_counts().values()), {1})

    def test_log_is_kept_for_a_while(self):
        self.order.client_order_ref = "x"
        self._end_transaction()
        edits = self.env["tour.booking.edit"]
        edits._gc_old()
        self.assertTrue(edits.search([("order_id", "=", self.order.id)]))
        with freeze_time(fields.Datetime.now() + timedelta(days=15)):
            edits._gc_old()
        self.assertFalse(edits.search([("order_id", "=", self.order.id)]))
        # It is a conflict still, without the details.
        self._assert_conflict(self.head, 0, self.order.name)

    def test_log_is_for_the_administrator(self):
        for user in (self.manager, self.head):
            with self.assertRaises(AccessError):
                self.env["tour.booking.edit"].with_user(user).search([])


@tagged("post_install", "-at_install")
class TestConflictOnScreen(BookingCommon, HttpCase):
    # What is refused is logged as a warning.
    @mute_logger("odoo.http")
    def test_input_is_kept_and_reload_offered(self):
        order = self._create_booking(client_order_ref="old")
        self.start_tour(
            f"/odoo/bookings/{order.id}",
            "tour_booking_conflict",
            login=self.manager.login,
            timeout=120,
        )
        self.assertEqual(order.client_order_ref, "mine at last")
