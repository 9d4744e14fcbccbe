"""The reports, each declared once: from its declaration come its screen, its XLSX and
its mail.

Columns are fields of the model that its rows are of: their labels, what they mean
(``help``) and of what they are (their type) are said there. A report without
``group_by`` has a row per record; with it, a row per group. What is added up is decided
by the ``aggregator`` of the field.

Other add-ons add theirs to `REPORTS` and to the selection of ``report`` of
`tour.report.parameters`.
"""

from typing import NamedTuple

MANAGER = "tour_partner.tour_group_manager_own"
HEAD = "tour_partner.tour_group_head"
DIRECTOR = "tour_partner.tour_group_director"
ACCOUNTANT = "tour_partner.tour_group_accountant"
EVERYBODY = (MANAGER, DIRECTOR, ACCOUNTANT)
LEADERS = (HEAD, DIRECTOR, ACCOUNTANT)

SERVICE = "tour.report.service"
#: What was sold and took place, or is charged all the same.
SOLD = ("done", "reposting", "cancelled_penalty")
#: What came to nothing.
LOST = ("cancelled", "cancelled_penalty", "refused")
#: By what days a period is meant, and other parameters, as fields of the rows.
FIELDS = {
    SERVICE: {
        "created": "date_order",
        "arrival": "date_from",
        "departure": "service_day",
        "state": "booking_state",
        "sold": "counts_in_turnover",
        "penalty": "penalty_from",
        "client": "client_id",
        "manager": "user_id",
        "city": "city_id",
        "group": "company_group_id",
        "kind": "client_kind",
    },
    "tour.report.article": {"entry": "date"},
    "sale.order": {
        "created": "date_order",
        "arrival": "service_date_from",
        "departure": "service_date_to",
        "state": "booking_state",
        "sold": "counts_in_turnover",
        "penalty": "penalty_from",
        "client": "partner_id",
        "manager": "user_id",
        "group": "company_group_id",
    },
}
#: Statuses that the archive keeps together, and how one finds them in it: whether
#: they were sold, and whether they have a penalty.
ARCHIVED = {
    "done": (True, False),
    "cancelled_penalty": (True, True),
    "cancelled": (False, False),
    "refused": (False, False),
}


class Report(NamedTuple):
    """One report.

    :param columns: fields, in their order
    :param bases: days that the period may be of; the first is the usual one
    :param period: the usual one, a function of `engine.periods`
    :param states: usual statuses of bookings; empty: all
    :param domain: what it never leaves out, besides what the user asks for
    :param asks: which other parameters it has
    :param group_by: fields, if a row is not a record
    :param single: for one client, this field in place of the last of ``group_by``
    :param order: of the rows
    :param groups: who may run it; which records they see is a matter of record rules
    """

    columns: tuple[str, ...]
    model: str = SERVICE
    bases: tuple[str, ...] = ("departure", "arrival", "created")
    period: str = "previous_month"
    states: tuple[str, ...] = ()
    domain: tuple[tuple, ...] = ()
    asks: frozenset[str] = frozenset()
    group_by: tuple[str, ...] = ()
    single: str = ""
    order: str = "service_day, id"
    groups: tuple[str, ...] = EVERYBODY


_WHO = ("client_id", "company_group_id", "user_id")
_STAY = ("hotel_id", "city_id", "date_from", "date_to", "nights")
_MONEY = ("client_amount", "supplier_amount", "commission_amount", "margin_amount")
_ASKS = frozenset({"states", "clients", "managers"})

REPORTS = {
    "daily": Report(
        columns=(
            "name",
            "date_order",
            "booking_state",
            *_WHO,
            "service_type_id",
            "title",
            "city_id",
            "supplier_id",
            "guest_names",
            "date_from",
            "date_to",
            "nights",
            "rooms",
            "currency_id",
            "client_price_currency",
            "client_price",
            "client_discount",
            "client_amount",
            "supplier_amount",
            "commission_percent",
            "commission_amount",
            "margin_amount",
            "settlement",
            "penalty_from",
        ),
        period="yesterday",
        states=("booked", "done", "cancelled_penalty"),
        domain=(("in_reposting", "=", False),),
        asks=_ASKS | {"split", "finish", "send"},
    ),
    "salary": Report(
        columns=(
            "user_id",
            "service_kind",
            "order_id",
            "services",
            "nights",
            "turnover",
            "supplier_amount",
            "commission_amount",
            "margin_amount",
        ),
        bases=("created", "departure", "arrival"),
        states=SOLD,
        domain=(("counts_in_turnover", "=", True), ("in_reposting", "=", False)),
        asks=frozenset({"clients", "managers"}),
        group_by=("user_id", "service_kind"),
    ),
    "bookings": Report(
        columns=(
            "name",
            "booking_state",
            *_WHO,
            "service_type_id",
            "title",
            "service_day",
            "nights",
            "rooms",
            *_MONEY,
        ),
        bases=("departure",),
        asks=frozenset({"scope", "clients", "managers"}),
    ),
    "city": Report(
        columns=(
            "city_id",
            "hotel_id",
            "order_id",
            "nights",
            "turnover",
            "night_price",
            "supplier_amount",
            "commission_amount",
            "margin_amount",
        ),
        domain=(
            ("service_kind", "=", "accommodation"),
            ("counts_in_hotel_statistics", "=", True),
        ),
        asks=frozenset({"cities", "clients", "managers"}),
        group_by=("city_id", "hotel_id"),
    ),
    "turnover": Report(
        columns=(
            "client_id",
            "hotel_id",
            "order_id",
            "services",
            "nights",
            "turnover",
            "client_discount",
            "supplier_amount",
            "commission_amount",
            "margin_amount",
        ),
        domain=(("counts_in_turnover", "=", True),),
        asks=frozenset({"clients", "managers", "group"}),
        group_by=("client_id",),
        single="hotel_id",
    ),
    "registry": Report(
        columns=(
            "name",
            "client_reference",
            "booking_state",
            "client_id",
            "client_user_id",
            "consignee_id",
            *_STAY,
            "rooms",
            "guest_names",
            "currency_id",
            "client_price_currency",
            "client_price",
        ),
        states=("done", "cancelled_penalty"),
        domain=(("service_kind", "=", "accommodation"),),
        asks=_ASKS,
    ),
    "agents": Report(
        columns=(
            "name",
            "client_id",
            "user_id",
            "supplier_id",
            "title",
            *_STAY,
            "client_price",
            "supplier_amount",
            "commission_percent",
            "commission_amount",
        ),
        bases=("departure",),
        states=("done",),
        domain=(("settlement", "=", "full"), ("commission_amount", "!=", 0)),
        asks=frozenset({"clients", "managers", "send"}),
    ),
    "profit": Report(
        columns=(
            "user_id",
            "partner_id",
            "planned_income",
            "planned_cost",
            "planned_profit",
            "actual_income",
            "actual_cost",
            "actual_profit",
        ),
        model="sale.order",
        bases=("departure",),
        domain=(("is_tour_booking", "=", True),),
        asks=_ASKS,
        group_by=("user_id", "partner_id"),
        groups=LEADERS,
    ),
    # Its columns compare periods: see `tour.report.head`.
    "head": Report(
        columns=("section", "account_id", "result"),
        model="tour.report.article",
        bases=("entry",),
        group_by=("section", "account_id"),
        groups=LEADERS,
    ),
}
