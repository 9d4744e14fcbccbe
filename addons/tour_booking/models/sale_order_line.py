from odoo import api, fields, models

from .sale_order import STAFF
from .tour_service_type import SERVICE_KINDS


class SaleOrderLine(models.Model):
    """A service is an order line with a service type."""

    _inherit = "sale.order.line"

    service_type_id = fields.Many2one(
        comodel_name="tour.service.type",
        ondelete="restrict",
        index="btree_not_null",
    )
    service_kind = fields.Selection(
        selection=SERVICE_KINDS,
        related="service_type_id.kind",
        store=True,
        precompute=True,
    )
    # When and where.
    hotel_id = fields.Many2one(
        comodel_name="tour.hotel", ondelete="restrict", index="btree_not_null"
    )
    city_id = fields.Many2one(
        comodel_name="tour.city",
        related="hotel_id.city_id",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    room_id = fields.Many2one(
        comodel_name="tour.room",
        ondelete="restrict",
        domain="[('hotel_id', '=', hotel_id)]",
        index="btree_not_null",
    )
    rate_id = fields.Many2one(
        comodel_name="tour.rate",
        ondelete="restrict",
        domain="[('room_id', '=', room_id)]",
        index="btree_not_null",
    )
    meal = fields.Selection(
        selection=[
            ("ro", "Room only"),
            ("bb", "Bed and breakfast"),
            ("hb", "Half board"),
            ("fb", "Full board"),
            ("ai", "All inclusive"),
        ]
    )
    rooms = fields.Integer(default=1)
    date_from = fields.Date()
    hour_from = fields.Float(string="Hour of arrival")
    date_to = fields.Date()
    hour_to = fields.Float(string="Hour of departure")
    nights = fields.Integer(compute="_compute_nights", store=True, precompute=True)
    early_arrival = fields.Boolean()
    late_departure = fields.Boolean()
    route = fields.Char()
    car_class = fields.Char()
    transport_number = fields.Char(string="Flight or train")
    service_text = fields.Text()
    guest_ids = fields.One2many(
        comodel_name="tour.guest",
        inverse_name="line_id",
        string="Guests",
        copy=True,
    )
    guest_paste = fields.Text(
        store=False,
        help="Paste rows of last, first and middle name here.",
    )
    # The supplier's side, for staff only.
    supplier_id = fields.Many2one(
        comodel_name="res.partner",
        domain=[("tour_supplier", "=", True)],
        index="btree_not_null",
        groups=STAFF,
    )
    supplier_price_night = fields.Monetary(groups=STAFF)
    supplier_price_total = fields.Monetary(groups=STAFF)
    commission_percent = fields.Float(digits=(16, 4), groups=STAFF)
    commission_amount = fields.Monetary(groups=STAFF)
    settlement = fields.Selection(
        selection=[("full", "We pay in full"), ("less", "We pay less commission")],
        groups=STAFF,
    )
    supplier_due = fields.Monetary(groups=STAFF)
    service_margin = fields.Monetary(groups=STAFF)
    price_steps = fields.Json(groups=STAFF, copy=False)
    overwritten_fields = fields.Json(groups=STAFF)
    # The client's side; his price is `price_unit`.
    client_discount_percent = fields.Float(digits=(16, 4))
    client_discount_amount = fields.Monetary()
    # Confirmation and payment of the supplier.
    confirmed_by = fields.Char(copy=False)
    confirmation_number = fields.Char(copy=False)
    confirmed_on = fields.Date(copy=False)
    payment_order_state = fields.Selection(
        selection=[
            ("none", "None"),
            ("attached", "Attached"),
            ("confirmed", "Confirmed"),
        ],
        default="none",
        copy=False,
        groups=STAFF,
    )

    @api.depends("date_from", "date_to")
    def _compute_nights(self):
        for line in self:
            line.nights = (
                (line.date_to - line.date_from).days
                if line.date_from and line.date_to
                else 0
            )

    def _get_short_name(self):
        """What the list of bookings calls the service: its hotel, route or text."""
        self.ensure_one()
        if self.service_kind == "accommodation":
            name = self.hotel_id.name
        elif self.service_kind == "transfer":
            name = self.route
        else:
            name = (self.service_text or "").partition("\n")[0]
        return name or self.service_type_id.name or ""
