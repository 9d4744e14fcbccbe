"""Services as reports count them: a row for each, with its money in one currency.

The rules, once for all reports (BKG-12, RPT-1):

- What was cancelled or refused brings nothing, and has no nights.
- Cancelled with penalty: the penalty stands for all services of the booking, on its
  first stay (its first service, if it has none). The hotel's is passed on to the
  hotel; ours is income only, and not in statistics of hotels.
- Before arrival there are no nights and no commission. A stay that was shortened has
  the nights stayed, and as much of the commission as of its nights.
- Companies marked so are counted less their discount, the others in full.
- Amounts are in the company's currency, at the rate of the booking: that of the day it
  was ordered on. The price is there in its own currency, too.
"""

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.tour_booking.models.tour_service_type import SERVICE_KINDS

CLIENT_KINDS = [
    ("agent", "Agents"),
    ("corporate", "Corporate clients"),
    ("other", "Other clients"),
]


# A service of a booking that was cancelled with penalty stands for all of it, or for
# nothing: whether it is the first.
MAIN = """(
    line.id = (SELECT main.id FROM sale_order_line AS main
                WHERE main.order_id = line.order_id AND main.service_type_id IS NOT NULL
                ORDER BY main.service_kind <> 'accommodation', main.sequence, main.id
                LIMIT 1))"""
PENALTY = "booking.has_penalty IS TRUE"
NOTHING = "booking.state = 'cancel'"
SHORTENED = (
    "booking.penalty_from = 'hotel' AND booking.penalty_when = 'during' "
    "AND line.nights > 0"
)
# There is always a company, a payer and a client. Joined so, PostgreSQL leaves them out
# where nothing is asked of them, as when it counts.
FROM = """
    sale_order_line AS line
    JOIN sale_order AS booking ON booking.id = line.order_id
     AND booking.is_tour_booking IS TRUE AND line.service_type_id IS NOT NULL
    LEFT JOIN res_company AS company ON company.id = booking.company_id
    LEFT JOIN res_currency AS money ON money.id = company.currency_id
    LEFT JOIN res_partner AS payer ON payer.id = booking.partner_id
    LEFT JOIN res_partner AS client
      ON client.id = COALESCE(payer.commercial_partner_id, payer.id)
    LEFT JOIN tour_hotel AS hotel ON hotel.id = line.hotel_id
    LEFT JOIN tour_rate AS rate ON rate.id = line.rate_id
"""
#: Each column, and where it comes from.
COLUMNS = {
    "id": "line.id",
    "order_id": "booking.id",
    "name": "booking.name",
    "client_reference": "booking.client_order_ref",
    "date_order": "booking.date_order",
    "booking_state": "booking.booking_state",
    "in_reposting": "COALESCE(booking.is_reposting, FALSE) "
    "OR booking.booking_state = 'reposting'",
    "penalty_from": f"CASE WHEN {PENALTY} THEN booking.penalty_from END",
    "counts_in_turnover": "COALESCE(booking.counts_in_turnover, FALSE)",
    "counts_in_hotel_statistics": "COALESCE(booking.counts_in_hotel_statistics, FALSE)",
    "user_id": "booking.user_id",
    "company_id": "booking.company_id",
    "client_id": "client.id",
    "client_kind": "CASE WHEN client.tour_client_agent THEN 'agent' "
    "WHEN client.tour_client_corporate THEN 'corporate' ELSE 'other' END",
    "company_group_id": "client.company_group_id",
    "less_discount": "COALESCE(client.tour_less_discount, FALSE)",
    "client_user_id": "booking.client_user_id",
    "consignee_id": "booking.consignee_id",
    "service_type_id": "line.service_type_id",
    "service_kind": "line.service_kind",
    "title": "CASE line.service_kind WHEN 'accommodation' THEN hotel.name "
    "WHEN 'transfer' THEN line.route ELSE COALESCE(line.service_text, line.name) END",
    "hotel_id": "line.hotel_id",
    "city_id": "line.city_id",
    "supplier_id": "line.supplier_id",
    "guest_names": "(SELECT STRING_AGG(CONCAT_WS(' ', guest.last_name, "
    "guest.first_name, guest.middle_name), ', ' ORDER BY guest.id) "
    "FROM tour_guest AS guest WHERE guest.line_id = line.id)",
    "date_from": "line.date_from",
    "date_to": "line.date_to",
    "service_day": "COALESCE(line.date_to, line.date_from)",
    "services": "1",
    "rooms": "CASE WHEN line.service_kind = 'accommodation' THEN line.rooms END",
    "nights": f"""
        CASE WHEN booking.counts_in_turnover IS NOT TRUE THEN 0
             WHEN {PENALTY} THEN
                  CASE WHEN booking.penalty_when = 'during' AND {MAIN}
                       THEN booking.nights_stayed ELSE 0 END
             WHEN line.service_kind = 'accommodation' THEN line.nights * line.rooms
             ELSE 0 END""",
    "currency_id": "booking.currency_id",
    "company_currency_id": "company.currency_id",
    "client_price_currency": f"""
        CASE WHEN {NOTHING} THEN 0
             WHEN {PENALTY} THEN
                  CASE WHEN {MAIN} THEN booking.penalty_amount ELSE 0 END
             ELSE line.price_unit * line.product_uom_qty END""",
    "commission_percent": "line.commission_percent",
    "settlement": "line.settlement",
    "doubtful_commission": """
        hotel.commission_percent > 0 AND COALESCE(rate.kind, '') <> 'net'
        AND (ABS(COALESCE(line.commission_percent, 0) - hotel.commission_percent)
             > 0.00005
             OR line.settlement = 'full'
             AND COALESCE(line.commission_amount, 0) = 0)""",
}


