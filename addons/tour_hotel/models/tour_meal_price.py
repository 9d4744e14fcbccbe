from odoo import api, fields, models

from .tour_rate import MEALS


class TourMealPrice(models.Model):
    """What a meal plan of a hotel costs a person and night."""

    _name = "tour.meal.price"
    _description = "Meal Price"
    _inherit = ["tour.period.mixin"]
    _order = "meal, date_from, id"

    hotel_id = fields.Many2one(
        "tour.hotel", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="hotel_id.company_id", store=True, index="btree_not_null"
    )
    currency_id = fields.Many2one(related="hotel_id.currency_id")
    meal = fields.Selection(
        [meal for meal in MEALS if meal[0] != "ro"], required=True, default="bb"
    )
    price = fields.Monetary(required=True, help="For one person and one night.")

    _price_positive = models.Constraint(
        "CHECK (price >= 0)", "Prices can't be negative."
    )

    @api.depends("meal")
    def _compute_display_name(self):
        meals = dict(self._fields["meal"]._description_selection(self.env))
        for price in self:
            price.display_name = meals.get(price.meal, "")

    @api.constrains("hotel_id", "meal", "date_from", "date_to")
    def _check_overlap(self):
        """Prices of different meal plans don't exclude each other."""
        return super()._check_overlap()

    def _get_overlap_key(self):
        return (self.hotel_id.id, self.meal)

    @api.model
    def _get_prices(self, hotels, date_from, date_to):
        """Return {(hotel id, meal): prices} valid on some day of the period."""
        prices = self.search_fetch(
            [
                ("hotel_id", "in", hotels.ids),
                "|",
                ("date_from", "=", False),
                ("date_from", "<=", date_to),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", date_from),
            ],
            ["hotel_id", "meal", "price", "date_from", "date_to"],
        )
        return prices.grouped(lambda price: (price.hotel_id.id, price.meal))
