from dataclasses import replace
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..amounts import ZERO, decimal
from ..price import Segment

MEALS = [
    ("ro", "Room only"),
    ("bb", "Breakfast"),
    ("hb", "Half board"),
    ("fb", "Full board"),
    ("ai", "All inclusive"),
]
_PRICES = {"rack_price", "net_price"}


class TourRate(models.Model):
    """A price at which a room category is sold."""

    _name = "tour.rate"
    _description = "Rate"
    _order = "sequence, name, id"

    name = fields.Char(string="Rate", required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    room_id = fields.Many2one(
        "tour.room", required=True, index=True, ondelete="cascade"
    )
    # Not precomputed: that would leave the passing record it is computed on among
    # the hotel's rates, in cache.
    hotel_id = fields.Many2one(related="room_id.hotel_id", store=True, index=True)
    company_id = fields.Many2one(
        related="hotel_id.company_id", store=True, index="btree_not_null"
    )
    kind = fields.Selection(
        [("rack", "Rack"), ("net", "Net"), ("dynamic", "Dynamic")],
        required=True,
        default="rack",
        help="Rack: one price for all, the hotel gives us commission on it. Net: our"
        " own price, the client pays the rack price. Dynamic: a rack price that"
        " changes from day to day.",
    )
    currency_id = fields.Many2one(related="hotel_id.currency_id")
    rack_price = fields.Monetary(
        "Rack price", help="What a guest pays for a room and night."
    )
    net_price = fields.Monetary("Net price", help="What we pay for a room and night.")
    meal = fields.Selection(MEALS, required=True, default="ro")
    meal_included = fields.Boolean(
        string="Meals in the price",
        default=True,
        help="The meals are in the price of the room. Otherwise the hotel's meal"
        " prices are added to it.",
    )
    price_updated_on = fields.Date("Updated on", readonly=True, copy=False)
    season_price_ids = fields.One2many(
        "tour.rate.season", "rate_id", string="Prices by season", copy=True
    )

    _prices_positive = models.Constraint(
        "CHECK (rack_price >= 0 AND net_price >= 0)", "Prices can't be negative."
    )

    @api.depends("name", "room_id.name")
    @api.depends_context("tour_hotel_rate_with_room")
    def _compute_display_name(self):
        with_room = self.env.context.get("tour_hotel_rate_with_room")
        for rate in self:
            name = rate.name
            if with_room and rate.room_id:
                name = f"{rate.room_id.name}: {name}"
            rate.display_name = name

    @api.constrains("room_id")
    def _check_season_prices(self):
        self.season_price_ids._check_same_hotel()

    @api.model_create_multi
    def create(self, vals_list):
        today = fields.Date.context_today(self)
        return super().create(
            [
                # The hotel is the room's, whatever the caller says.
                {key: vals[key] for key in vals if key != "hotel_id"}
                | ({"price_updated_on": today} if vals.keys() & _PRICES else {})
                for vals in vals_list
            ]
        )

    def write(self, vals):
        vals = {key: vals[key] for key in vals if key != "hotel_id"}
        if vals.keys() & _PRICES:
            vals["price_updated_on"] = fields.Date.context_today(self)
        return super().write(vals)

    def _get_night_segments(self, date_from, date_to, meal=None):
        """Return the nights of a stay by price, for each rate.

        A stay is split where a season or a meal price begins or ends. The number of
        queries does not depend on the number of rates.

        :param date_from: day of arrival
        :param date_to: day of departure, its night is not in
        :param meal: the meal plan of the stay; by default that of each rate
        :return: {rate id: list of `price.Segment`, without gaps, in order}
        :rtype: dict
        """
        if date_to < date_from:
            raise ValidationError(
                self.env._(
                    "The departure, %(to)s, is before the arrival, %(start)s.",
                    to=fields.Date.to_string(date_to),
                    start=fields.Date.to_string(date_from),
                )
            )
        stays = [(rate, date_from, date_to, meal) for rate in self]
        return dict(zip(self.ids, self._get_stay_segments(stays), strict=True))

    @api.model
    def _get_stay_segments(self, stays):
        """As `_get_night_segments`, for stays of different dates and meal plans.

        Prices are read for the whole span at once, and split stay by stay.

        :param stays: tuples (rate, day of arrival, day of departure, meal or None)
        :return: the segments of each stay, in the order of ``stays``
        :rtype: list
        """
        if not stays:
            return []
        rates = self.browse().union(*(stay[0] for stay in stays))
        first = min(stay[1] for stay in stays)
        last = max(stay[2] for stay in stays) - timedelta(days=1)
        meals = self.env["tour.meal.price"]._get_prices(rates.hotel_id, first, last)
        seasons = rates.season_price_ids._get_prices(first, last)
        return [
            rate._split_nights(
                date_from,
                date_to,
                seasons.get(rate.id, ()),
                meals.get((rate.hotel_id.id, meal or rate.meal), ()),
                rate.meal_included and meals.get((rate.hotel_id.id, rate.meal)) or (),
            )
            for rate, date_from, date_to, meal in stays
        ]

    def _split_nights(self, date_from, date_to, season_prices, meal_prices, in_rate):
        borders = {date_from, date_to}
        for period in (*season_prices, *meal_prices, *in_rate):
            borders |= period._get_borders(date_from, date_to)
        borders = sorted(borders)
        segments = []
        for start, end in zip(borders, borders[1:], strict=False):
            source = _first_valid(season_prices, start) or self
            segments.append(
                Segment(
                    (end - start).days,
                    decimal(source.rack_price),
                    decimal(source.net_price),
                    _get_meal_price(meal_prices, start),
                    _get_meal_price(in_rate, start),
                )
            )
        return _merge(segments)


def _first_valid(periods, date):
    return next((period for period in periods if period._is_valid_on(date)), None)


def _get_meal_price(periods, date):
    period = _first_valid(periods, date)
    return decimal(period.price) if period else ZERO


def _merge(segments):
    """Join neighbours that differ in nothing but their nights."""
    merged = []
    for segment in segments:
        if merged and replace(segment, nights=merged[-1].nights) == merged[-1]:
            segment = replace(segment, nights=segment.nights + merged.pop().nights)
        merged.append(segment)
    return merged
