"""The days that instalments are due on, counted from the dates of a booking.

>>> booked, arrival, base = date(2026, 6, 1), date(2026, 7, 1), date(2026, 6, 1)
>>> plan_day("days_after_booking", 2, base, (booked, arrival)).isoformat()
'2026-06-03'
>>> plan_day("days_before_arrival", 10, base, (booked, arrival)).isoformat()
'2026-06-21'

Nothing is due before the invoice is there, and without services there is no arrival:

>>> plan_day("days_before_arrival", 40, base, (booked, arrival)).isoformat()
'2026-06-01'
>>> plan_day("days_before_arrival", 10, base, (booked, None)).isoformat()
'2026-06-01'
>>> plan_day("days_after_booking", 2, base, None).isoformat()
'2026-06-03'
"""

from datetime import date, timedelta

BY_BOOKING = ("days_after_booking", "days_before_arrival")


def plan_day(delay: str, days: int, base: date, dates: tuple | None) -> date:
    """When an instalment is due.

    :param delay: one of `BY_BOOKING`
    :param base: the date of the invoice
    :param dates: the days of the booking and of the arrival, as far as known
    """
    booked, arrival = dates or (None, None)
    if delay == "days_after_booking":
        return max((booked or base) + timedelta(days=days), base)
    return max(arrival - timedelta(days=days), base) if arrival else base
