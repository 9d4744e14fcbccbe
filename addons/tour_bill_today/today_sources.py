"""What supplier bills put on the list 'Today'; see `tour_desk.today`.

>>> sorted(source.number for source in SOURCES)
[52, 53, 54, 55, 56]
>>> WANTED.where
"m.tour_bill_state = 'prepared' AND m.tour_bill_back_on IS NULL"
"""

from dataclasses import replace

from odoo.addons.tour_desk import today_sources as desk
from odoo.addons.tour_desk.today import Source

_BOOKING = (
    "(SELECT r.order_id FROM tour_order_bill_rel AS r WHERE r.move_id = m.id "
    "ORDER BY r.order_id LIMIT 1)"
)
_MANAGER = {
    "order_id": _BOOKING,
    "partner_id": "m.commercial_partner_id",
    "user_id": "m.tour_bill_user_id",
    "company_id": "m.company_id",
    "currency_id": "m.currency_id",
    "amount": "m.amount_total",
    "summary": "m.ref",
}
_OTHERS = {**_MANAGER, "amount": "m.tour_bill_pay_amount", "for_managers": "FALSE"}


def _bill(kind, number, deadline, where, columns):
    return Source(
        kind,
        number,
        deadline=deadline,
        where=where,
        tables="account_move AS m",
        record="m",
        model="account.move",
        columns=columns,
    )


BACK = _bill(
    "bill_back",
    52,
    "m.tour_bill_back_on",
    "m.tour_bill_back_on IS NOT NULL",
    _MANAGER,
)
UPLOADED = _bill(
    "bill_uploaded",
    53,
    "((m.create_date)::date + 1)",
    "m.tour_bill_state = 'uploaded'",
    _MANAGER,
)
# What came back has a row of its own.
WANTED = _bill(
    "bill_wanted",
    54,
    "m.tour_bill_wanted_date",
    "m.tour_bill_state = 'prepared' AND m.tour_bill_back_on IS NULL",
    _MANAGER,
)
DIRECTOR = _bill(
    "bill_director",
    55,
    "m.tour_bill_pay_date",
    "m.tour_bill_state = 'director'",
    {**_OTHERS, "for_directors": "TRUE"},
)
ACCOUNTING = _bill(
    "bill_accounting",
    56,
    "m.tour_bill_pay_date",
    "m.tour_bill_state = 'accounting'",
    {**_OTHERS, "for_accountants": "TRUE"},
)
SOURCES = (BACK, UPLOADED, WANTED, DIRECTOR, ACCOUNTING)
# Bills that go this way are not 'to be paid' by the list's own source as well.
OTHER_BILL = replace(
    desk.BILL, where=f"{desk.BILL.where} AND m.tour_bill_state IS NULL"
)
