from odoo import api, models


class TourBillPrepare(models.TransientModel):
    _inherit = "tour.bill.prepare"

    @api.model
    def _get_bill_values(self, move_id):
        """Propose the day that was planned for what the bill is for."""
        values = super()._get_bill_values(move_id)
        if not values["wanted_date"]:
            # In sudo: the bill was read with the user's rights above.
            move = self.env["account.move"].sudo().browse(move_id)
            expected = move.tour_order_ids.expected_bill_ids.filtered(
                lambda bill: bill.partner_id.id == values["partner_id"]
            )
            values["wanted_date"] = min(expected.mapped("pay_date"), default=False)
        return values
