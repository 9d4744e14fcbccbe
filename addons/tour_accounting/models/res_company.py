from datetime import datetime

import pytz

from odoo import api, fields, models

from ..engine.enterprise_data import VERSIONS
from ..formats import SELECTION


class ResCompany(models.Model):
    _inherit = "res.company"

    tour_accounting_auto = fields.Boolean(
        string="Export to accounting every day", groups="base.group_user"
    )
    tour_accounting_hour = fields.Float(
        string="At", default=20.0, groups="base.group_user"
    )
    tour_accounting_since = fields.Date(
        string="Documents since",
        groups="base.group_user",
        default=fields.Date.context_today,
        help="Older documents do not go by themselves.",
    )
    tour_accounting_format = fields.Selection(
        selection=SELECTION,
        string="Format of the daily export",
        required=True,
        default="enterprise_data",
        groups="base.group_user",
    )
    tour_accounting_version = fields.Selection(
        selection=[(version, version) for version in VERSIONS],
        string="Version of EnterpriseData",
        required=True,
        default=VERSIONS[0],
        groups="base.group_user",
        help="The newest that your 1C knows; 1.17 is the first that knows VAT of any "
        "rate.",
    )
    tour_accounting_agent = fields.Boolean(
        string="Services are sold as an agent",
        groups="base.group_user",
        help="Acts name the supplier of each service as the principal.",
    )
    tour_export_partner_ids = fields.Many2many(
        comodel_name="res.partner",
        relation="tour_accounting_recipient_rel",
        column1="company_id",
        column2="partner_id",
        string="Mail the export to",
        groups="base.group_user",
    )

    _tour_accounting_hour_range = models.Constraint(
        "CHECK(tour_accounting_hour >= 0 AND tour_accounting_hour < 24)",
        "The export to accounting is made at an hour of the day, from 0:00 to 23:59.",
    )

    def _get_accounting_now(self):
        """The clock on the company's wall."""
        self.ensure_one()
        zone = self.partner_id.tz or self.env.user.tz or "UTC"
        return datetime.now(pytz.timezone(zone))

    def _is_accounting_due(self):
        now = self._get_accounting_now()
        return now.hour + now.minute / 60 >= self.tour_accounting_hour

    @api.model
    def _get_accounting_space(self):
        """The identity of this database in 1C; made at installation, and kept."""
        # In sudo: a system parameter.
        parameters = self.env["ir.config_parameter"].sudo()
        return parameters.get_param("tour_accounting.space")


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tour_accounting_auto = fields.Boolean(
        related="company_id.tour_accounting_auto", readonly=False
    )
    tour_accounting_hour = fields.Float(
        related="company_id.tour_accounting_hour", readonly=False
    )
    tour_accounting_since = fields.Date(
        related="company_id.tour_accounting_since", readonly=False
    )
    tour_accounting_format = fields.Selection(
        related="company_id.tour_accounting_format", readonly=False
    )
    tour_accounting_version = fields.Selection(
        related="company_id.tour_accounting_version", readonly=False
    )
    tour_accounting_agent = fields.Boolean(
        related="company_id.tour_accounting_agent", readonly=False
    )
    tour_export_partner_ids = fields.Many2many(
        related="company_id.tour_export_partner_ids", readonly=False
    )
