from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TourRateSeason(models.Model):
    """What a rate costs in a season."""

    _name = "tour.rate.season"
    _description = "Price of a Rate in a Season"
    _inherit = ["tour.period.mixin"]
    _order = "date_from, id"

    rate_id = fields.Many2one(
        "tour.rate", required=True, index=True, ondelete="cascade"
    )
    hotel_id = fields.Many2one(
        related="rate_id.hotel_id", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(
        related="hotel_id.company_id", store=True, index="btree_not_null"
    )
    currency_id = fields.Many2one(related="hotel_id.currency_id")
    season_id = fields.Many2one(
        "tour.season",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('hotel_id', '=', hotel_id)]",
    )
    # Stored: the nights of many rates are then found in one query.
    date_from = fields.Date(related="season_id.date_from", store=True, precompute=True)
    date_to = fields.Date(related="season_id.date_to", store=True, precompute=True)
    rack_price = fields.Monetary("Rack price")
    net_price = fields.Monetary("Net price")

    _rate_season_uniq = models.UniqueIndex(
        "(rate_id, season_id)", "The rate has a price in this season already."
    )
    _prices_positive = models.Constraint(
        "CHECK (rack_price >= 0 AND net_price >= 0)", "Prices can't be negative."
    )

    @api.depends("rate_id.name", "season_id.name")
    def _compute_display_name(self):
        for price in self:
            price.display_name = f"{price.rate_id.name}, {price.season_id.name}"

    @api.constrains("rate_id", "season_id")
    def _check_same_hotel(self):
        for price in self:
            if price.season_id.hotel_id != price.rate_id.hotel_id:
                raise ValidationError(
                    self.env._(
                        "The season %(season)s belongs to another hotel than the rate"
                        " %(rate)s.",
                        season=price.season_id.name,
                        rate=price.rate_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        prices = super().create(vals_list)
        prices._touch_rates()
        return prices

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"rack_price", "net_price"}:
            self._touch_rates()
        return result

    def _touch_rates(self):
        """A price by season is a price of the rate: it was updated today."""
        self.rate_id.write({"price_updated_on": fields.Date.context_today(self)})

    def _get_prices(self, date_from, date_to):
        """Return {rate id: prices} valid on some day of the period."""
        return self.filtered(
            lambda price: price.date_from <= date_to and price.date_to >= date_from
        ).grouped(lambda price: price.rate_id.id)

    def _prepare_twins_domain(self):
        return [("rate_id", "in", self.rate_id.ids)]

    def _get_overlap_key(self):
        return self.rate_id.id
