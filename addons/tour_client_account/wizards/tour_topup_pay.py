from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.tour_billing.wizards.tour_invoice_pay import JOURNAL_TYPES
from odoo.addons.tour_partner.defaults import plain
from odoo.addons.tour_refund.amounts import rounded


class TourTopupPay(models.TransientModel):
    """How the client paid an invoice for topping up."""

    _name = "tour.topup.pay"
    _description = "Mark a Top-up as Paid"

    topup_id = fields.Many2one(
        comodel_name="tour.topup", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="topup_id.company_id")
    currency_id = fields.Many2one(related="topup_id.currency_id")
    # What was paid when the window was opened: two windows must not enter it twice.
    seen_paid = fields.Monetary(
        compute="_compute_seen_paid", store=True, readonly=False
    )
    amount = fields.Monetary(
        string="Paid", compute="_compute_seen_paid", store=True, readonly=False
    )
    date = fields.Date(
        string="Paid on", required=True, default=fields.Date.context_today
    )
    journal_id = fields.Many2one(
        comodel_name="account.journal",
        string="Where to",
        required=True,
        domain="[('type', 'in', ('bank', 'cash', 'credit')),"
        " ('company_id', '=', company_id)]",
    )
    reference = fields.Char()

    @api.depends("topup_id")
    def _compute_seen_paid(self):
        for wizard in self:
            wizard.seen_paid = wizard.topup_id.paid_amount
            wizard.amount = wizard.topup_id.amount - wizard.topup_id.paid_amount

    @api.model_create_multi
    def create(self, vals_list):
        """Show nothing of what whoever names it may not see."""
        wizards = super().create(vals_list)
        wizards.topup_id.check_access("read")
        return wizards

    def write(self, vals):
        result = super().write(vals)
        self.topup_id.check_access("read")
        return result

    def action_apply(self):
        """Enter the payment: the money stands on the client's account."""
        self.ensure_one()
        self.topup_id._check_money_right()
        self.topup_id.check_access("read")
        # In sudo: heads of department read no accounting. Rights were checked above.
        wizard = plain(self).sudo()
        topup = wizard.topup_id
        topup._lock_open()
        wizard._check_before()
        # In the books at once, and not with the bank's statement only: what is not
        # there is not on the client's account.
        payments = wizard.env["account.payment"].with_context(force_payment_move=True)
        payments.create(wizard._prepare_payment()).action_post()
        return {"type": "ir.actions.act_window_close"}

    def _check_before(self):
        topup, currency, journal = self.topup_id, self.currency_id, self.journal_id
        if currency.compare_amounts(topup.paid_amount, self.seen_paid):
            raise UserError(
                self.env._(
                    "%(topup)s was paid since this window was opened. Open it again.",
                    topup=topup.name,
                )
            )
        if rounded(self.amount, currency) <= 0:
            raise UserError(self.env._("Enter more than nothing."))
        if self.date > fields.Date.context_today(self):
            raise UserError(self.env._("Paid on: that day has not come yet."))
        if (
            journal.company_id != topup.company_id
            or journal.type not in JOURNAL_TYPES
            or journal == topup.company_id.tour_gift_journal_id
            or not self._get_method()
        ):
            raise UserError(
                self.env._(
                    "%(journal)s takes no payments by hand for this company. Choose "
                    "another one.",
                    journal=journal.display_name,
                )
            )

    def _get_method(self):
        lines = self.journal_id.inbound_payment_method_line_ids
        return lines.filtered(lambda line: not line.payment_provider_id)[:1]

    def _prepare_payment(self):
        topup = self.topup_id
        return {
            "payment_type": "inbound",
            "partner_type": "customer",
            "partner_id": topup.partner_id.commercial_partner_id.id,
            "amount": self.amount,
            "currency_id": topup.currency_id.id,
            "company_id": topup.company_id.id,
            "date": self.date,
            "journal_id": self.journal_id.id,
            "payment_method_line_id": self._get_method().id,
            "memo": " ".join(filter(None, (topup.name, self.reference))),
            "tour_topup_id": topup.id,
        }
