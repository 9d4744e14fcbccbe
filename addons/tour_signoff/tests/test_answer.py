from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SignoffCommon


@tagged("post_install", "-at_install")
class TestAnswer(SignoffCommon):
    def setUp(self):
        super().setUp()
        self.signoff = self._ask()

    def _get_states(self):
        self.env.invalidate_all()
        return self.signoff.line_ids.sorted("number").mapped("state")

    def test_agreed_and_signed(self):
        self.assertFalse(self._answer(self.signoff, {1: "agreed"}))
        self.assertEqual(self._get_states(), ["agreed", "open", "open"])
        with self._refused("2 lines are not agreed"):
            self._sign(self.signoff)
        self._as(self.signoff)._agree_to_rest()
        self.assertEqual(self._get_states(), ["agreed"] * 3)
        self._sign(self.signoff)
        self.assertRecordValues(
            self.signoff,
            [
                {
                    "state": "signed",
                    "signed_by_id": self.curator.id,
                    "signed_name": self.curator.name,
                    "signed_address": "192.0.2.1",
                    "signed_changed": False,
                }
            ],
        )
        self.assertTrue(self.signoff.signed_on)

    def test_disputed_answered_settled(self):
        self._answer(self.signoff, {1: "agreed", 2: ("disputed", " Never paid ")})
        self.assertEqual(self._get_states(), ["agreed", "disputed", "open"])
        self.assertEqual(self.signoff.state, "disputed")
        line = self.signoff.line_ids.sorted("number")[1]
        self.assertEqual(line.comment, "Never paid")
        activity = self.signoff.activity_ids
        self.assertEqual(activity.user_id, self.accountant)
        # He may go on meanwhile, and 'the rest' is what he has not answered.
        self._as(self.signoff)._agree_to_rest()
        self.assertEqual(self._get_states(), ["agreed", "disputed", "agreed"])
        with self._refused("1 lines are not agreed"):
            self._sign(self.signoff)
        line.with_user(self.accountant)._answer_disputed("explained", "By card")
        self.assertEqual(self.signoff.state, "waiting")
        self.assertFalse(self.signoff.activity_ids)
        self.assertEqual(len(self._get_mails(self.signoff, "our answer")), 1)
        self._as(self.signoff)._agree_to_rest()
        self.assertEqual(self._get_states(), ["agreed", "explained", "agreed"])
        self._answer(self.signoff, {2: ("disputed", "Which card?")})
        self.assertEqual(self.signoff.state, "disputed")
        line.with_user(self.head)._answer_disputed("corrected", "Ours")
        self._answer(self.signoff, {2: "agreed"})
        self._sign(self.signoff)
        self.assertEqual(self.signoff.state, "settled")

    def test_a_dispute_is_taken_back(self):
        self._answer(self.signoff, {1: ("disputed", "x"), 2: ("disputed", "y")})
        self._answer(self.signoff, {1: "agreed"})
        self.assertEqual(self.signoff.state, "disputed")
        self._answer(self.signoff, {2: "agreed"})
        self.assertEqual(self.signoff.state, "waiting")
        self.assertFalse(self.signoff.activity_ids)
        self.assertFalse(self._get_mails(self.signoff, "our answer"))
        self.assertFalse(self.signoff.line_ids.filtered("comment"))

    def test_all_or_none(self):
        faults = self._answer(
            self.signoff, {1: "agreed", 2: ("disputed", "  \0"), 3: "explained"}
        )
        one, two, three = self.signoff.line_ids.sorted("number")
        self.assertNotIn(one.id, faults)
        self.assertIn("say what is wrong", faults[two.id])
        self.assertIn("agree, or dispute", faults[three.id])
        self.assertEqual(self._get_states(), ["open"] * 3)

    def test_each_line_is_answered_once(self):
        """Of two windows the second is told; pressed twice is done once."""
        first = self.signoff.line_ids.sorted("number")[0]
        seen = first.revision
        curator = self._as(self.signoff)
        self.assertFalse(curator._answer_lines({first.id: ("agreed", "", seen)}))
        self.assertFalse(curator._answer_lines({first.id: ("agreed", "", seen)}))
        self.assertEqual(first.revision, seen + 1)
        faults = curator._answer_lines({first.id: ("disputed", "x", seen)})
        self.assertIn("in the meantime", faults[first.id])
        self.assertEqual(self._get_states()[0], "agreed")

    def test_signed_once(self):
        self._sign_all(self.signoff)
        with self._refused("signed by Curator already"):
            self._sign(self.signoff)
        with self._refused("signed by Curator already"):
            self._answer(self.signoff, {1: ("disputed", "x")})
        with self._refused("signed by Curator already"):
            self._as(self.signoff)._agree_to_rest()
        line = self.signoff.line_ids[0].with_user(self.accountant)
        with self._refused("signed by Curator already"):
            line._answer_disputed("explained", "x")
        with self._refused("signed by Curator already"):
            self._as(self.signoff, self.accountant)._withdraw("x")

    def test_withdrawn(self):
        with self._refused("say why"):
            self._as(self.signoff, self.accountant)._withdraw("  ")
        self._as(self.signoff, self.accountant)._withdraw("Made by mistake")
        self.assertEqual(self.signoff.withdraw_reason, "Made by mistake")
        with self._refused("was withdrawn"):
            self._sign(self.signoff)

    def test_what_he_saw_is_what_he_signs(self):
        self._as(self.signoff)._agree_to_rest()
        for seen in ("", None, "x" * 64, 5):
            with self._refused("not the statement that you had before you"):
                self._sign(self.signoff, content_hash=seen)
        # Whoever gets at the database changes nothing unnoticed.
        self.env.cr.execute(
            "UPDATE tour_signoff_line SET credit = 1 WHERE signoff_id = %s",
            [self.signoff.id],
        )
        self.env.invalidate_all()
        with self._refused("is not what was put before you"):
            self._sign(self.signoff)

    def test_signed_though_the_books_changed(self):
        self._pay_in(5, "2026-06-25")
        self._sign_all(self.signoff)
        self.assertTrue(self.signoff.signed_changed)
        self.assertFalse(self.signoff.ledger_changed)

    def test_who_signs(self):
        for user in (self.olga, self.boris, self.stranger, self.accountant, self.head):
            for act in (
                lambda own: own._agree_to_rest(),
                lambda own: own._answer_lines({}),
                lambda own: own._sign(self.signoff.content_hash),
            ):
                with self.assertRaises(AccessError):
                    act(self._as(self.signoff, user))

    def test_a_client_who_is_a_person_signs_himself(self):
        person = self.env["res.partner"].create(
            {"name": "Ivan", "tour_client_agent": True, "email": "ivan@ivan.example"}
        )
        user = self._create_client_user("ivan")
        user.partner_id.parent_id = False
        user.partner_id.tour_client_agent = True
        self._pay_in(5, "2026-06-25", user.partner_id)
        signoff = self._ask(user.partner_id)
        self._as(signoff, user)._agree_to_rest()
        self._sign(signoff, user)
        self.assertEqual(signoff.state, "signed")
        self.assertFalse(person.user_ids)

    def test_many_lines_in_a_fixed_number_of_queries(self):
        counts = []
        for number in (3, 60):
            signoff = self._ask(date_to=f"2026-06-{20 + len(counts)}")
            self._add_lines(signoff, number)
            curator = self._as(signoff)
            self.env.flush_all()
            self.env.invalidate_all()
            # Who he is has been read before.
            curator._check_is_signer()
            before = self.env.cr.sql_log_count
            curator._agree_to_rest()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
