"""Days and moments of reports: periods, and when a report is due by itself.

Nothing here touches the ORM. Days are those on the company's wall; moments are aware
of their zone, so that a change of clocks moves none of them to another day.

>>> previous_month(date(2026, 3, 15))
Period(start=datetime.date(2026, 2, 1), end=datetime.date(2026, 2, 28))
>>> before(Period(date(2026, 2, 1), date(2026, 2, 28)))
Period(start=datetime.date(2026, 1, 1), end=datetime.date(2026, 1, 31))
>>> before(Period(date(2026, 2, 10), date(2026, 2, 12)))
Period(start=datetime.date(2026, 2, 7), end=datetime.date(2026, 2, 9))
>>> year_before(Period(date(2024, 2, 1), date(2024, 2, 29)))
Period(start=datetime.date(2023, 2, 1), end=datetime.date(2023, 2, 28))
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

UTC = ZoneInfo("UTC")
# A company without any working day in a year has none at all.
MAX_DAYS = 366


class Period(NamedTuple):
    """Days from the first to the last, both counted."""

    start: date
    end: date


def yesterday(today: date) -> Period:
    day = today - timedelta(days=1)
    return Period(day, day)


def month_of(day: date) -> Period:
    """The whole month that a day is in."""
    last = monthrange(day.year, day.month)[1]
    return Period(day.replace(day=1), day.replace(day=last))


def previous_month(today: date) -> Period:
    return month_of(today.replace(day=1) - timedelta(days=1))


def _is_whole_months(period: Period) -> bool:
    return period.start.day == 1 and month_of(period.end).end == period.end


def _shift(day: date, months: int) -> date:
    """The first of the month so many months later."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def before(period: Period) -> Period:
    """The period of the same length just before; of whole months, as many months.

    >>> before(Period(date(2026, 1, 1), date(2026, 3, 31)))
    Period(start=datetime.date(2025, 10, 1), end=datetime.date(2025, 12, 31))
    """
    if _is_whole_months(period):
        months = (
            (period.end.year - period.start.year) * 12
            + period.end.month
            - period.start.month
            + 1
        )
        return Period(_shift(period.start, -months), period.start - timedelta(days=1))
    length = period.end - period.start + timedelta(days=1)
    return Period(period.start - length, period.start - timedelta(days=1))


def year_before(period: Period) -> Period:
    """The same days a year earlier; the end of February stays its end."""
    start = _same_day(period.start)
    if _is_whole_months(period):
        return Period(start, month_of(_same_day(period.end)).end)
    return Period(start, _same_day(period.end))


def _same_day(day: date) -> date:
    last = monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))


def get_bounds(period: Period, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first moment of the period and the first after it, in UTC, without zone.

    A night in which the clocks go back belongs to its day in full:

    >>> start, end = get_bounds(
    ...     Period(date(2026, 10, 25), date(2026, 10, 25)), ZoneInfo("Europe/Paris")
    ... )
    >>> str(start), str(end)
    ('2026-10-24 22:00:00', '2026-10-25 23:00:00')
    """
    return (
        _to_utc(period.start, zone),
        _to_utc(period.end + timedelta(days=1), zone),
    )


def _to_utc(day: date, zone: ZoneInfo) -> datetime:
    moment = datetime.combine(day, time(), tzinfo=zone)
    return moment.astimezone(UTC).replace(tzinfo=None)


def at_hour(day: date, hour: float, zone: ZoneInfo) -> datetime:
    """The moment of an hour of the company's clock (12.5 is half past twelve), in UTC.

    An hour that the clocks skip is the one after the change; one that comes twice is
    the first of the two.

    >>> str(at_hour(date(2026, 7, 1), 12 + 7 / 60, ZoneInfo("Europe/Moscow")))
    '2026-07-01 09:07:00'
    >>> str(at_hour(date(2026, 3, 29), 2.5, ZoneInfo("Europe/Paris")))
    '2026-03-29 01:30:00'
    >>> str(at_hour(date(2026, 10, 25), 2.5, ZoneInfo("Europe/Paris")))
    '2026-10-25 00:30:00'
    """
    minutes = round(hour * 60)
    moment = datetime.combine(day, time(minutes // 60, minutes % 60), tzinfo=zone)
    return moment.astimezone(UTC).replace(tzinfo=None)


def next_working_day(
    after: datetime, hour: float, zone: ZoneInfo, is_working: Callable[[date], bool]
) -> datetime | None:
    """The first moment after ``after`` (UTC) at ``hour`` of a working day.

    :param is_working: whether people work on a day; weekends and holidays are not
    :return: none, if there is no working day within a year
    """
    day = _day_of(after, zone)
    for number in range(MAX_DAYS + 1):
        current = day + timedelta(days=number)
        moment = at_hour(current, hour, zone)
        if moment > after and is_working(current):
            return moment
    return None


def get_previous_day(today: date, is_working: Callable[[date], bool]) -> date:
    """The working day before a day; the day before, if there is none in a year.

    >>> str(get_previous_day(date(2026, 5, 11), lambda day: day.weekday() < 5))
    '2026-05-08'
    """
    for number in range(1, MAX_DAYS):
        day = today - timedelta(days=number)
        if is_working(day):
            return day
    return today - timedelta(days=1)


def next_month_day(after: datetime, day: int, hour: float, zone: ZoneInfo) -> datetime:
    """The first moment after ``after`` (UTC) at ``hour`` of a day of the month.

    A month that is shorter has it on its last day.

    >>> zone = ZoneInfo("Europe/Moscow")
    >>> str(next_month_day(datetime(2026, 1, 31, 10), 31, 12.5, zone))
    '2026-02-28 09:30:00'
    >>> str(next_month_day(datetime(2026, 1, 1, 9, 6), 1, 12 + 7 / 60, zone))
    '2026-01-01 09:07:00'
    >>> str(next_month_day(datetime(2026, 1, 1, 9, 7), 1, 12 + 7 / 60, zone))
    '2026-02-01 09:07:00'
    """
    month = _day_of(after, zone).replace(day=1)
    for _number in range(3):
        last = month_of(month).end.day
        moment = at_hour(month.replace(day=min(day, last)), hour, zone)
        if moment > after:
            return moment
        month = _shift(month, 1)
    raise AssertionError("a month has such a day")


def _day_of(moment: datetime, zone: ZoneInfo) -> date:
    return moment.replace(tzinfo=UTC).astimezone(zone).date()
