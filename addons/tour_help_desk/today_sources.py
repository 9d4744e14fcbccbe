"""What requests for help put on the list 'Today'; see `tour_desk.today`.

>>> [source.number for source in SOURCES]
[60, 61]
>>> index(OVERDUE)
'(answer_day, (id * 64 + 61)) WHERE is_waiting IS TRUE AND overdue_told_on IS NOT NULL'
"""

from odoo.addons.tour_desk.today import Source, index  # noqa: F401 - for the doctest.

_REQUEST = {
    "order_id": "r.order_id",
    "partner_id": "r.partner_id",
    "user_id": "r.user_id",
    "company_id": "r.company_id",
    "currency_id": "NULL",
    "summary": "r.subject",
}


def _request(kind, number, where, **columns):
    return Source(
        kind,
        number,
        deadline="r.answer_day",
        where=where,
        tables="tour_help_request AS r",
        record="r",
        model="tour.help.request",
        columns={**_REQUEST, **columns},
    )


WAITING = _request("help", 60, "r.is_waiting IS TRUE")
# What heads were told of; a director has no requests of his own.
OVERDUE = _request(
    "help_overdue",
    61,
    "r.is_waiting IS TRUE AND r.overdue_told_on IS NOT NULL",
    for_managers="FALSE",
    for_directors="TRUE",
)
SOURCES = (WAITING, OVERDUE)
