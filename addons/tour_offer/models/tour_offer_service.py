"""A service of a variant: what will be a line of the booking.

Its fields are those of a booking's service under the same names, and what follows from
hotel, room and rate follows by the very methods of the booking's service.
"""

from odoo import api, fields, models

from odoo.addons.tour_booking.models.sale_order_line import SaleOrderLine as Line
from odoo.addons.tour_booking.models.sale_order_line_check import (
    SaleOrderLine as CheckedLine,
)
from odoo.addons.tour_booking.models.sale_order_line_screen import (
    SaleOrderLine as ScreenLine,
)
from odoo.addons.tour_hotel.models.tour_rate import MEALS


class TourOfferService(models.Model):
    _name = "tour.offer.service"
    _description = "Service of an Offer"
    _order = "sequence, id"

    variant_id = fields.Many2one(
        "tour.offer.variant", required=True, index=True, ondelete="cascade"
    )
    offer_id = fields.Many2one(
        related="variant_id.offer_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(related="offer_id.company_id")
    currency_id = fields.Many2one(related="offer_id.currency_id")
    sequence = fields.Integer(default=10)
    service_type_id = fields.Many2one(
        "tour.service.type", string="Type", required=True, ondelete="restrict"
    )
    service_kind = fields.Selection(related="service_type_id.kind", store=True)
    # What, where and when.
    hotel_id = fields.Many2one("tour.hotel", ondelete="restrict", index=True)
    city_id = fields.Many2one(related="hotel_id.city_id")
    room_id = fields.Many2one(
        "tour.room", ondelete="restrict", domain="[('hotel_id', '=', hotel_id)]"
    )
    rate_id = fields.Many2one(
        "tour.rate", ondelete="restrict", domain="[('room_id', '=', room_id)]"
    )
    meal = fields.Selection(MEALS, compute="_compute_meal", store=True, readonly=False)
    rooms = fields.Integer(string="Number of rooms", default=1)
    persons = fields.Integer(default=1, help="How many travel; meals are for each.")
    date_from = fields.Date()
    hour_from = fields.Float(compute="_compute_hours", store=True, readonly=False)
    date_to = fields.Date()
    hour_to = fields.Float(compute="_compute_hours", store=True, readonly=False)
    nights = fields.Integer(compute="_compute_nights", store=True)
    early_arrival = fields.Boolean(
        compute="_compute_early_arrival", store=True, readonly=False
    )
    late_departure = fields.Boolean(
        compute="_compute_late_departure", store=True, readonly=False
    )
    route = fields.Char()
    car_class = fields.Char()
    transport_number = fields.Char(string="Flight or train")
    service_text = fields.Text()
    # The supplier's side.
    supplier_id = fields.Many2one(
        "res.partner",
        domain=[("tour_supplier", "=", True)],
        compute="_compute_supplier_id",
        store=True,
        readonly=False,
    )
    settlement = fields.Selection(
        [("full", "We pay in full"), ("less", "We pay less commission")],
        compute="_compute_settlement",
        store=True,
        readonly=False,
    )
    supplier_price_night = fields.Monetary()
    supplier_price_total = fields.Monetary()
    commission_percent = fields.Float(digits=(16, 4))
    commission_amount = fields.Monetary()
    supplier_due = fields.Monetary()
    service_margin = fields.Monetary(readonly=True)
    # The client's side.
    price_unit = fields.Monetary(string="Price")
    client_discount_percent = fields.Float(string="Discount, %", digits=(16, 4))
    client_discount_amount = fields.Monetary(string="Discount")
    tax_ids = fields.Many2many("account.tax", string="Taxes")
    price_subtotal = fields.Monetary(string="Without taxes", readonly=True)
    price_total = fields.Monetary(string="With taxes", readonly=True)
    # How the price came about.
    price_steps = fields.Json(readonly=True, copy=False)
    overwritten_fields = fields.Json()
    price_calculation = fields.Json(
        string="Calculation", compute="_compute_price_calculation"
    )

    _service_dates = models.Constraint(
        "CHECK(date_to >= date_from)", "The departure is before the arrival."
    )
    _service_numbers = models.Constraint(
        "CHECK(rooms >= 1 AND persons >= 1)",
        "A service is for one room and one person at least.",
    )
    _service_hours = models.Constraint(
        "CHECK(hour_from >= 0 AND hour_from < 24 AND hour_to >= 0 AND hour_to < 24)",
        "Hours are between 0:00 and 23:59.",
    )

    # As in a booking's service.
    _compute_meal = Line._compute_meal
    _compute_hours = Line._compute_hours
    _compute_early_arrival = Line._compute_early_arrival
    _compute_late_departure = Line._compute_late_departure
    _compute_nights = Line._compute_nights
    _compute_supplier_id = Line._compute_supplier_id
    _compute_settlement = Line._compute_settlement
    _compute_price_calculation = ScreenLine._compute_price_calculation
    _onchange_hotel_id = Line._onchange_hotel_id
    _onchange_room_id = Line._onchange_room_id
    _check_hotel = CheckedLine._check_hotel

    @api.model
    def default_get(self, fields):
        """Start with the first type of the kind that was asked for."""
        defaults = super().default_get(fields)
        kind = self.env.context.get("tour_service_kind")
        if kind and "service_type_id" in fields:
            service_type = self.env["tour.service.type"].search(
                [("kind", "=", kind)], limit=1
            )
            defaults["service_type_id"] = service_type.id
        return defaults

    @api.depends("service_type_id", "hotel_id", "route", "service_text")
    def _compute_display_name(self):
        for service in self:
            service.display_name = service._get_short_name()

    def _get_short_name(self):
        """What lists call it: its hotel, route or text."""
        self.ensure_one()
        if self.service_kind == "accommodation":
            name = self.hotel_id.name
        elif self.service_kind == "transfer":
            name = self.route
        else:
            name = (self.service_text or "").partition("\n")[0]
        return name or self.service_type_id.name or ""

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        variants = self.env["tour.offer.variant"].browse(
            {vals.get("variant_id") for vals in vals_list} - {None, False}
        )
        variants.offer_id._check_draft()
        return super().create(self._price_new(vals_list))

    def write(self, vals):
        self.offer_id._check_draft()
        if vals.get("variant_id"):
            variant = self.env["tour.offer.variant"].browse(vals["variant_id"])
            variant.offer_id._check_draft()
        result = super().write(vals)
        self._price_written(vals)
        return result

    def _write_prices(self, vals):
        """Write past our own `write`, which would work out the prices again."""
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        self.offer_id._check_draft()
