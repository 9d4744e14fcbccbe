from odoo import fields, models

from ..engine import convert, text
from ..engine.kinds import KINDS

ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a mark",
    "utf-16": "UTF-16",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp866": "CP866 (Cyrillic, DOS)",
    "koi8-r": "KOI8-R (Cyrillic)",
    "cp1252": "Windows-1252 (Western)",
}
# How the bytes of a file become rows.
FILE_SETTINGS = ("encoding", "delimiter", "sheet_name", "header_row")
# What a profile passes on to the imports made by it.
SETTINGS = (
    *FILE_SETTINGS,
    *(
        "date_order",
        "decimal_sign",
        "empty_words",
        "on_known",
        "create_missing",
        "country_id",
    ),
    *("default_city", "default_client", "currency_id", "agent_pattern"),
    *("company_pattern", "room_pattern", "child_age", "baby_age", "zero_nights"),
)


class TourImportSettings(models.AbstractModel):
    """How a file is read, and what is assumed where it says nothing."""

    _name = "tour.import.settings"
    _description = "Import Settings"

    kind = fields.Selection(
        selection=[
            ("city", "Cities"),
            ("client", "Clients"),
            ("hotel", "Hotels"),
            ("room", "Rooms and rates"),
            ("booking", "Bookings"),
        ],
        string="What is imported",
        required=True,
        default="booking",
    )
    # How the file is written.
    encoding = fields.Selection(
        selection=[(code, ENCODING_NAMES[code]) for code in text.ENCODINGS],
        help="Empty: it is found out, and the file refused when it is not certain.",
    )
    delimiter = fields.Selection(
        selection=[
            (";", "Semicolon ;"),
            (",", "Comma ,"),
            ("\t", "Tab"),
            ("|", "Bar |"),
        ],
        help="Between the cells of a CSV file. Empty: it is found out.",
    )
    sheet_name = fields.Char(
        string="Sheet", help="Of a workbook. Empty: the first that is not empty."
    )
    header_row = fields.Integer(
        string="Row of headers", help="0: the first row that is not empty."
    )
    date_order = fields.Selection(
        selection=[
            ("dmy", "Day first: 31/12/2026"),
            ("mdy", "Month first: 12/31/2026"),
        ],
        string="Order of dates",
        help="Empty: a date that can be read in two ways is refused.",
    )
    decimal_sign = fields.Selection(
        selection=[(".", "Point: 1,234.56"), (",", "Comma: 1 234,56")],
        help="Empty: a number that can be read in two ways is refused.",
    )
    empty_words = fields.Char(
        default=", ".join(convert.DEFAULT_EMPTY_WORDS),
        help="Words that stand for an empty cell, between commas.",
    )
    # What is done with it.
    on_known = fields.Selection(
        selection=[
            ("keep", "Leave them as they are"),
            ("fill", "Fill their empty fields"),
            ("overwrite", "Overwrite them"),
        ],
        string="Records that are there already",
        required=True,
        default="fill",
        help="Bookings that are there already are always left as they are.",
    )
    create_missing = fields.Boolean(
        string="Make what is missing",
        help="Cities, hotels, rooms and clients that rows refer to are made when they"
        " are not there. Otherwise such rows are refused.",
    )
    country_id = fields.Many2one(
        "res.country",
        help="Of cities, hotels and clients whose row does not tell.",
    )
    default_city = fields.Char(
        string="City of hotels", help="Of hotels whose row does not tell the city."
    )
    default_client = fields.Char(
        string="Client of bookings",
        help="Of bookings whose row names no client, agent or company.",
    )
    currency_id = fields.Many2one(
        "res.currency", help="Of prices whose row does not tell the currency."
    )
    agent_pattern = fields.Char(
        string="Name of agents", help="“Agent %s” makes the number 240 “Agent 240”."
    )
    company_pattern = fields.Char(
        string="Name of companies", help="“Company %s” makes 223 “Company 223”."
    )
    room_pattern = fields.Char(
        string="Name of rooms", help="“Category %s” makes the code A “Category A”."
    )
    child_age = fields.Integer(
        string="Age of children",
        help="Assumed where the file has none. 0: such rows are refused.",
    )
    baby_age = fields.Integer(
        string="Age of babies",
        help="Assumed where the file has none. 0: such rows are refused.",
    )
    zero_nights = fields.Selection(
        selection=[("refuse", "Refuse them"), ("day_use", "Make them day use")],
        string="Stays without a night",
        required=True,
        default="refuse",
        help="Day use is a service of the kind “other”, for one day.",
    )

    def _get_settings(self):
        """Values of the settings, to pass them on to an import or a profile."""
        self.ensure_one()
        values = self._read_format(SETTINGS, load=None)[0]
        values.pop("id")
        return values

    def _get_conventions(self):
        words = {word.strip().lower() for word in (self.empty_words or "").split(",")}
        return convert.Conventions(
            date_order=self.date_order or "",
            decimal_sign=self.decimal_sign or "",
            empty_words=frozenset(words - {""}),
        )

    def _get_constants(self):
        """Text for fields whose cell is empty."""
        country = self.country_id.code or ""
        constants = {
            "city": {"country": country},
            "client": {"country": country},
            "hotel": {
                "country": country,
                "city": self.default_city,
                "currency": self.currency_id.name,
            },
            "room": {"city": self.default_city},
            "booking": {
                "hotel_city": self.default_city,
                "currency": self.currency_id.name,
            },
        }[self.kind]
        return {name: text for name, text in constants.items() if text}

    def _get_options(self):
        """Options of the engine's builders."""
        return {
            "agent_pattern": self.agent_pattern,
            "company_pattern": self.company_pattern,
            "room_pattern": self.room_pattern,
            "default_client": self.default_client,
            "hotel_country": self.country_id.code,
            "child_age": self.child_age or None,
            "baby_age": self.baby_age or None,
            "zero_nights": self.zero_nights,
        }


def iter_targets():
    """Each field that a column can be meant for: kind, field."""
    for kind in KINDS.values():
        for field in kind.fields:
            yield kind, field
