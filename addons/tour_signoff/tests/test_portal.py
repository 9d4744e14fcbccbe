from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.tour_refund.tests.test_portal import RefundPortalCommon

from .common import SignoffCommon

PATH = "/my/tour/settlements"


@tagged("post_install", "-at_install")
class TestSignoffPages(SignoffCommon, RefundPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger.password = f"{cls.stranger.login}_secret"

    def setUp(self):
        super().setUp()
        self.signoff = self._ask()
        self.path = f"{PATH}/{self.signoff.id}"
        self.lines = self.signoff.line_ids.sorted("number")

    def _get(self, url=None, user=None):
        return super()._get(url or self.path, user or self.curator)

    def _press(self, act, user=None, path=None, **values):
        return self._post(path or self.path, user or self.curator, act=act, **values)

    def _say(self, **answers):
        """Save answers as the page sends them: ``one="agreed"`` of the first line."""
        values = {}
        for name, answer in answers.items():
            state, comment = answer if isinstance(answer, tuple) else (answer, "")
            line = self.lines[{"one": 0, "two": 1, "three": 2}[name]]
            line.invalidate_recordset()
            values |= {
                f"answer_{line.id}": state,
                f"comment_{line.id}": comment,
                f"seen_{line.id}": str(line.revision),
            }
        return self._press("answer", **values)

    def test_the_list(self):
        page = self._get(PATH).text
        self.assertIn(self.path, page)
        self.assertIn("Waits for you", page)
        self.assertIn("We owe you", page)
        # The menu leads there, and only who may sign has the entry.
        self.assertIn(f'href="{PATH}"', self._get("/my/tour").text)
        self.assertNotIn(f'href="{PATH}"', self._get("/my/tour", self.olga).text)

    def test_the_list_in_pages(self):
        copies = self.signoff._as_mover()
        for number in range(25):
            copies.copy({"name": f"X{number:02}", "state": "signed"})
        page = self._get(PATH).text
        self.assertNotIn(f'href="{self.path}"', page)
        self.assertIn("Older", page)
        found = self.env["tour.signoff"].search([], order="id desc")
        page = self._get(f"{PATH}?after={found[19].id}").text
        self.assertIn(f'href="{self.path}"', page)
        self.assertIn("Newest", page)
        for after in ("x", "-1", "0", "9" * 40, "%00", "1.5"):
            self.assertEqual(self._get(f"{PATH}?after={after}").status_code, 200)

    def test_agreed_and_signed(self):
        page = self._get().text
        self.assertIn("Agree to all the rest", page)
        self.assertNotIn('name="tour_settlement_sign"', page)
        answer = self._say(one="agreed")
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self._press("rest").status_code, 303)
        page = self._get().text
        self.assertIn('name="tour_settlement_sign"', page)
        answer = self._press("sign", hash=self.signoff.content_hash)
        self.assertIn("tick that you sign", answer.text)
        answer = self._press("sign", hash=self.signoff.content_hash, confirm="1")
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self.signoff.state, "signed")
        self.assertEqual(self.signoff.signed_address, "127.0.0.1")
        page = self._get().text
        self.assertIn("Signed by Curator", page)
        self.assertNotIn("o_tour_line_answer", page)
        # Pressed once more, it is said.
        answer = self._press("sign", hash=self.signoff.content_hash, confirm="1")
        self.assertIn("was signed by Curator already", answer.text)

    def test_disputed_and_answered(self):
        answer = self._say(one="agreed", two=("disputed", ""))
        self.assertEqual(answer.status_code, 200)
        key = self.lines[1].id
        self.assertIn(f'href="#tour_comment_{key}"', answer.text)
        self.assertIn(f'id="tour_comment_{key}_error"', answer.text)
        self.assertEqual(set(self.lines.mapped("state")), {"open"})
        self.assertEqual(self._say(two=("disputed", "Why?")).status_code, 303)
        self.assertIn("We look at what you dispute", self._get().text)
        self.lines[1].with_user(self.accountant)._answer_disputed("explained", "So.")
        page = self._get(f"{self.path}?show=answered").text
        self.assertIn("Why?", page)
        self.assertIn("So.", page)
        self.assertNotIn(f"answer_{self.lines[0].id}", page)
        self.assertNotIn(self.accountant.name, page)

    def test_words_without_an_answer_are_not_lost(self):
        line = self.lines[1]
        values = {
            f"answer_{self.lines[0].id}": "agreed",
            f"seen_{self.lines[0].id}": "0",
            f"comment_{line.id}": "Never paid",
            f"seen_{line.id}": "0",
        }
        answer = self._press("answer", **values)
        self.assertEqual(answer.status_code, 200)
        self.assertIn(f'id="tour_comment_{line.id}_error"', answer.text)
        self.assertIn("Never paid", answer.text)
        self.assertEqual(set(self.lines.mapped("state")), {"open"})

    def test_an_old_page(self):
        line = self.lines[0]
        values = {f"answer_{line.id}": "agreed", f"seen_{line.id}": "0"}
        self._press("answer", **values)
        values = {
            f"answer_{line.id}": "disputed",
            f"comment_{line.id}": "Kept words",
            f"seen_{line.id}": "0",
        }
        answer = self._press("answer", **values)
        self.assertIn("answered in the meantime", answer.text)
        self.assertIn("Kept words", answer.text)
        line.invalidate_recordset()
        self.assertEqual(line.state, "agreed")

    def test_the_books_have_changed(self):
        self.assertNotIn("tour_settlement_changed", self._get().text)
        self._pay_in(5, "2026-06-25")
        self.assertIn("tour_settlement_changed", self._get().text)

    def test_withdrawn(self):
        self._as(self.signoff, self.accountant)._withdraw("Made <by> mistake")
        page = self._get().text
        self.assertIn("We withdrew this statement", page)
        self.assertIn("Made &lt;by&gt; mistake", page)

    def test_paper(self):
        for user in (self.curator, self.accountant):
            paper = self._get(f"/tour/signoff/{self.signoff.id}.pdf", user)
            self.assertTrue(paper.content.startswith(b"%PDF"))
            self.assertIn("attachment", paper.headers["Content-Disposition"])
            self.assertEqual(paper.headers["X-Content-Type-Options"], "nosniff")
        for user in (self.olga, self.stranger, self.manager):
            paper = self._get(f"/tour/signoff/{self.signoff.id}.pdf", user)
            self.assertEqual(paper.status_code, 404)

    # === What is not his, and what is no input === #

    def test_others_find_no_page(self):
        for user in (self.olga, self.boris, self.stranger, self.accountant):
            self.assertEqual(self._get(user=user).status_code, 404)
            for act in ("answer", "rest", "sign"):
                answer = self._press(act, user, hash=self.signoff.content_hash)
                self.assertEqual(answer.status_code, 404)
        for user in (self.olga, self.boris, self.accountant):
            self.assertEqual(self._get(PATH, user).status_code, 404)
        self.assertNotIn(self.signoff.name, self._get(PATH, self.stranger).text)
        for number in (0, 2**31 - 1, 2**63):
            self.assertEqual(self._get(f"{PATH}/{number}").status_code, 404)
        with mute_logger("odoo.http"):
            answer = self._press("rest", csrf_token="wrong")
        self.assertEqual(answer.status_code, 400)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(self.path).url)
        self.assertEqual(set(self.lines.mapped("state")), {"open"})

    def test_lines_of_another_statement(self):
        other = self._ask(date_to="2026-06-29").line_ids[0]
        values = {f"answer_{other.id}": "agreed", f"seen_{other.id}": "0"}
        self.assertEqual(self._press("answer", **values).status_code, 404)
        self.assertEqual(other.state, "open")

    def test_bad_input(self):
        line = self.lines[0].id
        for values in (
            {},
            {"answer_x": "agreed"},
            {"answer_0": "agreed"},
            {"answer_99999999999": "agreed"},
            {"answer_4294967296": "agreed"},
            {f"answer_{line}": ""},
            {f"answer_{line}": "signed", f"seen_{line}": "0"},
            {f"answer_{line}": "agreed", f"seen_{line}": "7"},
            {f"answer_{line}": "disputed", f"comment_{line}": " ", f"seen_{line}": "0"},
        ):
            answer = self._press("answer", **values)
            self.assertEqual(answer.status_code, 200, values)
            self.assertIn('role="alert"', answer.text)
        for act in ("", "delete", "write", "__init__"):
            self.assertIn("Press one of the buttons", self._press(act).text)
        for query in ("after=x&show=y", "after=-5", "after=" + "9" * 40, "show=%00"):
            self.assertEqual(self._get(f"{self.path}?{query}").status_code, 200)
        self.assertEqual(set(self.lines.mapped("state")), {"open"})

    # === Long ones === #

    def test_lines_in_pages(self):
        self._add_lines(self.signoff, 117)
        first = self._get().text
        self.assertEqual(first.count("o_tour_line_answer"), 50)
        self.assertIn("after=50", first)
        self.assertEqual(
            self._get(f"{self.path}?after=50").text.count("o_tour_line_answer"), 50
        )
        last = self._get(f"{self.path}?after=100").text
        self.assertEqual(last.count("o_tour_line_answer"), 20)
        self.assertNotIn("Next page", last)
        self.assertEqual(self._press("rest").status_code, 303)
        self.assertIn('name="tour_settlement_sign"', self._get().text)

    def test_lines_in_a_fixed_number_of_queries(self):
        counts = []
        self._as(self.signoff)._get_portal_facts()
        for more in (40, 3000):
            self._add_lines(self.signoff, more)
            self.env.flush_all()
            self.env.invalidate_all()
            own = self._as(self.signoff)
            # Languages, and who he is, have been read before.
            own._check_is_signer()
            own._get_portal_row()
            before = self.env.cr.sql_log_count
            own._get_portal_facts()
            own._get_portal_lines(5, "open")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[0], 12)

    # === On the home page === #

    def _get_needs(self, user):
        return self.env["tour.portal.need"].with_user(user)._get_signoff_needs(5)

    def test_needs_of_the_home_page(self):
        (need,) = self._get_needs(self.curator)
        self.assertEqual((need["url"], need["kind"]), (self.path, "signoff"))
        self.assertEqual(need["deadline"], self.signoff.deadline)
        for user in (self.olga, self.stranger):
            self.assertFalse(self._get_needs(user))
        self._sign_all(self.signoff)
        self.assertFalse(self._get_needs(self.curator))
