"""Payment plans: Odoo's payment terms, with dates that follow from the booking.

A plan is one invoice with a due row per instalment. Odoo's ledger knows each row, what
is left of it, and when it is due; the portal lets the client pay the next one.
"""

from datetime import timedelta

from odoo import api, fields, models

from ..plan_days import BY_BOOKING, plan_day
from .account_move import STAFF

# Between booking and arrival, in the preview of a plan.
EXAMPLE_DAYS = 60
# Whoever enters an invoice, with or without a role in Tour, makes its due rows.
ENTERS = f"{STAFF},account.group_account_invoice"


class AccountPaymentTerm(models.Model):
    _inherit = "account.payment.term"

    tour_auto_collect = fields.Boolean(
        string="Collect from the saved card",
        help="What falls due is collected by itself from the card that the client "
        "saved for the booking.",
    )

    # In sudo: clients read payment terms, and their rows they do not.
    tour_by_booking = fields.Boolean(
        compute="_compute_tour_by_booking", compute_sudo=True
    )

    @api.depends("line_ids.delay_type")
    def _compute_tour_by_booking(self):
        for term in self:
            term.tour_by_booking = term._is_by_booking()

    def _compute_example_preview(self):
        """Show plans for a booking of that day, with its arrival some weeks later."""
        for term in self:
            booked = term.example_date or fields.Date.context_today(term)
            dates = (booked, booked + timedelta(days=EXAMPLE_DAYS))
            shown = term.with_context(tour_plan_dates=dates)
            super(AccountPaymentTerm, shown)._compute_example_preview()
        return None

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
        dates = self.env.context.get("tour_plan_dates")
        return plan_day(self.delay_type, self.nb_days, base, dates)


class AccountMove(models.Model):
    _inherit = "account.move"

    def _compute_needed_terms(self):
        """Let plans know the dates of the bookings."""
        planned = self.filtered(
            lambda move: (
                move.tour_booking_ids and move.invoice_payment_term_id._is_by_booking()
            )
        )
        others = self - planned
        super(AccountMove, others)._compute_needed_terms()
        # Rows are used again when the plan is taken away: what it said goes with it.
        for move in others.filtered("line_ids.tour_plan_day"):
            move._note_plan_lines(None)
        for move in planned:
            dates = move._get_plan_dates()
            dated = move.with_context(tour_plan_dates=dates)
            super(AccountMove, dated)._compute_needed_terms()
            move._note_plan_lines(dates)
        return None

    def _note_plan_lines(self, dates):
        """Let each due row know the line of the plan that it was made by.

        Rows that fell on one day are one row, and know none: it stays as entered.
        """
        base = self.invoice_date or self.date or fields.Date.context_today(self)
        lines_by_day = self.invoice_payment_term_id.line_ids.with_context(
            tour_plan_dates=dates
        ).grouped(lambda line: line._get_due_date(base))
        needed = {}
        for key, values in self.needed_terms.items():
            lines = lines_by_day.get(key["date_maturity"], ())
            line = lines if len(lines) == 1 and lines.delay_type in BY_BOOKING else None
            needed[key] = {
                **values,
                "tour_plan_delay": line.delay_type if line else False,
                "tour_plan_days": line.nb_days if line else 0,
                "tour_plan_day": key["date_maturity"] if line else False,
            }
        self.needed_terms = needed

    def _get_plan_dates(self):
        """The days that a plan counts from: the first booking, the first arrival."""
        # In sudo: the dates of a booking are on its invoice anyway.
        return self.sudo().tour_booking_ids._get_plan_dates()

    def _update_due_dates(self):
        """Let due dates of what is not paid move with the bookings.

        Each row goes by what the plan said when it was entered. Where the dates of the
        booking did not change, neither does what was entered by hand meanwhile.

        :return: the due rows that were moved
        """
        moved = self.env["account.move.line"]
        for move in self:
            dates = move._get_plan_dates()
            rows = move._get_due_rows()
            changed = rows.filtered(
                lambda row, dates=dates: (
                    row.tour_plan_day
                    and not row.reconciled
                    and row._count_plan_day(dates) != row.tour_plan_day
                )
            )
            # Odoo would make the rows anew, by what the plan says today.
            for row in changed.with_context(skip_invoice_sync=True):
                day = row._count_plan_day(dates)
                row.write({"date_maturity": day, "tour_plan_day": day})
            if changed:
                move.with_context(skip_invoice_sync=True).invoice_date_due = max(
                    rows.mapped("date_maturity")
                )
                move._mark_instalments()
            moved |= changed
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
    # What the plan said when the row was entered: plans change, debts do not.
    tour_plan_delay = fields.Char(
        string="Plan: counted from", readonly=True, copy=False, groups=ENTERS
    )
    tour_plan_days = fields.Integer(
        string="Plan: days", readonly=True, copy=False, groups=ENTERS
    )
    tour_plan_day = fields.Date(
        string="Plan: due on",
        readonly=True,
        groups=ENTERS,
        copy=False,
        index="btree_not_null",
        help="The day that the plan gave; it may be due on another, set by hand.",
    )

    def _count_plan_day(self, dates):
        """The day that its line of the plan gives for the dates of the booking."""
        base = self.move_id.invoice_date
        return plan_day(self.tour_plan_delay, self.tour_plan_days, base, dates)
