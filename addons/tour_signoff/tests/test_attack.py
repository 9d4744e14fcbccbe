from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SignoffCommon


@tagged("post_install", "-at_install")
class TestAttack(SignoffCommon):
    """What a program may send."""

    def setUp(self):
        super().setUp()
        self.signoff = self._ask()
        self.line = self.signoff.line_ids[0]

    def test_nobody_writes_what_was_put_before_the_client(self):
        values = {
            "state": "signed",
            "content_hash": "x",
            "ledger_hash": "x",
            "closing": 0,
            "partner_id": self.other_client.id,
            "signed_by_id": self.curator.id,
            "signed_name": "x",
            "line_ids": [(5, 0, 0)],
            "name": "x",
            "revision": 0,
            "activity_ids": [(0, 0, {})],
        }
        users = (self.accountant, self.head, self.director, self.manager, self.curator)
        for user in users:
            for name, value in values.items():
                if name == "activity_ids" and user in (self.accountant, self.head):
                    continue  # Odoo's to guard.
                with self.assertRaises(AccessError):
                    self._as(self.signoff, user).write({name: value})
            with self.assertRaises(AccessError):
                self._as(self.signoff, user).unlink()
            with self.assertRaises(AccessError):
                self._as(self.signoff, user).copy()
            for name in ("state", "answer", "comment", "credit", "signoff_id"):
                with self.assertRaises(AccessError):
                    self._as(self.line, user).write({name: False})
            with self.assertRaises(AccessError):
                self._as(self.line, user).unlink()
            for model in ("tour.signoff", "tour.signoff.line"):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).create({})

    def test_the_sentinel_does_not_come_by_context(self):
        own = self._as(self.signoff, self.accountant)
        for sentinel in (True, "MOVER", 1, {}, []):
            with self.assertRaises(AccessError):
                own.with_context(tour_signoff_mover=sentinel).write({"state": "signed"})

    def test_lines_of_another_statement(self):
        other = self._ask(date_to="2026-06-29")
        curator = self._as(other)
        for line_id in (self.line.id, 0, -1, 2**31 - 1):
            with self.assertRaises(AccessError):
                curator._answer_lines({line_id: ("agreed", "", 0)})
        self.assertEqual(self.line.state, "open")

    def test_other_clients_see_nothing(self):
        for user in (self.stranger, self.olga, self.boris):
            for record in (self.signoff, self.line):
                own = self._as(record, user)
                self.assertFalse(own.search([]))
                for act in (
                    lambda own: own.read(["id"]),
                    lambda own: own.write({}),
                    lambda own: own.browse(2**31 - 1).write({"state": "x"}),
                ):
                    with self.assertRaises(AccessError):
                        act(own)
            with self.assertRaises(AccessError):
                self._as(self.signoff, user)._sign(self.signoff.content_hash)
            for button in ("action_print", "action_view_lines"):
                with self.assertRaises(AccessError):
                    getattr(self._as(self.signoff, user), button)()

    def test_what_is_not_there_is_as_what_is_another_s(self):
        """Nobody learns from a refusal which statements and lines there are."""
        calls = {
            "tour.signoff": (
                *(
                    (name, {})
                    for name in (
                        "action_make_new action_print action_view_lines action_withdraw"
                    ).split()
                ),
                ("message_post", {"body": "x"}),
                ("write", {"vals": {"deadline": "2026-12-31"}}),
                ("unlink", {}),
            ),
            "tour.signoff.line": (
                ("action_answer", {}),
                ("action_open_statement", {}),
                ("write", {"vals": {"state": "agreed"}}),
                ("unlink", {}),
            ),
        }
        gone = {}
        for record in (self.signoff, self.line):
            last = record.search([], order="id desc", limit=1)
            gone[record._name] = (last.id + 999, 2**31 - 1)
        for user in (self.stranger, self.olga, self.boris):
            for record in (self.signoff, self.line):
                for name, values in calls[record._name]:
                    told = set()
                    for number in (record.id, *gone[record._name]):
                        own = self._as(record.browse(number), user)
                        with (
                            self.subTest(user=user.login, method=name, id=number),
                            self.assertRaises(AccessError) as refused,
                        ):
                            getattr(own, name)(**values)
                        told.add(str(refused.exception))
                    # In the same words, too.
                    self.assertEqual(len(told), 1, told)
                self.assertFalse(self._as(record, user).has_access("read"))
        own = self._as(self.line)
        mixed = own + own.browse(gone[own._name])
        self.assertEqual(mixed._filtered_access("read"), own)
        with self.assertRaises(AccessError):
            mixed.check_access("read")

    def test_clients_read_nothing_of_staff(self):
        own = self._as(self.signoff)
        for name in ("user_id", "ledger_hash", "ledger_changed", "remind_on"):
            with self.assertRaises(AccessError):
                own.read([name])
        with self.assertRaises(AccessError):
            self._as(self.line).read(["answered_by_id"])
        for record, buttons in (
            (own, "action_withdraw action_make_new action_print action_view_lines"),
            (self._as(self.line), "action_answer action_open_statement"),
        ):
            for button in buttons.split():
                with self.assertRaises(AccessError):
                    getattr(record, button)()

    def test_who_is_no_curator_any_more(self):
        self.assertTrue(self._as(self.signoff).name)
        self.curator.is_curator = False
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self._as(self.signoff).read(["name"])

    def test_windows_of_others(self):
        window = self.env["tour.signoff.ask"].with_user(self.accountant).create({})
        with self.assertRaises(AccessError):
            window.with_user(self.head).action_apply()
        act = (
            self.env["tour.signoff.act"]
            .with_user(self.accountant)
            .create({"signoff_id": self.signoff.id, "kind": "withdraw", "text": "x"})
        )
        with self.assertRaises(AccessError):
            act.with_user(self.head).action_apply()

    def test_a_window_asks_in_own_companies_only(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        window = (
            self.env["tour.signoff.ask"]
            .with_user(self.accountant)
            .create({"company_id": other.id})
        )
        with self.assertRaises(AccessError):
            window.action_apply()

    def test_a_window_answers_only_what_one_sees(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        keeper = self._create_staff("keeper", "accountant")
        keeper.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self._answer(self.signoff, {1: ("disputed", "x")})
        Act = self.env["tour.signoff.act"].with_user(keeper)
        with self.assertRaises(AccessError):
            Act.create(
                {"line_ids": [(6, 0, self.line.ids)], "text": "x"}
            ).action_apply()
        with self.assertRaises(AccessError):
            Act.create(
                {"signoff_id": self.signoff.id, "kind": "withdraw", "text": "x"}
            ).action_apply()
