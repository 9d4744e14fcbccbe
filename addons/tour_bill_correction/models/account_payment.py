"""Payments of suppliers that came in: what they give back."""

from odoo import fields, models

from .tour_overpayment_bank import CAME_IN


class AccountPayment(models.Model):
    _inherit = "account.payment"

    tour_overpayment_ids = fields.One2many(
        comodel_name="tour.overpayment",
        inverse_name="payment_id",
        string="Overpayments",
        readonly=True,
    )

    def _confirm_bill_payments(self, note=""):
        """See what a supplier gave back, too: the bank has the money."""
        result = super()._confirm_bill_payments(note=note)
        # In sudo: the bank's word counts, whoever brings it.
        for payment in self.sudo().filtered(lambda payment: payment._is_return()):
            self.env["tour.overpayment"]._match_bank_payment(payment)
        return result

    def _unconfirm_bill_payments(self, note):
        """What came back is owed again, as the bank's line is another's."""
        result = super()._unconfirm_bill_payments(note)
        # In sudo: as above.
        for overpayment in self.sudo().tour_overpayment_ids:
            overpayment._owe_again(
                overpayment.amount, self.env["tour.overpayment.part"], note
            )
        parts = self.env["tour.overpayment.part"].sudo()
        for part in parts.search([("payment_id", "in", self.ids)]):
            part.overpayment_id._owe_again(part.amount, part, note)
        return result

    def _is_return(self):
        return self.payment_type == "inbound" and self.partner_type == "supplier"

    def _get_returned_left(self):
        """What of this payment closes nothing yet; in sudo mode."""
        self.ensure_one()
        if not self._is_return() or self.state not in CAME_IN:
            return 0.0
        parts = self.env["tour.overpayment.part"].search([("payment_id", "=", self.id)])
        used = sum(self.tour_overpayment_ids.mapped("amount"))
        used += sum(parts.mapped("amount"))
        return self.currency_id.round(self.amount - used)
