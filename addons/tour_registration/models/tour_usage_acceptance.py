from odoo import api, fields, models
from odoo.exceptions import AccessError


class TourUsageAcceptance(models.Model):
    """Who agreed to which version, when, from where. Appended to, never changed."""

    _name = "tour.usage.acceptance"
    _description = "Acceptance of a Usage Agreement"
    _order = "id desc"
    _rec_name = "login"

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="User",
        readonly=True,
        ondelete="set null",
    )
    # Stays when the user is deleted.
    login = fields.Char(readonly=True)
    user_name = fields.Char(string="Name", readonly=True)
    agreement_id = fields.Many2one(
        comodel_name="tour.usage.agreement",
        string="Version",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="agreement_id.company_id", store=True)
    lang = fields.Char(string="Language", readonly=True)
    accepted_on = fields.Datetime(required=True, readonly=True)
    address = fields.Char(string="Network address", readonly=True)
    how = fields.Selection(
        selection=[("registration", "With the registration"), ("login", "At login")],
        string="When asked",
        required=True,
        readonly=True,
    )

    # What the gate looks for.
    _user_version = models.Index("(user_id, agreement_id)")

    @api.model_create_multi
    def create(self, vals_list):
        """Keep the name of whoever agreed, too."""
        for vals in vals_list:
            user = self.env["res.users"].browse(vals.get("user_id"))
            # In sudo, as whoever records it: a right to create it nobody has.
            vals |= {"login": user.sudo().login, "user_name": user.sudo().name}
        return super().create(vals_list)

    def write(self, vals):
        """Refuse, whoever it is: also what runs in sudo."""
        self._refuse_changes()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        self._refuse_changes()

    def _refuse_changes(self):
        raise AccessError(
            self.env._(
                "Acceptances are neither changed nor deleted: they say who agreed to "
                "what."
            )
        )
