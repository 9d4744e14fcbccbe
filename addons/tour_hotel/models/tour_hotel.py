from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..amounts import ZERO, decimal, early_share, late_share
from ..hotel_rules import search_text, split_list, wrong_mails
from ..search_field import SearchText, words_index

MAP_URL = (
    "https://www.openstreetmap.org/?mlat=%(lat)s&mlon=%(lon)s#map=17/%(lat)s/%(lon)s"
)


class TourHotel(models.Model):
    """A hotel, with all that booking it and paying it takes."""

    _name = "tour.hotel"
    _description = "Hotel"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "name, id"

    # What it is called and where it is
    name = fields.Char(required=True, tracking=True)
    synonyms = fields.Char(
        tracking=True, help="Other names that the hotel is searched by, with commas."
    )
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Leave it empty for a hotel that all companies share.",
    )
    city_id = fields.Many2one(
        "tour.city", required=True, index=True, tracking=True, ondelete="restrict"
    )
    # Stored: a list or a search of hotels then needs no second query for the city.
    city_name = fields.Char(related="city_id.name", string="Name of city", store=True)
    country_id = fields.Many2one(related="city_id.country_id")
    street = fields.Char(tracking=True, index="trigram")
    zip = fields.Char()
    latitude = fields.Float(digits=(10, 7))
    longitude = fields.Float(digits=(10, 7))
    stars = fields.Selection(
        [
            ("0", "No stars"),
            ("1", "1 star"),
            ("2", "2 stars"),
            ("3", "3 stars"),
            ("4", "4 stars"),
            ("5", "5 stars"),
        ],
        default="0",
        tracking=True,
    )
    search_text = SearchText(
        compute="_compute_search_text", store=True, precompute=True
    )

    # How to reach it
    phone = fields.Char(tracking=True, help="Several are separated by commas.")
    email = fields.Char(tracking=True, help="Several are separated by commas.")
    website = fields.Char(tracking=True)

    # Its house rules
    check_in_hour = fields.Float("Check-in hour", default=14.0, tracking=True)
    check_out_hour = fields.Float("Check-out hour", default=12.0, tracking=True)
    early_arrival_percent = fields.Float(
        string="Early arrival, % of a night",
        default=50.0,
        tracking=True,
        help="What an arrival before the check-in hour costs: this part of the first"
        " night's price, for each room.",
    )
    early_arrival_full_before = fields.Float(
        string="Whole night before",
        default=6.0,
        help="An arrival before this hour costs a whole night. 0: never.",
    )
    late_departure_percent = fields.Float(
        string="Late departure, % of a night",
        default=50.0,
        tracking=True,
        help="What a departure after the check-out hour costs: this part of the last"
        " night's price, for each room.",
    )
    late_departure_full_after = fields.Float(
        string="Whole night after",
        default=18.0,
        help="A departure after this hour costs a whole night. 24: never.",
    )
    description = fields.Html(help="Shown to clients.")
    note = fields.Text(string="Notes", help="Staff only.", tracking=True)

    # How we settle with it
    supplier_id = fields.Many2one(
        "res.partner",
        string="Legal entity",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        help="The supplier we book and pay.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        tracking=True,
    )
    commission_percent = fields.Float(
        string="Commission, %", digits=(5, 2), tracking=True
    )
    no_commission_on_meals = fields.Boolean(
        string="No commission on meals",
        tracking=True,
        help="The hotel gives commission on the price without meals. Fill in its meal"
        " prices: they are taken out before the commission is reckoned.",
    )
    settlement = fields.Selection(
        [
            ("full", "We pay in full"),
            ("less", "We pay less commission"),
        ],
        required=True,
        default="full",
        tracking=True,
        help="In full: the hotel returns the commission later. Less commission: we"
        " keep it and pay the rest.",
    )
    travelline_enabled = fields.Boolean(string="TravelLine is on", tracking=True)

    # What belongs to it
    room_ids = fields.One2many("tour.room", "hotel_id", string="Rooms")
    rate_ids = fields.One2many("tour.rate", "hotel_id", string="Rates")
    season_ids = fields.One2many("tour.season", "hotel_id", string="Seasons")
    meal_price_ids = fields.One2many(
        "tour.meal.price", "hotel_id", string="Meal prices"
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False)
    room_count = fields.Integer(string="Number of rooms", compute="_compute_room_count")
    price_updated_on = fields.Date(
        string="Prices updated on", compute="_compute_price_updated_on"
    )

    # Serves the order of lists; with the name alone each page would sort them all.
    _name_id_idx = models.Index("(name, id)")
    _words_idx = models.Index(words_index)
    _hours = models.Constraint(
        "CHECK (check_in_hour >= 0 AND check_in_hour < 24"
        " AND check_out_hour >= 0 AND check_out_hour < 24"
        " AND early_arrival_full_before BETWEEN 0 AND 24"
        " AND late_departure_full_after BETWEEN 0 AND 24)",
        "Hours are between 0:00 and 24:00.",
    )
    _percents = models.Constraint(
        "CHECK (commission_percent BETWEEN 0 AND 100"
        " AND early_arrival_percent BETWEEN 0 AND 100"
        " AND late_departure_percent BETWEEN 0 AND 100)",
        "Percents are between 0 and 100.",
    )
    _map_point = models.Constraint(
        "CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)",
        "A latitude is between -90 and 90, a longitude between -180 and 180.",
    )

    @api.depends("name", "synonyms", "city_id.name")
    def _compute_search_text(self):
        for hotel in self:
            hotel.search_text = search_text(
                hotel.name, hotel.synonyms, hotel.city_id.name
            )

    @api.depends("room_ids")
    def _compute_room_count(self):
        counts = dict(
            self.env["tour.room"]._read_group(
                [("hotel_id", "in", self.ids)], ["hotel_id"], ["__count"]
            )
        )
        for hotel in self:
            hotel.room_count = counts.get(hotel, 0)

    @api.depends("rate_ids.price_updated_on")
    def _compute_price_updated_on(self):
        dates = dict(
            self.env["tour.rate"]._read_group(
                [("hotel_id", "in", self.ids)], ["hotel_id"], ["price_updated_on:max"]
            )
        )
        for hotel in self:
            hotel.price_updated_on = dates.get(hotel, False)

    @api.depends("name", "city_name")
    @api.depends_context("formatted_display_name")
    def _compute_display_name(self):
        formatted = self.env.context.get("formatted_display_name")
        for hotel in self:
            name, city = hotel.name, hotel.city_name
            if name and city:
                name = f"{name}\t--{city}--" if formatted else f"{name}, {city}"
            hotel.display_name = name

    @api.model
    def _search_display_name(self, operator, value):
        """Find hotels by words of their name, synonyms and city, in any order."""
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        if operator in ("ilike", "like") and isinstance(value, str):
            return Domain("search_text", "ilike", value)
        return super()._search_display_name(operator, value)

    @api.constrains("email")
    def _check_email(self):
        for hotel in self:
            if wrong := wrong_mails(hotel.email):
                raise ValidationError(
                    self.env._(
                        "%(hotel)s: %(mails)s is no mail address. Write several"
                        " addresses with commas between them.",
                        hotel=hotel.name,
                        mails=", ".join(wrong),
                    )
                )

    @api.onchange("phone", "city_id")
    def _onchange_phone(self):
        self.phone = self._format_phones(self.phone, self.country_id)

    @api.model_create_multi
    def create(self, vals_list):
        cities = self.env["tour.city"].browse(
            {vals["city_id"] for vals in vals_list if vals.get("city_id")}
        )
        countries = {city.id: city.country_id for city in cities}
        hotels = super().create(
            [
                self._tidy_vals(vals, countries.get(vals.get("city_id")))
                for vals in vals_list
            ]
        )
        hotels._link_attachments()
        return hotels

    def write(self, vals):
        # Hotels written together may lie in several countries: then phones that
        # have no country code stay as they were typed.
        countries = self.env["res.country"]
        if vals.get("phone"):
            cities = self.city_id
            if vals.get("city_id"):
                cities = cities.browse(vals["city_id"])
            countries = cities.country_id
        country = countries if len(countries) == 1 else None
        result = super().write(self._tidy_vals(vals, country))
        if "attachment_ids" in vals:
            self._link_attachments()
        return result

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        for hotel, vals in zip(self, vals_list, strict=True):
            if "name" not in (default or {}):
                vals["name"] = self.env._("%(name)s (copy)", name=hotel.name)
        return vals_list

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_rooms(self):
        rooms = self.env["tour.room"].with_context(active_test=False)
        if room := rooms.search([("hotel_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "%(hotel)s has rooms. Delete or move its rooms first, or archive"
                    " the hotel.",
                    hotel=room.hotel_id.name,
                )
            )

    def action_open_map(self):
        self.ensure_one()
        if not (self.latitude or self.longitude):
            raise UserError(
                self.env._("%(hotel)s has no map point yet.", hotel=self.name)
            )
        return {
            "type": "ir.actions.act_url",
            "url": MAP_URL % {"lat": self.latitude, "lon": self.longitude},
            "target": "new",
        }

    def action_view_rates(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_hotel.tour_rate_action"
        )
        action["domain"] = [("hotel_id", "=", self.id)]
        action["context"] = {
            "default_hotel_id": self.id,
            "search_default_group_room": 1,
        }
        return action

    def action_view_rooms(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_hotel.tour_room_action"
        )
        action["domain"] = [("hotel_id", "=", self.id)]
        action["context"] = {"default_hotel_id": self.id}
        return action

    def action_calculate_price(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Price calculator"),
            "res_model": "tour.price.calculator",
            "view_mode": "form",
            "target": "new",
            "context": {"default_hotel_id": self.id},
        }

    # What bookings ask

    def _get_early_share(self, hour):
        """Return which part of a night an arrival at the hour costs on top."""
        self.ensure_one()
        return early_share(
            hour,
            self.check_in_hour,
            self.early_arrival_percent,
            self.early_arrival_full_before,
        )

    def _get_late_share(self, hour):
        """Return which part of a night a departure at the hour costs on top."""
        self.ensure_one()
        return late_share(
            hour,
            self.check_out_hour,
            self.late_departure_percent,
            self.late_departure_full_after,
        )

    def _get_meal_price(self, meal, date):
        """Return what a meal plan costs a person and night, one query for all.

        :return: {hotel id: Decimal}; 0 where the hotel has no such price
        """
        prices = self.env["tour.meal.price"]._get_prices(self, date, date)
        return {
            hotel.id: next(
                (
                    decimal(price.price)
                    for price in prices.get((hotel.id, meal), ())
                    if price._is_valid_on(date)
                ),
                ZERO,
            )
            for hotel in self
        }

    # Helpers of create and write

    @api.model
    def _tidy_vals(self, vals, country=None):
        """Return the values with phones in one format and a complete web address."""
        vals = dict(vals)
        if vals.get("phone"):
            vals["phone"] = self._format_phones(vals["phone"], country)
        if vals.get("email"):
            vals["email"] = ", ".join(split_list(vals["email"]))
        if vals.get("website"):
            vals["website"] = self.env["res.partner"]._clean_website(vals["website"])
        return vals

    @api.model
    def _format_phones(self, phones, country):
        """Return each phone in international format, or as typed if it is none."""
        country = country or self.env.company.country_id
        return ", ".join(
            self._phone_format(
                number=phone, country=country, force_format="INTERNATIONAL"
            )
            or phone
            for phone in split_list(phones)
        )

    def _link_attachments(self):
        """Let new files follow the hotel's rights.

        A file uploaded in the form belongs to no record yet; without this only the
        person who uploaded it could open it.
        """
        for hotel in self:
            hotel.attachment_ids.filtered(
                lambda file: file.res_model == self._name and not file.res_id
            ).write({"res_id": hotel.id})
