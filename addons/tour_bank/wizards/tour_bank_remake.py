from odoo import api, fields, models


class TourBankRemake(models.TransientModel):
    """Why a file of payment orders is made again, or withdrawn."""

    _name = "tour.bank.remake"
    _description = "Make a File Again, or Withdraw It"

    file_id = fields.Many2one(
        comodel_name="tour.bank.file", required=True, readonly=True, ondelete="cascade"
    )
    act = fields.Selection(
        selection=[("remake", "Make it again"), ("withdraw", "Withdraw it")],
        default="remake",
        required=True,
        readonly=True,
    )
    reason = fields.Char(string="Why", required=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Show nothing of what whoever names it may not see."""
        wizards = super().create(vals_list)
        wizards.file_id.check_access("read")
        return wizards

    def write(self, vals):
        result = super().write(vals)
        self.file_id.check_access("read")
        return result

    def action_apply(self):
        """Do it, with the reason."""
        self.ensure_one()
        act = self.file_id._remake if self.act == "remake" else self.file_id._withdraw
        return {
            "type": "ir.actions.act_window",
            "res_model": "tour.bank.file",
            "res_id": act(self.reason).id,
            "views": [(False, "form")],
        }
