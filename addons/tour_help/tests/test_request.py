from odoo.exceptions import (
    AccessError,
    RedirectWarning,
    UserError,
    ValidationError,
)
from odoo.tests import Form, tagged

from .common import HelpCommon


@tagged("post_install", "-at_install")
class TestRequest(HelpCommon):
    # === Whose it is === #

    def test_booking_names_client_and_user(self):
        request = self._enter(partner_id=False, order_id=self.booking.id)
        self.assertEqual(request.partner_id, self.client_company)
        self.assertEqual(request.client_user_id, self.olga)
        self.assertEqual(request.contact_id, self.olga.partner_id)
        self.assertRegex(request.name, r"^H\d{5}$")

    def test_contact_s_company_is_the_client(self):
        request = self._enter(partner_id=self.olga.partner_id.id)
        self.assertEqual(request.partner_id, self.client_company)

    def test_booking_and_user_are_of_the_client(self):
        with self.assertRaisesRegex(ValidationError, "is no user of the client"):
            self._enter(client_user_id=self.boris.id)
        with self.assertRaisesRegex(ValidationError, "is not of the client"):
            self._enter(partner_id=self.rival.id, order_id=self.booking.id)

    def test_client_is_named_once(self):
        request = self._enter(partner_id=False)
        request.partner_id = self.client_company
        with self.assertRaisesRegex(UserError, "Make a new request"):
            request.partner_id = self.rival
        with self.assertRaises(UserError):
            request.partner_id = False

    def test_form(self):
        form = Form(self.requests.with_user(self.manager))
        form.subject = "Lost key"
        form.partner_id = self.client_company
        form.kind_id = self.complaint
        request = form.save()
        self.assertEqual((request.priority, request.state), ("1", "new"))

    # === Who answers it === #

    def test_booking_s_manager(self):
        self.client_company.user_id = self.manager_all
        self.assertEqual(self._ask(order_id=self.booking.id).user_id, self.manager)
        self.assertEqual(self._ask().user_id, self.manager_all)

    def test_who_takes_requests_and_has_fewest(self):
        (self.manager | self.head).may_take_help = True
        self._enter(user=self.head, user_id=self.manager.id)
        self.assertEqual(self._ask().user_id, self.head)
        self.head.active = False
        self.assertEqual(self._ask().user_id, self.manager)

    def test_nobody_so_heads_are_told(self):
        request = self._ask()
        self.assertFalse(request.user_id)
        title = f"{request.name}: nobody is responsible"
        self.assertEqual(self._get_told(request, self.head), [title])
        self.assertFalse(self._get_told(request, self.manager))

    def test_client_takes_no_requests(self):
        with self.assertRaises(ValidationError):
            self.olga.may_take_help = True

    def test_new_responsible_is_told(self):
        request = self._enter(user_id=self.manager.id)
        self.assertFalse(self._get_told(request, self.manager))
        request.with_user(self.head).user_id = self.manager_all
        self.assertEqual(
            self._get_told(request, self.manager_all),
            [f"{request.name}: you are responsible now"],
        )

    # === Its life === #

    def test_life(self):
        request = self._ask(order_id=self.booking.id)
        self.assertEqual((request.state, request.staff_unread), ("new", True))
        request.with_user(self.manager).action_take()
        self.assertEqual((request.state, request.staff_unread), ("in_work", False))
        self._answer(request)
        self.assertEqual((request.state, request.client_unread), ("answered", True))
        self.assertTrue(request.first_answer_on)
        self.assertFalse(request.answer_due)
        self._as_client(request)._write_by_client("Which gate?", [])
        self.assertEqual((request.state, request.staff_unread), ("in_work", True))
        self.assertTrue(request.answer_due)
        request.with_user(self.manager).action_close()
        self.assertEqual((request.state, request.staff_unread), ("closed", False))
        self.assertTrue(request.closed_on)
        request.with_user(self.manager).action_reopen()
        self.assertEqual((request.state, request.reopened_count), ("in_work", 1))
        self.assertFalse(request.closed_on)

    def test_refused_moves(self):
        request = self._enter()
        with self.assertRaisesRegex(UserError, "cannot become 'In work'"):
            request._move_to("answered")
            request._move_to("closed")
            request._move_to("in_work")
            request._move_to("in_work")
        request._move_to("answered")
        with self.assertRaisesRegex(UserError, "is 'Answered' and cannot become"):
            request.action_answered()

    def test_what_was_nobody_s_is_his_who_answers(self):
        request = self._ask()
        self.assertFalse(request.user_id)
        self._answer(request, user=self.manager_all)
        self.assertEqual(request.user_id, self.manager_all)
        self._answer(request, user=self.head)
        self.assertEqual(request.user_id, self.manager_all)

    def test_the_full_composer_answers_too(self):
        request = self._ask(order_id=self.booking.id)
        message = request.with_user(self.manager).message_post(
            body="At the gate.",
            message_type="comment",
            subtype_id=self.env.ref("mail.mt_comment").id,
        )
        self.assertEqual(message.partner_ids, self.olga.partner_id)
        self.assertEqual(request.state, "answered")

    def test_a_note_answers_nothing(self):
        request = self._ask(order_id=self.booking.id)
        request.with_user(self.manager).message_post(
            body="Who knows?", message_type="comment", subtype_xmlid="mail.mt_note"
        )
        self.assertEqual((request.state, request.client_unread), ("new", False))

    def test_what_we_measure_is_not_written(self):
        request = self._enter()
        for name, value in (
            ("state", "closed"),
            ("first_answer_hours", 0.1),
            ("answer_due", False),
            ("overdue_told_on", False),
            ("name", "H1"),
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                request.write({name: value})
            with self.subTest(name), self.assertRaises(AccessError):
                self._enter(**{name: value})
        sly = self.requests.with_user(self.manager).with_context(
            default_state="closed", default_first_answer_late=True, tour_help_mover=True
        )
        made = sly.create({"subject": "x", "partner_id": self.client_company.id})
        self.assertEqual((made.state, made.first_answer_late), ("new", False))

    def test_kind_counts_the_time_anew(self):
        self.complaint.answer_hours = 0
        request = self._enter()
        self.assertTrue(request.answer_due)
        request.kind_id = self.complaint
        self.assertFalse(request.answer_due)

    # === Buttons on booking and client === #

    def test_counts(self):
        self._ask(order_id=self.booking.id)
        self._ask()
        self.env.invalidate_all()
        self.assertEqual(self.booking.with_user(self.manager_all).tour_help_count, 1)
        client = self.olga.partner_id.with_user(self.manager_all)
        self.assertEqual(client.tour_help_count, 2)
        for record in (self.booking, self.client_company):
            action = record.with_user(self.manager_all).action_view_help()
            found = self.requests.search(action["domain"])
            self.assertEqual(len(found), record.tour_help_count)

    def test_users_with_requests_are_kept(self):
        self._ask(user=self.curator)
        with self.assertRaises(RedirectWarning):
            self.curator.unlink()

    def test_settings(self):
        settings = self.env["res.config.settings"].create(
            {"tour_help_alias": "help-us", "tour_help_reopen_days": 3}
        )
        settings.execute()
        alias = self.env.ref("tour_help.mail_alias_help")
        self.assertEqual(alias.alias_name, "help-us")
        self.assertEqual(self.env.company.tour_help_reopen_days, 3)
        self.assertEqual(
            self.env["res.config.settings"].create({}).tour_help_alias, "help-us"
        )
        with self.assertRaises(UserError):
            self.env["res.config.settings"].create({"tour_help_alias": "a@b"})
        for user in (self.olga, self.manager):
            with self.assertRaises(AccessError):
                self.env["res.config.settings"].with_user(user).create({})
        # Somebody deleted the address: the settings still open.
        alias.unlink()
        self.assertFalse(self.env["res.config.settings"].create({}).tour_help_alias)
