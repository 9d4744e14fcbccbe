"""A period in days, weeks or months, as the bars and points of a chart.

>>> from datetime import date
>>> year_end = Period(date(2026, 12, 28), date(2027, 1, 5))
>>> [str(part.start) for part in split(year_end, "week")]
['2026-12-28', '2027-01-04']
>>> split(year_end, "month")[1]
Period(start=datetime.date(2027, 1, 1), end=datetime.date(2027, 1, 5))
"""

from datetime import date, timedelta

from .periods import Period, month_of

INTERVALS = ("day", "week", "month")


def start_of(day: date, interval: str, week_start: int = 0) -> date:
    """The first day of the interval that a day is in.

    :param week_start: the first day of a week, 0 is Monday

    >>> [start_of(date(2026, 11, 25), "week", first).day for first in (0, 6)]
    [23, 22]
    """
    if interval == "week":
        return day - timedelta(days=(day.weekday() - week_start) % 7)
    return day.replace(day=1) if interval == "month" else day


def end_of(day: date, interval: str, week_start: int = 0) -> date:
    """The last day of the interval that a day is in."""
    if interval == "week":
        return start_of(day, interval, week_start) + timedelta(days=6)
    return month_of(day).end if interval == "month" else day


def split(period: Period, interval: str, week_start: int = 0) -> list[Period]:
    """The intervals that a period has days in, without the days outside of it."""
    parts, start = [], period.start
    while start <= period.end:
        end = min(end_of(start, interval, week_start), period.end)
        parts.append(Period(start, end))
        start = end + timedelta(days=1)
    return parts


def year_of(day: date) -> Period:
    """The whole year that a day is in."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def count(period: Period, interval: str) -> int:
    """About how many intervals there are, without making them.

    >>> count(Period(date(2026, 1, 1), date(2026, 12, 31)), "day")
    365
    """
    days = (period.end - period.start).days + 1
    return days // {"day": 1, "week": 7, "month": 28}[interval]
