"""Refunds as the provider knows them."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.tour_partner.defaults import without_defaults


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    tour_refund_id = fields.Many2one(
        comodel_name="tour.refund",
        string="Refund to the client",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_tour_vals(vals)
        guarded = without_defaults(self, self._get_tour_fields().__contains__)
        return super(PaymentTransaction, guarded).create(vals_list).with_env(self.env)

    def write(self, vals):
        self._check_tour_vals(vals)
        return super().write(vals)

    @api.model
    def _get_tour_fields(self):
        """What ties a transaction to what we asked for; override to add to it."""
        return {"tour_refund_id"}

    @api.model
    def _check_tour_vals(self, vals):
        if not self.env.su and self._get_tour_fields() & vals.keys():
            raise AccessError(
                self.env._("What an online payment is for is not written by hand.")
            )

    def action_refund(self, amount_to_refund=None):
        """Refuse Odoo's refund of what paid a booking: it makes no credit note.

        :param float amount_to_refund: what Odoo would refund
        """
        # In sudo: that an invoice is a booking's matters, not who sees the booking.
        invoices = self.sudo().invoice_ids
        ours = invoices.filtered(lambda move: move._is_client_invoice())
        if ours:
            raise UserError(
                self.env._(
                    "Use 'Refund' on %(invoices)s: it is for a booking.",
                    invoices=", ".join(ours.mapped("display_name")),
                )
            )
        return super().action_refund(amount_to_refund=amount_to_refund)

    def _post_process(self):
        """Post the notes of refunds with the money, and move the refunds on.

        A notice that comes twice finds its payment made; one that comes late finds
        its note again.
        """
        done = self.filtered(lambda tx: tx.tour_refund_id and tx.state == "done")
        refunds = done.filtered(lambda tx: not tx.payment_id).tour_refund_id
        if refunds:
            refunds._lock_for_move()
            refunds._revive_notes()
            refunds._post_notes()
        result = super()._post_process()
        self.tour_refund_id._follow_transactions()
        return result
