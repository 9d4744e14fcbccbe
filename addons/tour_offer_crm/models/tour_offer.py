from odoo import fields, models


class TourOffer(models.Model):
    _inherit = "tour.offer"

    lead_id = fields.Many2one(
        "crm.lead",
        string="Lead",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )

    def _after_move(self, state):
        """Win the lead whose offer was accepted."""
        result = super()._after_move(state)
        if state == "accepted":
            # In sudo: the client accepts, who may not even read leads.
            self.sudo().lead_id.action_set_won()
        return result
