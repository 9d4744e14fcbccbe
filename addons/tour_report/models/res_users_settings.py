from odoo import fields, models


class ResUsersSettings(models.Model):
    _inherit = "res.users.settings"

    tour_report_metrics = fields.Json(
        string="Metrics", help="The period, the interval and the filters last chosen."
    )
