from odoo import api, fields, models
from odoo.exceptions import UserError


class ResCompany(models.Model):
    _inherit = "res.company"

    tour_help_reopen_days = fields.Integer(
        string="Closed requests may be opened again for (days)",
        default=14,
        help="So long a client may open a closed request for help again; 0: never.",
    )

    _tour_help_reopen_days_range = models.Constraint(
        "CHECK(tour_help_reopen_days BETWEEN 0 AND 3650)",
        "Closed requests may be opened again for 0 to 3650 days.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tour_help_reopen_days = fields.Integer(
        related="company_id.tour_help_reopen_days", readonly=False
    )
    tour_help_alias = fields.Char(
        string="Mail address of requests for help",
        compute="_compute_tour_help_alias",
        inverse="_inverse_tour_help_alias",
        help="What stands before the @: a mail to this address becomes a request.",
    )
    tour_help_alias_domain = fields.Char(
        string="Domain of the mail address", compute="_compute_tour_help_alias"
    )

    @api.model
    def _get_help_alias(self):
        alias = self.env.ref("tour_help.mail_alias_help", raise_if_not_found=False)
        # In sudo: aliases are the system's, and who may open settings may set this.
        return (alias or self.env["mail.alias"]).sudo()

    @api.depends("company_id")
    def _compute_tour_help_alias(self):
        alias = self._get_help_alias()
        for settings in self:
            settings.tour_help_alias = alias.alias_name
            settings.tour_help_alias_domain = alias.alias_domain

    def _inverse_tour_help_alias(self):
        alias = self._get_help_alias()
        for settings in self:
            name = (settings.tour_help_alias or "").strip()
            if "@" in name:
                raise UserError(
                    self.env._(
                        "The address of requests for help: enter what stands before "
                        "the @ only."
                    )
                )
            if name != (alias.alias_name or ""):
                alias.alias_name = name or False
