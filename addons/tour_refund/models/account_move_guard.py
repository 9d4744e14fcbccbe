"""What Odoo's own buttons must not do to what was refunded, and to its credit notes."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..refund_states import GIVEN, MOVER, UNDER_WAY


class AccountMove(models.Model):
    _inherit = "account.move"

    tour_note_refund_ids = fields.One2many(
        comodel_name="tour.refund",
        inverse_name="note_id",
        string="Refunds that it credits",
        readonly=True,
        groups="account.group_account_invoice,account.group_account_readonly",
    )

    # === Odoo's own buttons === #

    def button_draft(self):
        """Refuse to take back what was refunded, or is going to be."""
        self._check_not_refunded()
        self._check_note_is_free(GIVEN)
        return super().button_draft()

    def button_cancel(self):
        """Refuse to cancel what was refunded, or is going to be."""
        self._check_not_refunded()
        self._check_note_is_free(GIVEN)
        return super().button_cancel()

    def _post(self, soft=True):
        """Refuse to credit before the money goes, or more than was invoiced."""
        self._check_note_is_free(UNDER_WAY)
        self._check_not_over_credited()
        return super()._post(soft=soft)

    def _reverse_moves(self, default_values_list=None, cancel=False):
        """Refuse to unmatch the payments of what was refunded."""
        if cancel:
            self._check_not_refunded()
        return super()._reverse_moves(default_values_list, cancel=cancel)

    def _check_not_refunded(self):
        # In sudo: that money went back matters, not who sees the refund.
        refunds = self.sudo().tour_refund_ids.filtered(
            lambda refund: refund.state in GIVEN or refund.note_id.state == "posted"
        )
        if refunds:
            raise UserError(
                self.env._(
                    "%(invoices)s was refunded, or is going to be: the books keep it, "
                    "with its credit note.",
                    invoices=", ".join(refunds.move_id.mapped("display_name")),
                )
            )

    def _check_note_is_free(self, states):
        """Refuse what only the refund itself does to its credit note."""
        if self.env.context.get("tour_refund_mover") is MOVER:
            return
        # In sudo: as above.
        refunds = self.sudo().tour_note_refund_ids.filtered(
            lambda refund: refund.state in states
        )
        if refunds:
            raise UserError(
                self.env._(
                    "%(notes)s belongs to a refund, which enters it into the books "
                    "when the money goes, and keeps it there.",
                    notes=", ".join(refunds.note_id.mapped("display_name")),
                )
            )

    def _check_not_over_credited(self):
        """Refuse to give a client more credit than he was invoiced."""
        for note in self.filtered(lambda move: move.move_type == "out_refund"):
            # In sudo: whoever enters the note need not see what else there is.
            invoice = note.sudo().reversed_entry_id
            if (
                not invoice._is_client_invoice()
                or note.currency_id != invoice.currency_id
            ):
                continue
            invoice._lock_for_refund()
            # With this one, which is there as a draft.
            credited = invoice._get_credited()
            if note.currency_id.compare_amounts(credited, invoice.amount_total) > 0:
                raise UserError(
                    self.env._(
                        "%(invoice)s: more would be credited than was invoiced. Some "
                        "of it was refunded, or is going to be.",
                        invoice=invoice.display_name,
                    )
                )
