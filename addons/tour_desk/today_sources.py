"""The sources of 'Today'; see `today`.

Numbers to 19 are of bookings and their money, from 20 on of changes, from 30 on of
corrections, from 40 on of offers. Other add-ons take those from 50 on.

>>> numbers = [source.number for source in SOURCES]
>>> len(set(numbers)) == len(numbers) and max(numbers) < 50
True
"""

from .today import Source

# Days before the arrival at which something must be settled.
SUPPLIER_DAYS = 7
GUESTS_DAYS = 3
BOOKED_DAYS = 1
# Days after the departure at which something is late.
CLOSE_DAYS = 1
BILL_DAYS = 3
# Days after which a supplier should have paid back what he owes.
REFUND_DAYS = 14
# Days before the client's time to confirm is up: his silence may have a meaning then.
SILENCE_DAYS = 1

_LIVE = (
    "('new', 'accepted', 'awaiting_client', 'client_confirmed', 'confirmed', "
    "'booked', 'changed')"
)
_EARLY = "('new', 'accepted', 'awaiting_client', 'client_confirmed')"
_MONEY = {"for_accountants": "TRUE"}
# An unpaid invoice or bill that is posted.
UNPAID = "m.state = 'posted' AND m.payment_state IN ('not_paid', 'partial')"

NEW = Source(
    "new",
    1,
    deadline="o.booking_state_since",
    where="o.booking_state = 'new'",
)
AGREED = Source(
    "agreed",
    2,
    deadline="o.booking_state_since",
    where="o.booking_state = 'client_confirmed'",
)
# What the client has to confirm first has a row of its own, and cannot be moved.
NOT_BOOKED = Source(
    "not_booked",
    3,
    deadline=f"(o.service_date_from - {BOOKED_DAYS})",
    where="o.booking_state IN ('accepted', 'awaiting_client', 'confirmed', 'changed') "
    "AND o.needs_client_confirmation IS NOT TRUE "
    "AND o.service_date_from IS NOT NULL",
)
OPTION = Source(
    "option",
    4,
    deadline="o.option_until",
    where=f"o.option_until IS NOT NULL AND o.booking_state IN {_EARLY}",
)
NO_SUPPLIER = Source(
    "no_supplier",
    5,
    deadline=f"(o.service_date_from - {SUPPLIER_DAYS})",
    where=f"o.lacks_supplier IS TRUE AND o.booking_state IN {_LIVE} "
    "AND o.service_date_from IS NOT NULL",
)
NO_GUESTS = Source(
    "no_guests",
    6,
    deadline=f"(o.service_date_from - {GUESTS_DAYS})",
    where=f"o.lacks_guests IS TRUE AND o.booking_state IN {_LIVE} "
    "AND o.service_date_from IS NOT NULL",
)
NO_BILL = Source(
    "no_bill",
    7,
    deadline=f"(o.service_date_to + {BILL_DAYS})",
    where="o.has_supplier_bill IS NOT TRUE "
    "AND o.booking_state IN ('booked', 'done', 'reposting') "
    "AND o.service_date_to IS NOT NULL",
    columns=_MONEY,
)
UNREAD = Source(
    "unread",
    8,
    deadline="o.client_waiting_since",
    where="o.client_waiting_since IS NOT NULL AND o.is_tour_booking IS TRUE",
)
TO_CLOSE = Source(
    "to_close",
    9,
    deadline=f"(o.service_date_to + {CLOSE_DAYS})",
    where="o.booking_state = 'booked' AND o.service_date_to IS NOT NULL",
)
TO_INVOICE = Source(
    "to_invoice",
    10,
    deadline="o.service_date_to",
    where="o.invoice_status = 'to invoice' "
    "AND o.booking_state IN ('confirmed', 'booked', 'done', 'reposting') "
    "AND o.service_date_to IS NOT NULL",
    columns=_MONEY | {"amount": "o.amount_total"},
)
# A booking of the invoice or bill stands for all: a row names one.
BALANCE = Source(
    "balance",
    11,
    deadline="m.invoice_date_due",
    where=f"m.move_type = 'out_invoice' AND {UNPAID} "
    "AND m.invoice_date_due IS NOT NULL",
    tables="account_move AS m "
    "JOIN LATERAL (SELECT l.order_id FROM account_move_line AS i "
    "JOIN sale_order_line_invoice_rel AS r ON r.invoice_line_id = i.id "
    "JOIN sale_order_line AS l ON l.id = r.order_line_id "
    "WHERE i.move_id = m.id AND l.service_type_id IS NOT NULL LIMIT 1) AS b ON TRUE "
    "JOIN sale_order AS o ON o.id = b.order_id",
    record="m",
    model="account.move",
    columns=_MONEY
    | {
        "amount": "m.amount_residual",
        "currency_id": "m.currency_id",
        "company_id": "m.company_id",
        "partner_id": "m.partner_id",
    },
)
BILL = Source(
    "bill",
    12,
    deadline="m.invoice_date_due",
    where=f"m.move_type = 'in_invoice' AND {UNPAID} AND m.invoice_date_due IS NOT NULL",
    tables="account_move AS m "
    "JOIN LATERAL (SELECT r.order_id FROM tour_order_bill_rel AS r "
    "WHERE r.move_id = m.id LIMIT 1) AS b ON TRUE "
    "JOIN sale_order AS o ON o.id = b.order_id",
    record="m",
    model="account.move",
    columns=_MONEY
    | {
        "amount": "m.amount_residual",
        "currency_id": "m.currency_id",
        "company_id": "m.company_id",
        "partner_id": "m.partner_id",
        "for_managers": "FALSE",
        "for_directors": "TRUE",
    },
)
# The last day that is free by the hotel's clock. What has lapsed cannot be used any
# more, so that it is not on the list; where it is latest, yesterday is not over yet.
FREE_CANCELLATION = Source(
    "free",
    14,
    deadline="l.free_until_day",
    where="l.free_until_day IS NOT NULL "
    "AND l.free_until_day >= (now() AT TIME ZONE 'UTC')::date - 1 "
    "AND l.free_until > now() AT TIME ZONE 'UTC' "
    "AND o.booking_state IN "
    "('accepted', 'awaiting_client', 'client_confirmed', 'confirmed', 'booked', "
    "'changed')",
    tables="sale_order_line AS l JOIN sale_order AS o ON o.id = l.order_id",
    record="l",
    model="sale.order.line",
    columns={"summary": "l.name", "amount": "l.supplier_due"},
)


