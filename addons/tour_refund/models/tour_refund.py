"""Refunds of clients' paid invoices (BIL-15): what was asked, decided and done.

The money itself is in Odoo's ledger: each approved refund has its credit note, each
part that went back its payment.
"""

from odoo import api, fields, models
from odoo.tools.misc import format_amount

from odoo.addons.tour_billing.models.account_move import STAFF

from ..refund_states import STATES


class TourRefund(models.Model):
    _name = "tour.refund"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Refund to a Client"
    _order = "id desc"
    _mail_post_access = "read"

    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Invoice",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="move_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="move_id.currency_id", store=True)
    partner_id = fields.Many2one(
        related="move_id.partner_id", store=True, index=True, string="Client"
    )
    order_ids = fields.Many2many(related="move_id.tour_booking_ids", string="Bookings")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Manager",
        readonly=True,
        index=True,
        groups=STAFF,
    )
    amount = fields.Monetary(
        required=True, readonly=True, help="In the currency of the invoice."
    )
    by_client = fields.Boolean(string="Asked by the client", readonly=True)
    client_reason = fields.Text(string="What the client says", readonly=True)
    reason = fields.Text(
        readonly=True, groups=STAFF, help="The client does not see it."
    )
    reject_reason = fields.Text(
        string="Why it was rejected", readonly=True, help="The client sees it."
    )
    state = fields.Selection(
        selection=STATES,
        string="Status",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    how = fields.Selection(
        selection=[("provider", "To the card"), ("hand", "By hand")],
        readonly=True,
        groups=STAFF,
    )
    note_id = fields.Many2one(
        comodel_name="account.move",
        string="Credit note",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups=STAFF,
    )
    transaction_ids = fields.One2many(
        comodel_name="payment.transaction",
        inverse_name="tour_refund_id",
        readonly=True,
        # Directors read the books, and no transactions.
        groups="account.group_account_invoice",
    )
    decided_by_id = fields.Many2one(
        comodel_name="res.users", string="Decided by", readonly=True, groups=STAFF
    )
    decided_on = fields.Datetime(readonly=True)
    message = fields.Char(string="The provider says", readonly=True, groups=STAFF)

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "A refund is more than nothing."
    )
    _asked_once = models.UniqueIndex(
        "(move_id) WHERE state = 'asked'",
        "A refund of this invoice was asked for already.",
    )

    @api.depends("move_id.name", "amount", "currency_id")
    def _compute_display_name(self):
        for refund in self:
            # In sudo: the number of the invoice is no secret to who sees its refund.
            refund.display_name = self.env._(
                "Refund of %(amount)s, %(invoice)s",
                amount=format_amount(self.env, refund.amount, refund.currency_id),
                invoice=refund.sudo().move_id.name or "",
            )

    # === Buttons === #

    def action_approve(self):
        """Ask how much goes back, and how."""
        self.ensure_one()
        self._check_move("approved")
        return self.move_id._open_refund_window(self)

    def action_reject(self):
        """Ask why; the client reads it."""
        self.ensure_one()
        # The reason is asked for by the window.
        self._check_move("rejected", "-")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_refund.tour_refund_reject_action"
            ),
            "context": {"default_refund_id": self.id},
        }

    def action_open_note(self):
        """Open the credit note."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.note_id.id,
            "views": [(self.env.ref("account.view_move_form").id, "form")],
        }

    def action_open_invoice(self):
        """Open the invoice."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "views": [(self.env.ref("account.view_move_form").id, "form")],
        }