def _convert(source):
    """An amount of the booking in the company's currency."""
    return (
        f"ROUND(COALESCE(({source})::numeric, 0) / COALESCE(NULLIF("
        "booking.currency_rate, 0), 1)::numeric, COALESCE(money.decimal_places, 2))"
    )


#: Amounts in the company's currency.
MONEY = {
    "client_price": _convert(COLUMNS["client_price_currency"]),
    "client_discount": _convert(
        f"CASE WHEN {NOTHING} OR {PENALTY} THEN 0 ELSE line.client_discount_amount END"
    ),
    "supplier_amount": _convert(f"""
        CASE WHEN {NOTHING} THEN 0
             WHEN {PENALTY} THEN
                  CASE WHEN booking.penalty_from = 'hotel' AND {MAIN}
                       THEN booking.penalty_amount ELSE 0 END
             ELSE line.supplier_price_total END"""),
    "commission_amount": _convert(f"""
        CASE WHEN {NOTHING} THEN 0
             WHEN {PENALTY} THEN
                  CASE WHEN {SHORTENED} AND {MAIN}
                       THEN line.commission_amount * LEAST(1,
                            booking.nights_stayed::numeric
                            / NULLIF(line.nights * line.rooms, 0))
                       ELSE 0 END
             ELSE line.commission_amount END"""),
}

FACTS = "SELECT {} FROM {}".format(
    ", ".join(f"{source} AS {name}" for name, source in {**COLUMNS, **MONEY}.items()),
    FROM,
)


def _money(label, meaning, **options):
    return fields.Monetary(
        string=label,
        currency_field="company_currency_id",
        readonly=True,
        help=meaning,
        **options,
    )