def _of_booking(column):
    """A column of the booking, looked up for the rows that are shown.

    Joined, bookings would be planned with all their indexes for each source, and for
    what is only counted, too.
    """
    return f"(SELECT o.{column} FROM sale_order AS o WHERE o.id = r.order_id)"


def _process(table, **columns):
    """Arguments of a source whose table knows its booking and the responsible."""
    return {
        "tables": f"{table} AS r",
        "record": "r",
        "model": table.replace("_", "."),
        "columns": {
            "order_id": "r.order_id",
            "partner_id": "r.partner_id",
            "user_id": "r.user_id",
            "company_id": "r.company_id",
            "currency_id": "NULL",
            "summary": _of_booking("service_summary"),
            **columns,
        },
    }


TASK = Source(
    "task",
    13,
    deadline="r.deadline",
    where="r.state = 'open' AND r.is_waiting IS NOT TRUE AND r.deadline IS NOT NULL",
    **_process(
        "tour_checklist_item",
        partner_id=_of_booking("partner_id"),
        summary="r.name",
        for_managers="r.role IS DISTINCT FROM 'accountant'",
        for_accountants="r.role = 'accountant'",
    ),
)
CONFIRMATION = Source(
    "confirmation",
    20,
    deadline="r.due_on",
    where="r.state = 'pending'",
    **_process("tour_confirmation"),
)
CHANGE = Source(
    "change",
    21,
    deadline="r.due_on",
    where="r.state IN ('asked', 'priced', 'with_supplier', 'with_client')",
    **_process(
        "tour_change",
        summary=f"coalesce(left(r.comment, 200), {_of_booking('service_summary')})",
    ),
)
ANSWER = Source(
    "answer",
    22,
    deadline="r.due_on",
    where="r.state = 'open'",
    **_process(
        "tour_supplier_answer",
        partner_id="r.supplier_id",
        summary="left(r.text, 200)",
    ),
)
REPOSTING = Source(
    "reposting",
    30,
    deadline="r.due_on",
    where="r.state = 'open'",
    **_process("tour_reposting"),
)
_OWED = {
    "partner_id": "r.supplier_id",
    "currency_id": "r.currency_id",
    "amount": "r.amount",
    "summary": "r.service_name",
}
REFUND_LETTER = Source(
    "refund_letter",
    31,
    deadline="r.date",
    where="r.state = 'open' AND r.date IS NOT NULL",
    **_process("tour_overpayment", **_OWED),
)
REFUND = Source(
    "refund",
    32,
    deadline=f"(r.date + {REFUND_DAYS})",
    where="r.state = 'letter_sent' AND r.date IS NOT NULL",
    **_process("tour_overpayment", **_OWED, **_MONEY),
)
OFFER = Source(
    "offer",
    40,
    deadline="r.valid_until",
    where="r.state IN ('sent', 'seen') AND r.active IS TRUE",
    **_process(
        "tour_offer",
        order_id="NULL",
        currency_id="r.currency_id",
        amount="r.amount_total",
        summary="r.name",
    ),
)

SOURCES = (
    NEW,
    AGREED,
    NOT_BOOKED,
    OPTION,
    NO_SUPPLIER,
    NO_GUESTS,
    NO_BILL,
    UNREAD,
    TO_CLOSE,
    TO_INVOICE,
    BALANCE,
    BILL,
    TASK,
    FREE_CANCELLATION,
    CONFIRMATION,
    CHANGE,
    ANSWER,
    REPOSTING,
    REFUND_LETTER,
    REFUND,
    OFFER,
)
