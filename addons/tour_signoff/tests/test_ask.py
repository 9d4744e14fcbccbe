from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .common import JUNE, SignoffCommon


@tagged("post_install", "-at_install")
class TestAsk(SignoffCommon):
    def setUp(self):
        super().setUp()
        self.committed = []
        self.patch(
            type(self.env["ir.cron"]),
            "_commit_progress",
            lambda cron, *args, **kwargs: self.committed.append(args) or 60.0,
        )

    def test_frozen(self):
        self._pay_in(500, "2026-05-31")
        self._pay_in(7, "2026-07-01")
        signoff = self._ask()
        self.assertRecordValues(
            signoff,
            [
                {
                    "partner_id": self.client_company.id,
                    "state": "waiting",
                    "opening": -500,
                    "debit": 0,
                    "credit": 1230.5,
                    "closing": -1730.5,
                    "line_count": 3,
                    "open_count": 3,
                    "user_id": self.accountant.id,
                    "ledger_changed": False,
                }
            ],
        )
        self.assertEqual(len(signoff.content_hash), 64)
        self.assertRecordValues(
            signoff.line_ids.sorted("number"),
            [
                {
                    "number": 1,
                    "date": date(2026, 6, 5),
                    "credit": 1000,
                    "balance": -1500,
                },
                {
                    "number": 2,
                    "date": date(2026, 6, 10),
                    "credit": 200.5,
                    "balance": -1700.5,
                },
                {
                    "number": 3,
                    "date": date(2026, 6, 20),
                    "credit": 30,
                    "balance": -1730.5,
                },
            ],
        )
        self.assertEqual(signoff._compute_digest(), signoff.content_hash)

    def test_curators_get_a_mail(self):
        signoff = self._ask()
        mail = self._get_mails(signoff, "to sign")
        self.assertEqual(mail.recipient_ids, self.curator.partner_id)
        self.assertIn(f"/my/tour/settlements/{signoff.id}", mail.body_html)

    def test_the_books_change(self):
        signoff = self._ask()
        payment = self._pay_in(11, "2026-07-02")
        signoff.invalidate_recordset()
        self.assertFalse(signoff.ledger_changed)
        payment = self._pay_in(11, "2026-06-02")
        signoff.invalidate_recordset()
        self.assertTrue(signoff.ledger_changed)
        payment.action_draft()
        signoff.invalidate_recordset()
        self.assertFalse(signoff.ledger_changed)
        # What went before it is in the opening balance.
        self._pay_in(1, "2026-01-02")
        signoff.invalidate_recordset()
        self.assertTrue(signoff.ledger_changed)

    def test_set_off_later_it_is_the_same(self):
        """What was set off against what changes the column of bookings only."""
        signoff = self._ask()
        invoice = self._create_shown()
        self._pay(invoice)
        signoff.invalidate_recordset()
        self.assertFalse(signoff.ledger_changed)

    def test_once_at_a_time(self):
        first = self._ask()
        with self._refused("before the client already"):
            self._ask()
        self._as(first, self.accountant)._withdraw("Wrong")
        self.assertNotEqual(self._ask(), first)

    def test_nothing_to_sign_and_nobody_to(self):
        with self._refused("nothing in the books"):
            self._ask(date_from=date(2020, 1, 1), date_to=date(2020, 1, 31))
        self.curator.is_curator = False
        with self._refused("no curator"):
            self._ask()
        supplier = self.supplier
        with self._refused("no client"):
            self._ask(supplier)
        # Nothing happened in the period, and yet there is a balance to sign.
        self.curator.is_curator = True
        signoff = self._ask(date_from=date(2026, 7, 1), date_to=date(2026, 7, 31))
        self.assertEqual((signoff.line_count, signoff.closing), (0, -1230.5))
        self._sign(signoff)
        self.assertEqual(signoff.state, "signed")

    # === The window === #

    def _open(self, user=None, **values):
        Wizard = self.env["tour.signoff.ask"].with_user(user or self.accountant)
        return Wizard.create({**JUNE, **values})

    def test_window_of_a_statement(self):
        wizard = (
            self.env["tour.statement"]
            .with_user(self.accountant)
            .create({"partner_id": self.client_company.id, **JUNE})
        )
        action = wizard.action_ask_signoff()
        with Form(
            self.env["tour.signoff.ask"]
            .with_user(self.accountant)
            .with_context(**action["context"])
        ) as form:
            self.assertEqual(form.date_to, JUNE["date_to"])
            window = form.save()
        action = window.action_apply()
        signoff = self.env["tour.signoff"].browse(action["res_id"])
        self.assertEqual(signoff.partner_id, self.client_company)
        for user in (self.manager, self.director):
            with self.assertRaises(AccessError):
                wizard.with_user(user).action_ask_signoff()

    def test_many_at_once(self):
        self._pay_in(10, "2026-06-03", self.other_client)
        third = self.env["res.partner"].create(
            {"name": "Third", "is_company": True, "tour_client_corporate": True}
        )
        self._pay_in(10, "2026-06-03", third)
        before = self.env["tour.signoff"].search([])
        action = self._open(
            partner_ids=(self.client_company | self.other_client | third).ids
        ).action_apply()
        made = self.env["tour.signoff"].search([]) - before
        self.assertEqual(made.partner_id, self.client_company | self.other_client)
        self.assertIn("Third", action["params"]["message"])
        # All clients: those with a statement of the period are not asked twice.
        with self._refused("no curator"):
            self._open().action_apply()
        made.with_user(self.accountant)._withdraw("Again")
        self.assertFalse(self._open()._find_all() & made.partner_id)

    def test_in_place_of_the_one_before(self):
        first = self._ask()
        self._pay_in(5, "2026-06-25")
        action = first.with_user(self.accountant).action_make_new()
        window = (
            self.env["tour.signoff.ask"]
            .with_user(self.accountant)
            .with_context(**action["context"])
            .create({})
        )
        second = self.env["tour.signoff"].browse(window.action_apply()["res_id"])
        self.assertEqual((first.state, second.state), ("withdrawn", "waiting"))
        self.assertEqual(second.line_count, 4)

    def test_days_of_the_window(self):
        with self.assertRaises(ValidationError):
            self._open(date_from="2026-07-01")
        with self.assertRaises(ValidationError):
            self._open(deadline="2020-01-01")

    # === By time === #

    def test_reminded_once_before_the_deadline(self):
        signoff = self._ask()
        Signoff = self.env["tour.signoff"]
        today = fields.Date.context_today(signoff)
        self.assertEqual(signoff.deadline, today + timedelta(days=10))
        for days, count in ((6, 0), (7, 1), (8, 1), (30, 1)):
            with self._at(today + timedelta(days=days)):
                Signoff._cron_follow_up()
            self.assertEqual(len(self._get_mails(signoff, "Reminder")), count)

    def test_not_reminded_of_what_is_over(self):
        signed = self._ask()
        self._sign_all(signed)
        late = self._ask(date_to=date(2026, 6, 29))
        today = fields.Date.context_today(late)
        with self._at(today + timedelta(days=11)):
            self.env["tour.signoff"]._cron_follow_up()
        for signoff in (signed, late):
            self.assertFalse(self._get_mails(signoff, "Reminder"))

    def test_the_last_month_by_itself(self):
        Signoff = self.env["tour.signoff"]
        with self._at("2026-07-02"):
            Signoff._cron_follow_up()
        self.assertFalse(Signoff.search([]))
        self.env.company.tour_signoff_monthly = True
        third = self.env["res.partner"].create(
            {"name": "Third", "is_company": True, "tour_client_corporate": True}
        )
        self._pay_in(10, "2026-06-03", third)
        with self._at("2026-07-02"):
            Signoff._cron_follow_up()
            made = Signoff.search([])
            self.assertRecordValues(
                made, [{"partner_id": self.client_company.id, **JUNE}]
            )
            # Also when what was asked was withdrawn.
            made.with_user(self.accountant)._withdraw("Wrong")
            Signoff._cron_follow_up()
        self.assertEqual(Signoff.search([]), made)
        self.assertEqual(self.env.company.tour_signoff_asked_until, JUNE["date_to"])

    def test_a_month_that_was_cut_off_goes_on(self):
        self._pay_in(10, "2026-06-03", self.other_client)
        self.env.company.tour_signoff_monthly = True
        Signoff = self.env["tour.signoff"]
        self.patch(
            type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 0
        )
        with self._at("2026-07-02"):
            for count in (1, 2, 2):
                Signoff._cron_follow_up()
                self.assertEqual(len(Signoff.search([])), count)

    def test_in_company_of_the_user(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        with self.assertRaises(AccessError):
            self._ask(company_id=other)
