from odoo import api, fields, models
from odoo.fields import Domain

from ..correction_states import OWED
from .sale_order_reposting import SEES_REPOSTINGS


class ResPartner(models.Model):
    _inherit = "res.partner"

    overpayment_count = fields.Integer(
        compute="_compute_overpayment_count", groups=SEES_REPOSTINGS
    )

    @api.depends_context("uid")
    def _compute_overpayment_count(self):
        """How many overpayments the company and those below it have still to return."""
        overpayments = self.env["tour.overpayment"]
        readable = overpayments.has_access("read")
        for partner in self:
            partner.overpayment_count = readable and overpayments.search_count(
                partner._get_overpayment_domain() & Domain("state", "in", OWED)
            )

    def _get_overpayment_domain(self):
        return Domain("supplier_id", "child_of", self._origin.ids)

    def action_view_overpayments(self):
        """Open what the supplier owes, and owed."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_correction.tour_overpayment_action"
        )
        action["domain"] = list(self._get_overpayment_domain())
        action["context"] = {"create": False, "search_default_owed": 1}
        return action
