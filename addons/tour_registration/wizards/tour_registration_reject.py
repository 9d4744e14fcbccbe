from odoo import api, fields, models


class TourRegistrationReject(models.TransientModel):
    """Why a registration is rejected; whoever registered reads it."""

    _name = "tour.registration.reject"
    _description = "Reject a Registration"

    registration_id = fields.Many2one(
        comodel_name="tour.registration",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    reason = fields.Text(string="Why", required=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Show nothing of what whoever names it may not see."""
        wizards = super().create(vals_list)
        wizards.registration_id.check_access("read")
        return wizards

    def write(self, vals):
        result = super().write(vals)
        self.registration_id.check_access("read")
        return result

    def action_apply(self):
        """Reject it; the reason is mailed."""
        self.ensure_one()
        self.registration_id._reject(self.reason)
        return {"type": "ir.actions.act_window_close"}
