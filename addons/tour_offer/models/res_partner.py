from odoo import fields, models

SEES_OFFERS = (
    "tour_partner.tour_group_manager_own,tour_partner.tour_group_accountant,"
    "tour_partner.tour_group_director"
)


class ResPartner(models.Model):
    _inherit = "res.partner"

    offer_count = fields.Integer(
        string="Number of offers", compute="_compute_offer_count", groups=SEES_OFFERS
    )

    def _compute_offer_count(self):
        counts = dict(
            self.env["tour.offer"]._read_group(
                [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
            )
        )
        for partner in self:
            partner.offer_count = counts.get(partner, 0)

    def action_view_offers(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_offer.tour_offer_action"
        )
        action["domain"] = [("partner_id", "=", self.id)]
        action["context"] = {"default_partner_id": self.id}
        return action
