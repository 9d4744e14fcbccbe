"""The metrics, each declared once: from its declaration come its chart and its XLSX.

Figures are sums of fields, by a field or by the days of another, so that they and the
records behind each of them come from one domain. Other add-ons add theirs to
`METRICS`, and their wording to `tour.report.metric`, `_get_wordings`.
"""

from typing import NamedTuple

from .reports import EVERYBODY, LEADERS, SERVICE

BOOKING = "sale.order"
HOTEL = "tour.hotel"
CUSTOM = "custom"
#: Periods to choose from.
PRESETS = (
    "today",
    "yesterday",
    "this_week",
    "this_month",
    "last_month",
    "this_quarter",
    "this_year",
    "last_year",
    CUSTOM,
)


class Metric(NamedTuple):
    """One chart.

    :param day: the field that the period is of
    :param domain: which records, besides what is chosen; services are always those
        of the daily report
    :param group_by: who or what a bar is of; empty: the days themselves
    :param measures: fields that are added up; ``__count`` is how many records
    :param look: "bar" or "line"
    :param interval: always this one, and of the whole year that the period ends in
    :param action: what opens the records behind a figure
    :param groups: who may see it; which records are in it is up to record rules
    """

    model: str
    day: str
    action: str
    domain: tuple[tuple, ...] = ()
    group_by: str = ""
    measures: tuple[str, ...] = ("__count",)
    look: str = "bar"
    interval: str = ""
    groups: tuple[str, ...] = EVERYBODY


_BOOKINGS = "tour_booking.sale_order_action_booking"
_IS_BOOKING = (("is_tour_booking", "=", True),)
_IS_SOLD = (*_IS_BOOKING, ("counts_in_turnover", "=", True))
# What is archived and was sold without penalty was done.
_IS_FINISHED = (
    *_IS_SOLD,
    ("booking_state", "in", ("done", "reposting", "archive")),
    ("has_penalty", "=", False),
)
_SERVICES = "tour_report.tour_report_service_action"

METRICS = {
    "made_by_manager": Metric(
        model=BOOKING,
        day="date_order",
        action=_BOOKINGS,
        domain=_IS_BOOKING,
        group_by="user_id",
    ),
    "made_by_day": Metric(
        model=BOOKING, day="date_order", action=_BOOKINGS, domain=_IS_BOOKING
    ),
    "finished": Metric(
        model=BOOKING,
        day="service_date_to",
        action=_BOOKINGS,
        domain=_IS_FINISHED,
        measures=("__count", "planned_income"),
        look="line",
    ),
    "hotels": Metric(
        model=HOTEL,
        day="create_date",
        action="tour_hotel.tour_hotel_action",
        group_by="create_uid",
    ),
    "commission": Metric(
        model=SERVICE,
        day="service_day",
        action=_SERVICES,
        domain=(("commission_amount", "!=", 0),),
        group_by="company_group_id",
        measures=("commission_amount",),
        groups=LEADERS,
    ),
    "year": Metric(
        model=BOOKING,
        day="service_date_to",
        action=_BOOKINGS,
        domain=_IS_SOLD,
        measures=("planned_income", "planned_profit"),
        interval="month",
        groups=LEADERS,
    ),
}


class Table(NamedTuple):
    """Bookings that somebody should look at.

    :param domain: which records, besides what is chosen; services are always those
        of the daily report
    :param booking: the field that leads to the booking; empty: the row is one
    """

    model: str
    columns: tuple[str, ...]
    order: str
    action: str
    domain: tuple = ()
    booking: str = ""
    groups: tuple[str, ...] = EVERYBODY


TABLES = {
    "doubtful": Table(
        model=SERVICE,
        columns=(
            "name",
            "client_id",
            "user_id",
            "title",
            "service_day",
            "commission_percent",
            "commission_amount",
        ),
        order="service_day desc, id desc",
        action=_SERVICES,
        domain=(("doubtful_commission", "=", True),),
        booking="order_id",
    ),
    "reposting": Table(
        model=BOOKING,
        columns=(
            "name",
            "partner_id",
            "user_id",
            "service_date_from",
            "service_date_to",
            "planned_income",
        ),
        order="date_order desc, id desc",
        action=_BOOKINGS,
        domain=(
            *_IS_BOOKING,
            "|",
            ("is_reposting", "=", True),
            ("booking_state", "=", "reposting"),
        ),
    ),
}
