"""Paying an invoice of a booking from the client's account."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_amount

from odoo.addons.tour_billing.models.account_move import STAFF
from odoo.addons.tour_partner.defaults import plain


class AccountMove(models.Model):
    _inherit = "account.move"

    tour_account_amount = fields.Monetary(
        string="On the client's account",
        compute="_compute_tour_account_amount",
        groups=STAFF,
    )

    def _compute_tour_account_amount(self):
        """How much of the client's account could pay the invoice, for the button."""
        for move in self:
            open_invoice = (
                move.state == "posted"
                and move._is_client_invoice()
                and move.currency_id.compare_amounts(move.amount_residual, 0.0) > 0
            )
            # In sudo: the sum is told to who may see the invoice, the books are not.
            lines = open_invoice and move.sudo()._get_account_lines()
            move.tour_account_amount = (
                -sum(lines.mapped("amount_residual_currency")) if lines else 0.0
            )

    def _get_account_lines(self):
        """What of the client's account can pay this, the oldest first; in sudo mode."""
        self.ensure_one()
        account = self.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        ).account_id
        entity = self.partner_id.commercial_partner_id
        return self.env["account.move.line"].search(
            [
                *entity._get_credit_lines_domain(self.company_id),
                ("currency_id", "=", self.currency_id.id),
                ("account_id", "in", account.ids),
            ],
            order="date, id",
        )

    def action_pay_from_account(self):
        """Pay what is left of the invoice from the client's account, as far as it goes.

        By accountants and heads of department, and by the client to whom it was shown.
        """
        self.ensure_one()
        if self.env.user.share:
            invoice = self._begin_client_payment()
        else:
            invoice = plain(self._begin_act("pay"))
            invoice._post_drafts()
        before = invoice.amount_residual
        invoice._set_off_account()
        invoice._set_shown()
        paid = format_amount(
            self.env, before - invoice.amount_residual, invoice.currency_id
        )
        invoice._log_act(
            self.env._("Paid from the client's account: %(amount)s.", amount=paid)
        )
        return True

    def _begin_client_payment(self):
        self.check_access("read")
        # In sudo: clients may not write invoices; what they may pay is checked here.
        invoice = plain(self).sudo()
        invoice._lock_for_act()
        if fault := invoice._get_account_fault():
            raise UserError(fault)
        return invoice

    def _get_account_fault(self):
        """Why the client cannot pay it from the account; note: in sudo mode.

        :return: what is wrong, empty if nothing is
        """
        self.ensure_one()
        left = self.amount_residual
        if (
            not self._is_client_invoice()
            or self.currency_id.compare_amounts(left, 0.0) <= 0
        ):
            return self.env._("This invoice cannot be paid.")
        return self._get_online_fault(left)

    def _set_off_account(self):
        """Set the invoice off against what the client has; note: in sudo mode.

        Nobody else can use the same money: its rows are locked, and whoever read them
        before they changed has to begin anew.
        """
        lines = self._get_account_lines()
        locked = lines.try_lock_for_update(allow_referencing=True)
        if not lines:
            raise UserError(
                self.env._(
                    "%(client)s has nothing on account in %(currency)s.",
                    client=self.partner_id.commercial_partner_id.name,
                    currency=self.currency_id.name,
                )
            )
        if locked != lines:
            raise UserError(
                self.env._(
                    "The account of %(client)s is being used right now. Try again in a "
                    "moment.",
                    client=self.partner_id.commercial_partner_id.name,
                )
            )
        for line in lines:
            due = self.line_ids.filtered(
                lambda row: row.display_type == "payment_term" and not row.reconciled
            )
            if not due:
                break
            (line | due.sorted("date_maturity")).reconcile()
