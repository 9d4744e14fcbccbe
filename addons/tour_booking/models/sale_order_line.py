from odoo import api, fields, models
from odoo.tools.misc import format_date

from odoo.addons.tour_hotel.models.tour_rate import MEALS

from .sale_order import SEES_BOOKINGS, STAFF


class SaleOrderLine(models.Model):
    """A service is an order line with a service type."""

    _inherit = "sale.order.line"

    service_type_id = fields.Many2one(
        comodel_name="tour.service.type",
        ondelete="restrict",
        index="btree_not_null",
    )
    service_kind = fields.Selection(
        related="service_type_id.kind", store=True, precompute=True
    )
    # When and where.
    # Hotel, city and supplier are indexed in `sale_order_search`.
    hotel_id = fields.Many2one(comodel_name="tour.hotel", ondelete="restrict")
    city_id = fields.Many2one(
        comodel_name="tour.city",
        related="hotel_id.city_id",
        store=True,
        precompute=True,
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
        selection=MEALS,
        compute="_compute_meal",
        store=True,
        readonly=False,
        precompute=True,
    )
    rooms = fields.Integer(default=1)
    date_from = fields.Date()
    hour_from = fields.Float(
        string="Hour of arrival",
        compute="_compute_hours",
        store=True,
        readonly=False,
        precompute=True,
        help="Local time of the hotel.",
    )
    date_to = fields.Date()
    hour_to = fields.Float(
        string="Hour of departure",
        compute="_compute_hours",
        store=True,
        readonly=False,
        precompute=True,
        help="Local time of the hotel.",
    )
    nights = fields.Integer(compute="_compute_nights", store=True, precompute=True)
    early_arrival = fields.Boolean(
        compute="_compute_early_arrival",
        store=True,
        readonly=False,
        precompute=True,
        help="The room is needed before the hotel's check-in hour.",
    )
    late_departure = fields.Boolean(
        compute="_compute_late_departure",
        store=True,
        readonly=False,
        precompute=True,
        help="The room is needed after the hotel's check-out hour.",
    )
    route = fields.Char(index="trigram")
    car_class = fields.Char()
    transport_number = fields.Char(string="Flight or train")
    service_text = fields.Text()
    guest_ids = fields.One2many(
        comodel_name="tour.guest",
        inverse_name="line_id",
        string="Guests",
        # Copied by `copy_data`: else only who sees guests could copy ordinary lines.
        copy=False,
        groups=SEES_BOOKINGS,
    )
    guest_paste = fields.Text(
        store=False,
        help="Paste rows of last, first and middle name here.",
    )
    # The supplier's side, for staff only. Not precomputed: that is done in the name of
    # the user, who may be a salesperson with an ordinary order.
    supplier_id = fields.Many2one(
        comodel_name="res.partner",
        domain=[("tour_supplier", "=", True)],
        compute="_compute_supplier_id",
        store=True,
        readonly=False,
        groups=STAFF,
    )
    supplier_price_night = fields.Monetary(groups=STAFF)
    supplier_price_total = fields.Monetary(groups=STAFF)
    commission_percent = fields.Float(digits=(16, 4), groups=STAFF)
    commission_amount = fields.Monetary(groups=STAFF)
    settlement = fields.Selection(
        selection=[("full", "We pay in full"), ("less", "We pay less commission")],
        compute="_compute_settlement",
        store=True,
        readonly=False,
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
    confirmed_by = fields.Char(copy=False, groups=STAFF)
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

    # === Computes === #

    @api.depends("rate_id")
    def _compute_meal(self):
        for line in self:
            line.meal = line.rate_id.meal or line.meal

    @api.depends("hotel_id")
    def _compute_hours(self):
        for line in self:
            hotel = line.hotel_id
            line.hour_from = hotel.check_in_hour if hotel else line.hour_from
            line.hour_to = hotel.check_out_hour if hotel else line.hour_to

    @api.depends("hotel_id", "hour_from")
    def _compute_early_arrival(self):
        for line in self:
            hotel = line.hotel_id
            line.early_arrival = bool(hotel) and line.hour_from < hotel.check_in_hour

    @api.depends("hotel_id", "hour_to")
    def _compute_late_departure(self):
        for line in self:
            hotel = line.hotel_id
            line.late_departure = bool(hotel) and line.hour_to > hotel.check_out_hour

    @api.depends("date_from", "date_to")
    def _compute_nights(self):
        for line in self:
            line.nights = (
                (line.date_to - line.date_from).days
                if line.date_from and line.date_to
                else 0
            )

    @api.depends("hotel_id")
    def _compute_supplier_id(self):
        for line in self:
            line.supplier_id = line.hotel_id.supplier_id or line.supplier_id

    @api.depends("hotel_id", "service_type_id")
    def _compute_settlement(self):
        for line in self:
            known = line.hotel_id.settlement or line.settlement
            line.settlement = (known or "full") if line.service_type_id else False

    # What `sale` computes of a product is worked out of the service here.

    @api.depends(
        "service_type_id",
        "hotel_id",
        "room_id",
        "meal",
        "rooms",
        "date_from",
        "date_to",
        "route",
        "car_class",
        "transport_number",
        "service_text",
    )
    def _compute_name(self):
        """Describe services by what they are, unless somebody typed another text."""
        services = self.filtered("service_type_id")
        for line in services:
            if "name" not in (line.overwritten_fields or ()) or not line.name:
                line.name = line._get_service_description()
        return super(SaleOrderLine, self - services)._compute_name()

    @api.depends("service_type_id", "date_from")
    def _compute_tax_ids(self):
        """Take the taxes that apply on the day of the service."""
        services = self.filtered("service_type_id")
        for line in services:
            if "tax_ids" not in (line.overwritten_fields or ()):
                line.tax_ids = line._get_service_taxes()
        return super(SaleOrderLine, self - services)._compute_tax_ids()

    def _compute_price_unit(self):
        """Leave services alone: their price is not the product's."""
        return super(
            SaleOrderLine, self.filtered(lambda line: not line.service_type_id)
        )._compute_price_unit()

    def _compute_discount(self):
        """Leave services alone: pricelists know nothing of them."""
        return super(
            SaleOrderLine, self.filtered(lambda line: not line.service_type_id)
        )._compute_discount()

    # === Onchange === #

    @api.onchange("service_type_id")
    def _onchange_service_type_id(self):
        if self.service_type_id:
            self.product_id = self.service_type_id.product_id
            self.product_uom_qty = 1.0

    @api.onchange("hotel_id")
    def _onchange_hotel_id(self):
        if self.room_id.hotel_id != self.hotel_id:
            self.room_id = False
            self.rate_id = False

    @api.onchange("room_id")
    def _onchange_room_id(self):
        if self.rate_id.room_id != self.room_id:
            self.rate_id = False

    @api.onchange("product_id")
    def _onchange_product_id(self):
        """The product of a service has no price of its own."""
        if not self.service_type_id:
            return super()._onchange_product_id()

    # === What a service is called and taxed as === #

    def _get_service_description(self):
        self.ensure_one()
        return self._describe_service(self._prepare_service())

    def _get_service_taxes(self):
        self.ensure_one()
        return self._get_taxes(self._prepare_service())

    @api.model
    def _describe_service(self, service):
        """Text of a service's line on papers, in the client's language.

        :param Service service: what is described
        """
        # A client is never the public user that `_get_lang` asks for as well.
        lang = service.order.partner_id.lang or self.env.lang
        env = self.with_context(lang=lang).env
        parts = [service.service_type.with_env(env).name]
        if service.kind == "accommodation":
            parts += [service.hotel.name, service.room.name]
            if service.rooms > 1:
                parts.append(env._("%(count)s rooms", count=service.rooms))
            if service.meal:
                meals = dict(self._fields["meal"]._description_selection(env))
                parts.append(meals[service.meal])
        elif service.kind == "transfer":
            parts += [service.route, service.car_class, service.transport_number]
        else:
            parts.append(service.service_text)
        if service.date_from:
            parts.append(self._describe_dates(env, service))
        return ", ".join(filter(None, parts))

    @api.model
    def _describe_dates(self, env, service):
        start = format_date(env, service.date_from)
        if not service.date_to or service.date_to == service.date_from:
            return start
        return f"{start} – {format_date(env, service.date_to)}"

    @api.model
    def _get_taxes(self, service):
        """Taxes of a service's product that apply on its first day."""
        # In sudo: taxes are for accountants, but every manager's service has them.
        taxes = service.product.sudo().taxes_id
        taxes = taxes._filter_taxes_by_company(service.company)
        taxes = taxes._filter_by_service_date(service.date_from).with_env(self.env)
        return service.order.fiscal_position_id.map_tax(taxes)
