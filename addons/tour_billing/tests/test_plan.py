from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.tour_partner.contract_states import MOVER

from .. import post_init_hook
from .common import BillingCommon

TODAY = "2026-06-01 08:00:00"


class PlanCommon(BillingCommon):
    """30 % two days after the booking, the rest ten days before the arrival."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls._create_plan()

    def setUp(self):
        super().setUp()
        self.commits = []
        self.patch(
            type(self.env["ir.cron"]),
            "_commit_progress",
            lambda cron, *args, **kwargs: self.commits.append(args) or 60.0,
        )

    @classmethod
    def _create_plan(cls, *rows, **values):
        rows = rows or (
            ("percent", 30, "days_after_booking", 2),
            ("percent", 70, "days_before_arrival", 10),
        )
        return cls.env["account.payment.term"].create(
            {
                "name": "Deposit and balance",
                "line_ids": [
                    Command.create(
                        {
                            "value": value,
                            "value_amount": amount,
                            "delay_type": delay,
                            "nb_days": days,
                        }
                    )
                    for value, amount, delay, days in rows
                ],
                **values,
            }
        )

    @classmethod
    def _create_planned(cls, arrival=date(2026, 7, 1), plan=None, **values):
        """An invoice of 10,000, booked on June 1st, shown to the client."""
        stay = cls._stay(date_from=arrival, date_to=arrival.replace(day=3))
        values.setdefault("date_order", TODAY)
        return cls._create_shown(stay, payment_term_id=(plan or cls.plan).id, **values)

    def _get_dues(self, invoice):
        rows = invoice._get_due_rows().sorted("date_maturity")
        return [(row.date_maturity, row.amount_currency) for row in rows]


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestPlan(PlanCommon):
    def test_deposit_and_balance(self):
        invoice = self._create_planned()
        self.assertEqual(
            self._get_dues(invoice),
            [(date(2026, 6, 3), 3000), (date(2026, 6, 21), 7000)],
        )
        self.assertEqual(invoice.invoice_date_due, date(2026, 6, 21))
        order = invoice.tour_booking_ids
        self.assertEqual(
            order.due_line_ids.mapped("amount_residual_currency"), [3000, 7000]
        )

    def test_preview(self):
        """300 of 1,000 in two days, 700 ten days before an arrival in 60 days."""
        preview = self.plan.example_preview
        for part in ("300.00", "06/03/2026", "700.00", "07/21/2026"):
            self.assertIn(part, preview)

    def test_by_sum_and_odd_kopecks(self):
        """1,234.56 at once; of the rest, 8,765.44, a third is 3,333.33 of the whole."""
        plan = self._create_plan(
            ("fixed", 1234.56, "days_after_booking", 0),
            ("percent", 33.3333, "days_before_arrival", 20),
            ("percent", 66.6667, "days_before_arrival", 10),
        )
        invoice = self._create_planned(plan=plan)
        self.assertEqual(
            self._get_dues(invoice),
            [
                (date(2026, 6, 1), 1234.56),
                (date(2026, 6, 11), 3333.33),
                (date(2026, 6, 21), 5432.11),
            ],
        )

    def test_booked_late_is_due_at_once(self):
        """One night from June 2nd: ten days before are over, 3,500 are due today."""
        invoice = self._create_planned(arrival=date(2026, 6, 2))
        self.assertEqual(
            self._get_dues(invoice),
            [(date(2026, 6, 1), 3500), (date(2026, 6, 3), 1500)],
        )

    def test_paid_in_the_order_of_the_plan(self):
        invoice = self._create_planned()
        self._mark_paid(invoice, amount=3500)
        residuals = invoice.tour_booking_ids.due_line_ids.mapped(
            "amount_residual_currency"
        )
        self.assertEqual(residuals, [0, 6500])

    def test_due_dates_move_with_the_booking(self):
        """Three days later: so is the balance; the deposit, paid, stays."""
        invoice = self._create_planned()
        self._mark_paid(invoice, amount=3000)
        line = invoice.tour_booking_ids.order_line
        line.write({"date_from": date(2026, 7, 4), "date_to": date(2026, 7, 6)})
        self.env["account.move"]._cron_update_due_dates()
        self.assertEqual(
            [due for due, _amount in self._get_dues(invoice)],
            [date(2026, 6, 3), date(2026, 6, 24)],
        )
        self.assertEqual(invoice.invoice_date_due, date(2026, 6, 24))
        self.assertEqual(invoice.amount_residual, 7000)

    def _move_booking(self, invoice, days):
        line = invoice.tour_booking_ids.order_line
        line.write(
            {
                "date_from": line.date_from + timedelta(days=days),
                "date_to": line.date_to + timedelta(days=days),
            }
        )
        self.env["account.move"]._cron_update_due_dates()

    def test_sums_keep_their_dates(self):
        """Another plan on the draft, whose balance comes first, re-uses its rows."""
        order = self._create_sold(
            self._stay(date_from=date(2026, 7, 1), date_to=date(2026, 7, 3)),
            payment_term_id=self.plan.id,
            date_order=TODAY,
        )
        invoice = self._invoice(order).sudo()
        invoice.invoice_date = date(2026, 6, 1)
        invoice.invoice_payment_term_id = self._create_plan(
            ("percent", 30, "days_before_arrival", 10),
            ("percent", 70, "days_after_booking", 2),
        )
        invoice.action_show_to_client()
        Move = self.env["account.move"]
        Move._cron_update_due_dates()
        first, second = (date(2026, 6, 3), 7000), (date(2026, 6, 21), 3000)
        self.assertEqual(self._get_dues(invoice), [first, second])
        self._move_booking(invoice, 3)
        second = (date(2026, 6, 24), 3000)
        self.assertEqual(self._get_dues(invoice), [first, second])

    def test_a_plan_that_changes_leaves_debts_alone(self):
        """20 days before instead of 10: for new invoices. This one goes by its own."""
        invoice = self._create_planned()
        self.plan.line_ids[-1].nb_days = 20
        self.env["account.move"]._cron_update_due_dates()
        dues = [(date(2026, 6, 3), 3000), (date(2026, 6, 21), 7000)]
        self.assertEqual(self._get_dues(invoice), dues)
        self._move_booking(invoice, 3)
        self.assertEqual(self._get_dues(invoice)[1], (date(2026, 6, 24), 7000))
        self.assertEqual(
            self._get_dues(self._create_planned())[1], (date(2026, 6, 11), 7000)
        )

    def test_a_date_set_by_hand_stays_until_the_booking_moves(self):
        invoice = self._create_planned()
        row = invoice._get_due_rows().sorted("date_maturity")[-1]
        row.date_maturity = date(2026, 6, 28)
        self.env["account.move"]._cron_update_due_dates()
        self.assertEqual(row.date_maturity, date(2026, 6, 28))

    def test_a_plan_taken_away_is_forgotten(self):
        invoice = self._create_planned()
        invoice.button_draft()
        invoice.invoice_payment_term_id = False
        self.assertFalse(any(invoice._get_due_rows().mapped("tour_plan_day")))

    def test_a_deposit_invoice_is_due_at_once(self):
        order = self._create_sold(payment_term_id=self.plan.id)
        wizard = (
            self.env["sale.advance.payment.inv"]
            .with_user(self.manager)
            .create(
                {
                    "sale_order_ids": [Command.set(order.ids)],
                    "advance_payment_method": "percentage",
                    "amount": 30,
                }
            )
        )
        deposit = wizard._create_invoices(order.with_user(self.manager)).sudo()
        self.assertEqual(deposit.tour_booking_ids, order)
        deposit.action_show_to_client()
        self.assertEqual(self._get_dues(deposit), [(date(2026, 6, 1), 3000)])

    # === Whose plan === #

    def test_contract_client_company(self):
        """The contract's plan, else the client's, else the company's."""
        at_once, own, ours = (self._create_plan() for _plan in range(3))
        company = self.env.company
        company.tour_payment_term_id = ours
        self.assertEqual(self._create_booking().payment_term_id, ours)
        self.client_company.property_payment_term_id = own
        self.assertEqual(self._create_booking().payment_term_id, own)
        contract = self.env["tour.contract"].create(
            {
                "partner_id": self.client_company.id,
                "date_from": date(2026, 1, 1),
                "payment_term_id": at_once.id,
            }
        )
        self.assertEqual(self._create_booking().payment_term_id, own)
        contract.with_context(tour_contract_mover=MOVER).write(
            {
                "state": "in_force",
                "signed_us_on": date(2026, 1, 1),
                "signed_client_on": date(2026, 1, 1),
            }
        )
        self.assertEqual(self._create_booking().payment_term_id, at_once)
        # What both sides signed does not change.
        with self.assertRaises(UserError):
            contract.payment_term_id = ours

    # === Reminders === #

    def _get_reminders(self):
        return self.env["mail.mail"].search([("subject", "ilike", "Reminder:")])

    def test_reminded_once_for_each_date(self):
        invoice = self._create_planned()
        before = self._get_reminders()
        Move = self.env["account.move"]
        Move._cron_remind_due()
        self.assertEqual(self._get_reminders(), before)
        for day, count in (("2026-06-02", 1), ("2026-06-03", 1), ("2026-06-18", 2)):
            with freeze_time(day):
                Move._cron_remind_due()
                self.assertEqual(len(self._get_reminders() - before), count, day)
        mail = (self._get_reminders() - before).sorted("id")[0]
        self.assertIn("3,000", mail.body_html)
        self.assertNotIn("7,000", mail.body_html)
        self.assertIn(f"/my/invoices/{invoice.id}", mail.body_html)

    def test_nobody_is_reminded_of_what_was_overdue_before(self):
        """Installed where invoices are overdue: their clients knew."""
        invoice = self._create_planned()
        invoice._as_actor().write({"tour_shown_on": False})
        with freeze_time("2026-06-10 08:00:00"):
            post_init_hook(self.env)
        self.assertTrue(invoice.tour_shown_on)
        before = self._get_reminders()
        with freeze_time("2026-06-11"):
            self.env["account.move"]._cron_remind_due()
        self.assertEqual(self._get_reminders(), before)
        with freeze_time("2026-06-18"):
            self.env["account.move"]._cron_remind_due()
        self.assertEqual(len(self._get_reminders() - before), 1)

    def test_paid_is_not_reminded_of(self):
        invoice = self._create_planned()
        self._mark_paid(invoice)
        before = self._get_reminders()
        with freeze_time("2026-06-20"):
            self.env["account.move"]._cron_remind_due()
        self.assertEqual(self._get_reminders(), before)
