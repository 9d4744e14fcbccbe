"""Refunds as the provider knows them."""

from odoo import fields, models
from odoo.exceptions import UserError


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
