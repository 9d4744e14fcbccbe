"""Odoo's window for payments must not pay an invoice of a booking twice.

Two people, or a double click, may have the window open at once. What was left to pay
when it was opened goes with the window, and is compared, under a lock, before anything
is booked.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_amount


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    # {id of the invoice: what was left to pay of it}
    tour_seen_residuals = fields.Json()
    gift_cheque_id = fields.Many2one(
        comodel_name="tour.gift.cheque", readonly=True, ondelete="cascade"
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if "tour_seen_residuals" in fields:
            ids = [
                line_id
                for command in values.get("line_ids") or ()
                for line_id in command[2]
            ]
            moves = self.env["account.move.line"].browse(ids).move_id
            values["tour_seen_residuals"] = moves._get_residuals() or False
        return values

    @api.model_create_multi
    def create(self, vals_list):
        """Whoever opens no window first sees what is left to pay now."""
        wizards = super().create(vals_list)
        for wizard in wizards:
            if not wizard.tour_seen_residuals:
                moves = wizard.line_ids.move_id
                wizard.tour_seen_residuals = moves._get_residuals()
        return wizards

    def _create_payments(self):
        """Lock the invoices of bookings, and look again at what is left to pay."""
        self.ensure_one()
        self._check_seen_residuals()
        payments = super()._create_payments()
        payments._follow_client_payments()
        return payments

    def _create_payment_vals_from_wizard(self, batch_result):
        values = super()._create_payment_vals_from_wizard(batch_result)
        # In sudo: who takes a cheque at the desk need not see all of them.
        values["gift_cheque_id"] = self.sudo().gift_cheque_id.id
        return values

    def _check_seen_residuals(self):
        moves = self.line_ids.move_id._filter_of_bookings()
        if not moves:
            return
        moves._lock_for_act()
        for move in moves:
            if move.move_type == "out_invoice":
                if pending := move._get_pending_transactions():
                    raise UserError(move._explain_pending(pending))
        now = moves._get_residuals()
        seen = self.tour_seen_residuals or {}
        for move in moves:
            key = str(move.id)
            if key not in seen or move.currency_id.compare_amounts(seen[key], now[key]):
                raise UserError(
                    self.env._(
                        "%(invoice)s was paid or changed since this window was opened: "
                        "%(amount)s is left to pay. Open the window again.",
                        invoice=move.display_name,
                        amount=format_amount(self.env, now[key], move.currency_id),
                    )
                )


class AccountMove(models.Model):
    _inherit = "account.move"

    def _filter_of_bookings(self):
        """Those that are for bookings: clients' invoices, suppliers' bills."""
        # In sudo: that an invoice is a booking's matters, not who sees the booking.
        return self.filtered(
            lambda move: move.sudo().tour_booking_ids or move.sudo().tour_order_ids
        )

    def _get_residuals(self):
        """What is left to pay, by the id of the invoice as text."""
        self.invalidate_recordset(["amount_residual"])
        return {str(move.id): move.amount_residual for move in self}
