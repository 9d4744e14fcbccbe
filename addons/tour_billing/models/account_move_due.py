"""What clients still owe: due dates that move, and reminders of them (BIL-14)."""

from odoo import api, fields, models

from ..collecting import STATES
from .account_move import STAFF
from .tour_collection import SEES_COLLECTIONS


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _cron_update_due_dates(self):
        """Let due dates of unpaid plans move with their bookings."""
        moves = self.search(
            [
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
                ("payment_state", "in", ("not_paid", "partial")),
                ("tour_booking_ids", "!=", False),
                ("line_ids.tour_plan_day", "!=", False),
            ]
        )
        self.env["tour.collection"]._do_each(
            moves, lambda move: move._update_due_dates()
        )

    def _is_collected(self):
        """Whether what falls due of its bookings is collected from a card."""
        # In sudo: the plan of a booking is told to who pays it.
        return any(self.sudo().tour_booking_ids.mapped("may_collect"))

    def _get_collect_token(self):
        """The card that may be asked for the invoice: all its bookings', its client's.

        Note: in sudo mode.
        """
        self.ensure_one()
        cards = {order.collect_token_id for order in self.tour_booking_ids}
        token = cards.pop() if len(cards) == 1 else self.env["payment.token"]
        client = token.partner_id.commercial_partner_id
        is_ours = (
            client == self.commercial_partner_id and token.company_id == self.company_id
        )
        return token if is_ours else token.browse()

    @api.model
    def _cron_remind_due(self):
        """Remind clients of what will be due, once for each date."""
        rows = self.env["account.move.line"]._search_to_remind()
        # Whoever was shown it just now, with its date, needs no reminder.
        rows = rows.filtered(
            lambda row: row.move_id.tour_shown_on.date() < fields.Date.today()
        )
        due = rows.grouped("move_id")
        self.env["tour.collection"]._do_each(
            rows.move_id, lambda move: due[move]._remind_client(move)
        )


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    tour_reminded_for = fields.Date(readonly=True, copy=False, groups=STAFF)
    collection_ids = fields.One2many(
        comodel_name="tour.collection",
        inverse_name="line_id",
        string="Attempts",
        readonly=True,
        groups=SEES_COLLECTIONS,
    )
    collection_state = fields.Selection(
        selection=STATES,
        compute="_compute_collection_state",
        string="Collection",
        groups=SEES_COLLECTIONS,
    )

    @api.depends("collection_ids.state")
    def _compute_collection_state(self):
        for line in self:
            line.collection_state = line.collection_ids[:1].state

    def reconcile(self):
        """Settle the row that a card was asked for before older ones."""
        row = self.browse(self.env.context.get("tour_collected_row")) & self
        lines = self.with_context(tour_collected_row=False)
        money = lines - row.move_id.line_ids
        if not row or not money:
            return super().reconcile()
        (money | row.with_env(lines.env)).reconcile()
        left = lines.filtered(lambda line: not line.reconciled)
        return left.reconcile() if left & money else None

    @api.model
    def _search_to_remind(self):
        """Rows that are due soon, or were, and whose clients know nothing of it."""
        rows = self.browse()
        companies = self.env["res.company"].search_fetch([], ["tour_due_reminder_days"])
        for company in companies:
            days = company.tour_due_reminder_days
            rows |= self.search(
                [
                    ("company_id", "=", company.id),
                    ("display_type", "=", "payment_term"),
                    ("parent_state", "=", "posted"),
                    ("reconciled", "=", False),
                    (
                        "date_maturity",
                        "<=",
                        fields.Date.add(fields.Date.today(), days=days),
                    ),
                    ("move_id.move_type", "=", "out_invoice"),
                    ("move_id.tour_shown_on", "!=", False),
                    ("move_id.tour_booking_ids", "!=", False),
                ]
            )
        return rows.filtered(lambda row: row.tour_reminded_for != row.date_maturity)

    def _remind_client(self, move):
        """Mail the client what is due of an invoice, and when."""
        for row in self:
            row.tour_reminded_for = row.date_maturity
        move._mail_client("invoice_shown", "mail_template_due_reminder")

    def _get_reminder_rows(self):
        """What a reminder lists: the rows that the client was reminded of today."""
        return self.filtered(
            lambda row: (
                row.display_type == "payment_term"
                and not row.reconciled
                and row.tour_reminded_for == row.date_maturity
            )
        ).sorted("date_maturity")
