from datetime import timedelta

from odoo import api, fields, models

from ..amounts import decimal
from ..models.tour_rate import MEALS
from ..price import PriceError, calculate


class TourPriceCalculator(models.TransientModel):
    """What a stay would cost, step by step, without making a booking."""

    _name = "tour.price.calculator"
    _description = "Price Calculator"
    _inherit = ["tour.price.mixin"]

    hotel_id = fields.Many2one("tour.hotel", required=True)
    room_id = fields.Many2one(
        "tour.room",
        compute="_compute_room_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('hotel_id', '=', hotel_id)]",
    )
    rate_id = fields.Many2one(
        "tour.rate",
        compute="_compute_rate_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('hotel_id', '=', hotel_id), ('room_id', '=?', room_id)]",
    )
    currency_id = fields.Many2one(related="hotel_id.currency_id")
    date_from = fields.Date(
        string="Arrival",
        required=True,
        default=lambda self: fields.Date.context_today(self),
    )
    hour_from = fields.Float(
        string="Arrival hour",
        compute="_compute_hours",
        store=True,
        readonly=False,
        precompute=True,
    )
    date_to = fields.Date(
        string="Departure",
        required=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(days=1),
    )
    hour_to = fields.Float(
        string="Departure hour",
        compute="_compute_hours",
        store=True,
        readonly=False,
        precompute=True,
    )
    nights = fields.Integer(compute="_compute_nights")
    rooms = fields.Integer("Number of rooms", default=1, required=True)
    persons = fields.Integer(default=1, required=True)
    meal = fields.Selection(
        MEALS,
        compute="_compute_meal",
        store=True,
        readonly=False,
        precompute=True,
    )
    discount_percent = fields.Float(
        string="Client's discount, %",
        digits=(5, 2),
        help="In percent of the commission base.",
    )
    supplier_price = fields.Monetary("Supplier's price", compute="_compute_price")
    client_price = fields.Monetary("Client's price", compute="_compute_price")
    commission = fields.Monetary("Our commission", compute="_compute_price")
    margin = fields.Monetary(compute="_compute_price")
    price_steps = fields.Json(string="Step by step", compute="_compute_price")
    problem = fields.Char(compute="_compute_price")

    @api.depends("hotel_id")
    def _compute_room_id(self):
        for calculator in self:
            if calculator.room_id.hotel_id != calculator.hotel_id:
                calculator.room_id = calculator.hotel_id.room_ids[:1]

    @api.depends("hotel_id", "room_id")
    def _compute_rate_id(self):
        for calculator in self:
            if not calculator.rate_id or (
                calculator.rate_id.room_id != calculator.room_id
            ):
                calculator.rate_id = calculator.room_id.rate_ids[:1]

    @api.depends("hotel_id")
    def _compute_hours(self):
        for calculator in self:
            calculator.hour_from = calculator.hotel_id.check_in_hour
            calculator.hour_to = calculator.hotel_id.check_out_hour

    @api.depends("rate_id")
    def _compute_meal(self):
        for calculator in self:
            calculator.meal = calculator.rate_id.meal

    @api.depends("date_from", "date_to")
    def _compute_nights(self):
        for calculator in self:
            nights = 0
            if calculator.date_from and calculator.date_to:
                nights = (calculator.date_to - calculator.date_from).days
            calculator.nights = max(nights, 0)

    @api.depends(
        "rate_id",
        "date_from",
        "hour_from",
        "date_to",
        "hour_to",
        "rooms",
        "persons",
        "meal",
        "discount_percent",
    )
    def _compute_price(self):
        for calculator in self:
            calculator.update(calculator._calculate())

    def _calculate(self):
        """Return the values of the price fields."""
        self.ensure_one()
        values = {
            "supplier_price": 0,
            "client_price": 0,
            "commission": 0,
            "margin": 0,
            "price_steps": [],
            "problem": self._get_problem(),
        }
        if values["problem"]:
            return values
        try:
            result = calculate(self._prepare_calculated_stay())
        except PriceError as error:
            return values | {"problem": self._explain(error)}
        return values | {
            "supplier_price": float(result.values["supplier_price_total"]),
            "client_price": float(result.values["client_price"]),
            "commission": float(result.values["commission_amount"]),
            "margin": float(result.values["margin"]),
            "price_steps": self._render_price_steps(result.steps, self.currency_id),
        }

    def _prepare_calculated_stay(self):
        segments = self.rate_id._get_night_segments(
            self.date_from, self.date_to, meal=self.meal
        )
        hotel = self.hotel_id
        return self._prepare_stay(
            self.rate_id,
            segments[self.rate_id.id],
            rooms=self.rooms,
            persons=self.persons,
            # A meal plan that the rate does not have in it is paid on top.
            meal_included=self.rate_id.meal_included and self.meal == self.rate_id.meal,
            early_share=hotel._get_early_share(self.hour_from),
            late_share=hotel._get_late_share(self.hour_to),
            discount_percent=decimal(self.discount_percent),
        )

    def _get_problem(self):
        """Return what keeps the price from being known, or False."""
        if not self.rate_id:
            return self.env._("Choose a room and a rate.")
        if not (self.date_from and self.date_to) or self.date_to <= self.date_from:
            return self.env._("The departure must be later than the arrival.")
        return False

    def _explain(self, error):
        field = self._fields.get(str(error))
        name = field._description_string(self.env) if field else str(error)
        return self.env._("This value makes no sense: %(name)s.", name=name)
