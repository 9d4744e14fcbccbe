from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..city_rules import (
    RUSSIAN_NAMED,
    RUSSIAN_ZONES,
    is_valid_name,
    parse_zone,
    tidy_name,
)

_ZONES = [
    (zone, f"{zone.split('/')[1]} (UTC+{hours})")
    for hours, zone in RUSSIAN_ZONES.items()
]


class TourCity(models.Model):
    """A city or another settlement where hotels are."""

    _name = "tour.city"
    _description = "City"
    _order = "name, id"

    name = fields.Char(required=True, index="trigram")
    active = fields.Boolean(default=True)
    country_id = fields.Many2one(
        "res.country",
        required=True,
        index=True,
        default=lambda self: self.env.company.country_id,
    )
    country_code = fields.Char(related="country_id.code", string="Country code")
    state_id = fields.Many2one(
        "res.country.state",
        string="State",
        index="btree_not_null",
        domain="[('country_id', '=', country_id)]",
    )
    region = fields.Char(help="The region as registers write it.")
    tz = fields.Selection(
        _ZONES,
        string="Time zone",
        help="Russian cities only: hours of arrival and departure are in this zone.",
    )
    latitude = fields.Float(digits=(10, 7))
    longitude = fields.Float(digits=(10, 7))
    fias_id = fields.Char(
        string="FIAS code",
        copy=False,
        help="The city's code in the Russian register of addresses.",
    )
    hotel_ids = fields.One2many("tour.hotel", "city_id", string="Hotels")
    hotel_count = fields.Integer(
        string="Number of hotels", compute="_compute_hotel_count"
    )

    _fias_id_uniq = models.UniqueIndex(
        "(fias_id) WHERE fias_id IS NOT NULL",
        "A city with this FIAS code exists already.",
    )
    _latitude_range = models.Constraint(
        "CHECK (latitude BETWEEN -90 AND 90)", "A latitude is between -90 and 90."
    )
    _longitude_range = models.Constraint(
        "CHECK (longitude BETWEEN -180 AND 180)",
        "A longitude is between -180 and 180.",
    )

    @api.depends("hotel_ids")
    def _compute_hotel_count(self):
        counts = dict(
            self.env["tour.hotel"]._read_group(
                [("city_id", "in", self.ids)], ["city_id"], ["__count"]
            )
        )
        for city in self:
            city.hotel_count = counts.get(city, 0)

    @api.depends("name", "region")
    @api.depends_context("formatted_display_name")
    def _compute_display_name(self):
        """Tell twins apart: many names stand in several regions."""
        formatted = self.env.context.get("formatted_display_name")
        for city in self:
            name = city.name
            if city.region and city.region != city.name:
                twin = f"\t--{city.region}--" if formatted else f", {city.region}"
                name = f"{name}{twin}"
            city.display_name = name

    @api.constrains("name", "country_id")
    def _check_name(self):
        wrong = self.filtered(
            lambda city: not is_valid_name(city.country_id.code, city.name)
        )
        if wrong:
            raise ValidationError(
                self.env._(
                    "Cities of Russia and Kazakhstan are named in Russian letters;"
                    " besides them only spaces, dashes, commas and brackets may be"
                    " used. Not so: %(names)s.",
                    names=", ".join(wrong.mapped("name")),
                )
            )

    @api.constrains("tz", "country_id")
    def _check_tz(self):
        wrong = self.filtered(lambda city: city.tz and city.country_id.code != "RU")
        if wrong:
            raise ValidationError(
                self.env._(
                    "Only Russian cities have a time zone. Remove it from: %(names)s.",
                    names=", ".join(wrong.mapped("name")),
                )
            )

    @api.constrains("state_id", "country_id")
    def _check_state(self):
        for city in self:
            if city.state_id and city.state_id.country_id != city.country_id:
                raise ValidationError(
                    self.env._(
                        "%(state)s, the state of %(city)s, is in another country.",
                        state=city.state_id.name,
                        city=city.name,
                    )
                )

    @api.onchange("country_id")
    def _onchange_country_id(self):
        if self.country_id.code != "RU":
            self.tz = False
        if self.state_id.country_id != self.country_id:
            self.state_id = False

    @api.onchange("name", "country_id")
    def _onchange_name(self):
        self.name = tidy_name(self.name)
        code = self.country_id.code
        if self.name and code in RUSSIAN_NAMED and not is_valid_name(code, self.name):
            return {
                "warning": {
                    "title": self.env._("Name of the city"),
                    "message": self.env._(
                        "Write the name in Russian letters; besides them only spaces,"
                        " dashes, commas and brackets may be used."
                    ),
                }
            }

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._tidy_vals(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._tidy_vals(vals))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = self.env["tour.hotel"].with_context(active_test=False)
        if hotel := used.search([("city_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "%(city)s has hotels (%(hotel)s and perhaps others). Archive the"
                    " city instead of deleting it.",
                    city=hotel.city_id.name,
                    hotel=hotel.name,
                )
            )

    def action_view_hotels(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_hotel.tour_hotel_action"
        )
        action["domain"] = [("city_id", "=", self.id)]
        action["context"] = {"default_city_id": self.id}
        return action

    @api.model
    def _tidy_vals(self, vals):
        """Return the values with a tidy name, a known zone, no empty code."""
        vals = dict(vals)
        if "name" in vals:
            vals["name"] = tidy_name(vals["name"])
        if "tz" in vals:
            vals["tz"] = parse_zone(vals["tz"])
        if "fias_id" in vals:
            vals["fias_id"] = vals["fias_id"] or False
        return vals
