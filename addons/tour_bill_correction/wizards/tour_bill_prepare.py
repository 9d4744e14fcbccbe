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
        Move = self.env["account.move"]
        for wizard in self:
            supplier = wizard.partner_id.commercial_partner_id
            # A program may name a bill of any company.
            company = wizard.company_id & self.env.companies
            owed = Move._find_owed(supplier, company) if supplier else None
            wizard.owed_text = owed._get_owed_text() if owed else False

    @api.model
    def _get_bill_values(self, move_id):
        """Add whether what the supplier owes is set off."""
        values = super()._get_bill_values(move_id)
        # In sudo: what the bill says already, to who may read it.
        move = self.env["account.move"].sudo().browse(move_id)
        return {**values, "set_off": move.tour_bill_setoff_wanted}

    def _prepare_act_values(self):
        return {**super()._prepare_act_values(), "set_off": self.set_off}
