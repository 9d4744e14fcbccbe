from io import BytesIO

from pypdf import PdfReader

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SignoffCommon


@tagged("post_install", "-at_install")
class TestStaff(SignoffCommon):
    def _open_act(self, record, user=None):
        user = user or self.accountant
        record = record.with_user(user)
        answer = record._name == "tour.signoff.line"
        action = record.action_answer() if answer else record.action_withdraw()
        Act = self.env["tour.signoff.act"].with_user(user)
        return Act.with_context(**action["context"]).create({"text": "Because"})

    def test_answered_by_the_window(self):
        signoff = self._ask()
        self._answer(signoff, {1: ("disputed", "x"), 2: ("disputed", "y")})
        disputed = signoff.line_ids.filtered(lambda line: line.state == "disputed")
        self._open_act(disputed).action_apply()
        self.assertEqual(set(disputed.mapped("answer")), {"Because"})
        self.assertEqual(signoff.state, "waiting")
        self.assertEqual(len(self._get_mails(signoff, "our answer")), 1)
        # Two of staff at once: the second is told.
        with self._refused("does not dispute these lines, or they were answered"):
            self._open_act(disputed, self.head).action_apply()

    def test_withdrawn_by_the_window(self):
        signoff = self._ask()
        self._open_act(signoff, self.head).action_apply()
        self.assertEqual(signoff.state, "withdrawn")

    def test_staff_are_told(self):
        signoff = self._ask()
        self._answer(signoff, {1: ("disputed", "x")})
        self._answer(signoff, {1: "agreed"})
        self._sign_all(signoff)
        messages = self.env["mail.message"].search(
            [
                ("model", "=", "tour.signoff"),
                ("res_id", "=", signoff.id),
                ("message_type", "=", "user_notification"),
            ]
        )
        self.assertEqual(messages.partner_ids, self.accountant.partner_id)
        self.assertEqual(len(messages), 2)

    def test_without_an_accountant_all_are_told(self):
        signoff = self._ask()
        signoff.with_user(self.accountant).user_id = False
        self.assertIn(self.accountant, signoff.sudo()._get_responsible())

    # === The paper === #

    def _read_paper(self, signoff):
        name, content = signoff.with_user(self.curator)._draw()
        self.assertTrue(name.endswith(".pdf"))
        pages = PdfReader(BytesIO(content)).pages
        return " ".join(" ".join(page.extract_text().split()) for page in pages)

    def test_paper(self):
        signoff = self._ask()
        # What the books say now is not what was put before the client.
        self._pay_in(77777, "2026-06-25")
        text = self._read_paper(signoff)
        for part in (signoff.name, "1,000.00", "200.50", "30.00", "-1,230.50"):
            self.assertIn(part, text.replace("−", "-"))
        self.assertNotIn("77,777", text)
        self.assertNotIn("Signed electronically", text)
        self._sign_all(signoff)
        text = self._read_paper(signoff)
        self.assertIn("Signed electronically by Curator", text)
        self.assertIn("192.0.2.1", text)
        self.assertIn(signoff.content_hash[:20], text.replace(" ", ""))

    def test_paper_of_a_long_one(self):
        signoff = self._ask()
        self._add_lines(signoff, 400)
        self.assertIn("listed on the following pages", self._read_paper(signoff))

    # === Rights === #

    def test_who_asks_answers_and_withdraws(self):
        for user in (self.accountant, self.head):
            signoff = self._ask(user=user)
            self._as(signoff, user)._withdraw("x")
        signoff = self._ask()
        self._answer(signoff, {1: ("disputed", "x")})
        line = signoff.line_ids.filtered(lambda line: line.state == "disputed")
        for user in (self.manager, self.manager_all, self.director):
            with self.assertRaises(AccessError):
                self._as(signoff, user)._withdraw("x")
            with self.assertRaises(AccessError):
                self._as(line, user)._answer_disputed("explained", "x")
            for button in ("action_withdraw", "action_make_new"):
                with self.assertRaises(AccessError):
                    getattr(self._as(signoff, user), button)()
            with self.assertRaises(AccessError):
                self.env["tour.signoff.ask"].with_user(user).create({})
            with self.assertRaises(AccessError):
                self.env["tour.signoff.act"].with_user(user).create({})

    def test_who_reads(self):
        signoff = self._ask()
        for user in (self.accountant, self.head, self.director, self.manager_all):
            self.assertEqual(self._as(signoff, user).name, signoff.name)
            self.assertTrue(self._as(signoff, user).line_ids)
            self._as(signoff, user).action_print()
        # A manager the clients whose bookings he has; also of their contacts.
        own = self.env["tour.signoff"].with_user(self.manager)
        lines = self.env["tour.signoff.line"].with_user(self.manager)
        self.assertFalse(own.search([]))
        self.assertFalse(lines.search([]))
        for partner in (self.client_company, self.olga.partner_id):
            order = self._create_booking(partner_id=partner.id)
            self.env.flush_all()
            self.assertEqual(own.search([]), signoff)
            self.assertEqual(len(lines.search([])), 3)
            order.with_user(self.head).user_id = self.head
            self.env.flush_all()
            self.assertFalse(own.search([]))
        clerk = self._create_staff("clerk", "staff")
        with self.assertRaises(AccessError):
            self.env["tour.signoff"].with_user(clerk).search([])

    def test_of_another_company_nothing_is_seen(self):
        signoff = self._ask()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.accountant.write({"company_ids": [(4, other.id)]})
        Signoff = self.env["tour.signoff"].with_user(self.accountant)
        elsewhere = Signoff.with_context(allowed_company_ids=other.ids)
        self.assertFalse(elsewhere.search([]))
        with self.assertRaises(AccessError):
            elsewhere.browse(signoff.id).read(["name"])

    def test_deadline_and_accountant_are_changed_by_hand(self):
        signoff = self._ask()
        own = self._as(signoff, self.accountant)
        own.write({"deadline": "2030-01-01", "user_id": self.head.id})
        self.assertEqual(signoff.user_id, self.head)
        self.assertEqual(str(signoff.remind_on), "2029-12-29")
        own.deadline = False
        self.assertFalse(signoff.remind_on)
        with self.assertRaises(AccessError):
            self._as(signoff, self.manager).write({"deadline": "2030-01-02"})

    def test_list_in_a_fixed_number_of_queries(self):
        names = ["name", "closing", "disputed_count", "open_count", "state"]
        counts, made = [], []
        for day in (20, 21, 22, 23, 24):
            made.append(self._ask(date_to=f"2026-06-{day}").id)
            Signoff = self.env["tour.signoff"].with_user(self.director)
            Signoff.search([], limit=1)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows = Signoff.search([("id", "in", made)]).read(names)
            self.assertEqual(len(rows), day - 19)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[-1])
