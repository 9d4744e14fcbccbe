from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    tour_consolidator = fields.Boolean(
        string="Consolidator",
        copy=False,
        groups="tour_partner.tour_group_staff",
        help="A supplier who resells hotels: the hotels are not told of what he is "
        "paid.",
    )

    def _is_tour_consolidator(self):
        """Whether any of these, or the company behind it, is a consolidator."""
        return any((self | self.commercial_partner_id).mapped("tour_consolidator"))
