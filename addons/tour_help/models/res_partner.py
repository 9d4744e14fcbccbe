from odoo import fields, models

from .tour_help_request import STAFF


class ResPartner(models.Model):
    _inherit = "res.partner"

    tour_help_count = fields.Integer(
        compute="_compute_tour_help_count",
        string="Number of requests for help",
        groups=STAFF,
    )

    def _compute_tour_help_count(self):
        """Of the whole company, also on the form of one of its people."""
        counts = dict(
            self.env["tour.help.request"]._read_group(
                [("partner_id", "in", self.commercial_partner_id.ids)],
                ["partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.tour_help_count = counts.get(partner.commercial_partner_id, 0)

    def action_view_help(self):
        """Open the requests of this client."""
        self.ensure_one()
        self.check_access("read")
        client = self.commercial_partner_id
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_help.tour_help_request_action"
            ),
            "domain": [("partner_id", "=", client.id)],
            "context": {"default_partner_id": client.id},
        }
