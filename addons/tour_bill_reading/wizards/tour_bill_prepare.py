from odoo import api, models

from odoo.addons.tour_bill.models.account_move_bill_alarm import plain_number


class TourBillPrepare(models.TransientModel):
    _inherit = "tour.bill.prepare"

    @api.depends("partner_bank_id", "currency_id")
    def _compute_warning(self):
        return super()._compute_warning()

    def _get_warnings(self):
        """Add where the file says something else."""
        move, partner = self.move_id, self.partner_id
        found = move._get_sure_hints()
        texts = [
            self._doubt_number(found),
            self._doubt_tax_id(found, partner),
            self.amount and move._doubt_amount(found, self.amount, self.currency_id),
            # In sudo: whose account it is may be known to whoever pays to it.
            move._doubt_account(
                found, self.partner_bank_id.sudo().sanitized_acc_number
            ),
            move._doubt_code(),
        ]
        return super()._get_warnings() + [text for text in texts if text]

    def _doubt_number(self, found):
        said = found.get("number")
        if not said or not self.ref or plain_number(said) == plain_number(self.ref):
            return ""
        return self.env._(
            "The file says number %(said)s, not %(number)s.", said=said, number=self.ref
        )

    def _doubt_tax_id(self, found, partner):
        said = found.get("tax_id")
        if not said or not partner.vat or said == partner.vat:
            return ""
        return self.env._(
            "The file says tax id %(said)s; %(partner)s has %(number)s.",
            said=said,
            partner=partner.name,
            number=partner.vat,
        )
