"""Payment plans: Odoo's payment terms, with dates that follow from the booking.

A plan is one invoice with a due row per instalment. Odoo's ledger knows each row, what
is left of it, and when it is due; the portal lets the client pay the next one.
"""

from datetime import timedelta

from odoo import api, fields, models

from .account_move import STAFF

# Between booking and arrival, in the preview of a plan.
EXAMPLE_DAYS = 60
BY_BOOKING = ("days_after_booking", "days_before_arrival")


class AccountPaymentTerm(models.Model):
    _inherit = "account.payment.term"

    tour_auto_collect = fields.Boolean(
        string="Collect from the saved card",
        help="What falls due is collected by itself from the card that the client "
        "saved for the booking.",
    )

    tour_by_booking = fields.Boolean(compute="_compute_tour_by_booking")

    @api.depends("line_ids.delay_type")
    def _compute_tour_by_booking(self):
        for term in self:
            term.tour_by_booking = term._is_by_booking()

    def _compute_example_preview(self):
        """Show plans for a booking of that day, with its arrival some weeks later."""
        for term in self:
            booked = term.example_date or fields.Date.context_today(term)
            dates = (booked, booked + timedelta(days=EXAMPLE_DAYS))
            super(
                AccountPaymentTerm, term.with_context(tour_plan_dates=dates)
            )._compute_example_preview()

    def _is_by_booking(self):
        """Whether something of it is due on a date of the booking."""
        return any(line.delay_type in BY_BOOKING for line in self.line_ids)


class AccountPaymentTermLine(models.Model):
    _inherit = "account.payment.term.line"

    delay_type = fields.Selection(
        selection_add=[
            ("days_after_booking", "Days after the booking"),
            ("days_before_arrival", "Days before arrival"),
        ],
        ondelete=dict.fromkeys(BY_BOOKING, "set default"),
    )

    def _get_due_date(self, date_ref):
        """Count from the booking's own dates, never to before the invoice's."""
        if self.delay_type not in BY_BOOKING:
            return super()._get_due_date(date_ref)
        base = fields.Date.to_date(date_ref) or fields.Date.context_today(self)
        booked, arrival = self.env.context.get("tour_plan_dates") or (None, None)
        days = timedelta(days=self.nb_days)
        if self.delay_type == "days_after_booking":
            return max((booked or base) + days, base)
        # Without services there is no arrival: it is due at once.
        return max(arrival - days, base) if arrival else base


class AccountMove(models.Model):
    _inherit = "account.move"

    def _compute_needed_terms(self):
        """Let plans know the dates of the bookings."""
        planned = self.filtered(
            lambda move: (
                move.tour_booking_ids and move.invoice_payment_term_id._is_by_booking()
            )
        )
        super(AccountMove, self - planned)._compute_needed_terms()
        for move in planned:
            dates = move._get_plan_dates()
            super(
                AccountMove, move.with_context(tour_plan_dates=dates)
            )._compute_needed_terms()

    def _get_plan_dates(self):
        """The days that a plan counts from: the first booking, the first arrival."""
        # In sudo: the dates of a booking are on its invoice anyway.
        return self.sudo().tour_booking_ids._get_plan_dates()

    def _update_due_dates(self):
        """Let due dates of what is not paid move with the bookings.

        :return: the due rows that were moved
        """
        moved = self.env["account.move.line"]
        for move in self:
            dates = move._get_plan_dates()
            terms = move.invoice_payment_term_id.with_context(tour_plan_dates=dates)
            rows = move._get_due_rows()
            lines = terms.line_ids
            # Rows that fell on one day are one row: those stay as they were entered.
            if not dates or len(rows) != len(lines):
                continue
            for row, line in zip(move._sort_by_plan(rows), lines, strict=True):
                day = line._get_due_date(move.invoice_date)
                if not row.reconciled and row.date_maturity != day:
                    row.date_maturity = day
                    moved |= row
            latest = max(rows.mapped("date_maturity"))
            if move.invoice_date_due != latest:
                move.invoice_date_due = latest
            move._mark_instalments()
        return moved

    def _get_due_rows(self):
        """What the client owes by this invoice: a row for each date."""
        return self.line_ids.filtered(lambda line: line.display_type == "payment_term")

    def _mark_instalments(self):
        """Note which due rows are instalments, and of which booking.

        What is due last is what the invoice itself is due for.
        """
        for move in self:
            rows = move._get_due_rows()
            last = rows.filtered(
                lambda row, move=move: row.date_maturity == move.invoice_date_due
            )
            (rows - last).instalment_order_id = move.tour_booking_ids[:1]
            last.instalment_order_id = False

    def _sort_by_plan(self, rows):
        """Due rows in the order of the plan's lines, which they were made in."""
        return rows.sorted("id")


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    instalment_order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Instalment of booking",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=STAFF,
        help="Of rows that are due before the whole invoice is.",
    )
