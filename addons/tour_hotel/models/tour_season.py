from odoo import fields, models


class TourSeason(models.Model):
    """A season of a hotel: rates may have other prices in it."""

    _name = "tour.season"
    _description = "Season"
    _inherit = ["tour.period.mixin"]
    _order = "date_from, id"

    name = fields.Char(string="Season", required=True)
    hotel_id = fields.Many2one(
        "tour.hotel", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="hotel_id.company_id", store=True, index="btree_not_null"
    )
    date_from = fields.Date(required=True)
    date_to = fields.Date(required=True)
    rate_price_ids = fields.One2many(
        "tour.rate.season", "season_id", string="Prices of rates"
    )
