from odoo import fields, models

from odoo.addons.tour_offer.models.res_partner import SEES_OFFERS


class CrmLead(models.Model):
    _inherit = "crm.lead"

    offer_ids = fields.One2many(
        "tour.offer", "lead_id", string="Offers", groups=SEES_OFFERS
    )
    offer_count = fields.Integer(
        string="Number of offers", compute="_compute_offer_count", groups=SEES_OFFERS
    )

    def _compute_offer_count(self):
        counts = dict(
            self.env["tour.offer"]._read_group(
                [("lead_id", "in", self.ids)], ["lead_id"], ["__count"]
            )
        )
        for lead in self:
            lead.offer_count = counts.get(lead, 0)

    def action_new_offer(self):
        """Open a new offer for the lead's company."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_offer.tour_offer_action"
        )
        action["views"] = [(False, "form")]
        action["context"] = self._prepare_offer_context()
        return action

    def action_view_offers(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_offer.tour_offer_action"
        )
        action["domain"] = [("lead_id", "=", self.id)]
        action["context"] = self._prepare_offer_context()
        return action

    def _prepare_offer_context(self):
        partner = self.partner_id
        context = {
            "default_lead_id": self.id,
            "default_partner_id": partner.commercial_partner_id.id,
            "default_user_id": self.user_id.id or self.env.uid,
        }
        if partner != partner.commercial_partner_id:
            context["default_contact_id"] = partner.id
        return context
