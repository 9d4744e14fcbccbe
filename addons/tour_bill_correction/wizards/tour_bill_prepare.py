from odoo import api, fields, models


class TourBillPrepare(models.TransientModel):
    _inherit = "tour.bill.prepare"

    owed_text = fields.Char(string="The supplier owes", compute="_compute_owed_text")
    set_off = fields.Boolean(
        string="Set it off",
        help="Less is paid of this bill, by what the supplier owes of others.",
    )

    @api.depends("partner_id", "move_id")
    @api.depends_context("lang")
    def _compute_owed_text(self):
        for wizard in self:
            owed = (
                self.env["account.move"]._find_owed(
                    wizard.partner_id.commercial_partner_id, wizard.company_id
                )
                if wizard.partner_id
                else ()
            )
            wizard.owed_text = owed and owed._get_owed_text()

    @api.model
    def _get_bill_values(self, move_id):
        """Add whether what the supplier owes is set off."""
        values = super()._get_bill_values(move_id)
        # In sudo: what the bill says already, to who may read it.
        move = self.env["account.move"].sudo().browse(move_id)
        return {**values, "set_off": move.tour_bill_setoff_wanted}

    def _prepare_act_values(self):
        return {**super()._prepare_act_values(), "set_off": self.set_off}