class TourReportService(models.Model):
    _name = "tour.report.service"
    _description = "Services in Reports"
    _auto = False
    _order = "service_day desc, order_id desc, id"
    _rec_name = "name"
    _depends = {
        "res.partner": [
            "commercial_partner_id",
            "company_group_id",
            "tour_client_agent",
            "tour_client_corporate",
            "tour_less_discount",
        ],
        "sale.order": [
            "booking_state",
            "client_order_ref",
            "client_user_id",
            "company_id",
            "consignee_id",
            "counts_in_hotel_statistics",
            "counts_in_turnover",
            "currency_id",
            "currency_rate",
            "date_order",
            "has_penalty",
            "is_reposting",
            "is_tour_booking",
            "name",
            "nights_stayed",
            "partner_id",
            "penalty_amount",
            "penalty_from",
            "penalty_when",
            "state",
            "user_id",
        ],
        "sale.order.line": [
            "city_id",
            "client_discount_amount",
            "commission_amount",
            "commission_percent",
            "date_from",
            "date_to",
            "hotel_id",
            "name",
            "nights",
            "order_id",
            "price_unit",
            "product_uom_qty",
            "rate_id",
            "rooms",
            "route",
            "sequence",
            "service_kind",
            "service_text",
            "service_type_id",
            "settlement",
            "supplier_id",
            "supplier_price_total",
        ],
        "tour.guest": ["first_name", "last_name", "line_id", "middle_name"],
        "tour.hotel": ["commission_percent", "name"],
        "tour.rate": ["kind"],
    }

    # The booking.
    order_id = fields.Many2one(
        "sale.order",
        string="Bookings",
        readonly=True,
        aggregator="count_distinct",
        help="How many bookings they are.",
    )
    name = fields.Char(string="Number", readonly=True, help="Number of the booking.")
    client_reference = fields.Char(
        string="Client's number", readonly=True, help="The client's own number of it."
    )
    date_order = fields.Datetime(
        string="Ordered on", readonly=True, help="When the booking was made."
    )
    booking_state = fields.Selection(
        selection="_selection_booking_state",
        string="Status",
        readonly=True,
        help="Status of the booking, as staff see it.",
    )
    in_reposting = fields.Boolean(
        string="In reposting",
        readonly=True,
        help="The booking was changed after it was done.",
    )
    penalty_from = fields.Selection(
        [("hotel", "Hotel"), ("us", "Us")],
        string="Penalty from",
        readonly=True,
        help="Who asks a penalty, where the booking was cancelled with one.",
    )
    counts_in_turnover = fields.Boolean(
        string="In turnover",
        readonly=True,
        help="The booking is sold, or charged all the same.",
    )
    counts_in_hotel_statistics = fields.Boolean(
        string="In statistics of hotels",
        readonly=True,
        help="It is in statistics of hotels: sold, and no penalty of ours.",
    )
    user_id = fields.Many2one(
        "res.users", string="Manager", readonly=True, help="Who is responsible."
    )
    company_id = fields.Many2one("res.company", readonly=True, help="Who sold it.")
    # The client.
    client_id = fields.Many2one(
        "res.partner", string="Client", readonly=True, help="The client's company."
    )
    client_kind = fields.Selection(
        CLIENT_KINDS,
        string="Kind of client",
        readonly=True,
        help="By the marks of the company; who is both is an agent.",
    )
    company_group_id = fields.Many2one(
        "tour.company.group",
        string="Group of companies",
        readonly=True,
        help="Group of the client's company.",
    )
    client_user_id = fields.Many2one(
        "res.users",
        string="Ordered by",
        readonly=True,
        help="The client's user who ordered.",
    )
    consignee_id = fields.Many2one(
        "res.partner", string="Consignee", readonly=True, help="Who pays for it."
    )
    # The service.
    service_type_id = fields.Many2one(
        "tour.service.type", string="Service", readonly=True, help="Type of service."
    )
    service_kind = fields.Selection(
        SERVICE_KINDS, string="Kind of service", readonly=True, help="What it is."
    )
    title = fields.Char(
        string="What",
        readonly=True,
        help="The hotel, the route, or the text of another service.",
    )
    hotel_id = fields.Many2one(
        "tour.hotel", string="Hotel", readonly=True, help="Of an accommodation."
    )
    city_id = fields.Many2one(
        "tour.city", string="City", readonly=True, help="City of the hotel."
    )
    supplier_id = fields.Many2one(
        "res.partner", string="Supplier", readonly=True, help="Who supplies it."
    )
    guest_names = fields.Char(
        string="Guests", readonly=True, help="Names of the guests of the service."
    )
    date_from = fields.Date(
        string="Arrival", readonly=True, help="Day of arrival, pick-up or service."
    )
    date_to = fields.Date(
        string="Departure", readonly=True, help="Day of departure, if there is one."
    )
    service_day = fields.Date(
        string="Day of the service",
        readonly=True,
        help="Day of departure of a stay; of pick-up or service for the others.",
    )
    services = fields.Integer(readonly=True, help="How many services they are.")
    rooms = fields.Integer(readonly=True, help="Rooms of the stay.")
    nights = fields.Integer(
        readonly=True,
        help="Nights times rooms that were stayed. With a penalty: the nights until "
        "the stay was shortened; else none.",
    )
    # Money.
    currency_id = fields.Many2one(
        "res.currency", readonly=True, help="Currency of the booking."
    )
    company_currency_id = fields.Many2one(
        "res.currency", string="Company's currency", readonly=True
    )
    client_price_currency = fields.Monetary(
        string="Price in its currency",
        currency_field="currency_id",
        readonly=True,
        aggregator=None,
        help="The client's price before his discount, in the booking's currency; the "
        "penalty instead, if there is one.",
    )
    client_price = _money(
        "Client's price",
        "The client's price before his discount, or the penalty instead.",
    )
    client_discount = _money(
        "Client's discount", "What the client, an agent as a rule, keeps of the price."
    )
    client_amount = _money(
        "Client's sum",
        "The price; less the discount for companies that are marked so.",
    )
    turnover = _money("Turnover", "The client's sum of what counts in turnover.")
    supplier_amount = _money(
        "Supplier's price", "What the supplier asks, before our commission."
    )
    commission_percent = fields.Float(
        string="Commission (%)",
        readonly=True,
        aggregator=None,
        help="Our commission as agreed, of the part it is given of.",
    )
    commission_amount = _money("Commission", "Our commission from the supplier.")
    margin_amount = _money(
        "Margin",
        "The price less the client's discount, less the supplier's price, plus our "
        "commission.",
    )
    settlement = fields.Selection(
        [("full", "We pay in full"), ("less", "We pay less commission")],
        string="How we pay",
        readonly=True,
        help="Whether we pay the supplier in full, who then owes us the commission.",
    )
    doubtful_commission = fields.Boolean(
        string="Doubtful commission",
        readonly=True,
        help="The hotel gives commission, and none or another one is entered.",
    )
    night_turnover = _money(
        "Turnover with nights", "Turnover of the services that have nights."
    )
    night_price = _money(
        "Price of a night",
        "Turnover of the nights, by their number.",
        aggregator="avg",
    )

    def _selection_booking_state(self):
        return self.env["tour.booking.status"]._get_selection()

    def action_open_booking(self):
        """Open the booking that the service is of."""
        self.ensure_one()
        return self.order_id.get_formview_action()

    def _read_group_select(self, aggregate_spec, query):
        """A night's price of a group is that of all its nights, not of its rows."""
        if aggregate_spec != "night_price:avg":
            return super()._read_group_select(aggregate_spec, query)
        amount, nights = (
            self._field_to_sql(self._table, name, query)
            for name in ("night_turnover", "nights")
        )
        return SQL("SUM(%s) / NULLIF(SUM(%s), 0)", amount, nights)

    # === Where the rows come from === #

    @property
    def _table_query(self):
        """Amounts that others are made of inside, what is made of them outside."""
        return SQL(
            """
            SELECT sums.*,
                   CASE WHEN nights > 0 THEN turnover ELSE 0 END AS night_turnover,
                   CASE WHEN nights > 0 THEN turnover / nights END AS night_price
              FROM (
                SELECT facts.*,
                       %(counted)s AS client_amount,
                       CASE WHEN counts_in_turnover THEN %(counted)s ELSE 0 END
                       AS turnover,
                       client_price - client_discount - supplier_amount
                       + commission_amount AS margin_amount
                  FROM (%(facts)s) AS facts
              ) AS sums
            """,
            counted=SQL(
                "client_price - CASE WHEN less_discount THEN client_discount ELSE 0 END"
            ),
            facts=self._select_facts(),
        )

    def _select_facts(self):
        return SQL(FACTS)
