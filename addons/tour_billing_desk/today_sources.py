"""What clients' payments put on the list 'Today'; see `tour_desk.today`.

>>> INSTALMENT.number, COLLECTION.number
(50, 51)
"""

from odoo.addons.tour_desk.today import Source


def _of_booking(column):
    """A column of the booking, looked up for the rows that are shown."""
    return f"(SELECT o.{column} FROM sale_order AS o WHERE o.id = {{}})"


# A deposit, or another part of a plan, that is not paid. What is due last stands on
# the list as the invoice itself.
INSTALMENT = Source(
    "instalment",
    50,
    deadline="r.date_maturity",
    where="r.instalment_order_id IS NOT NULL AND r.reconciled IS NOT TRUE "
    "AND r.parent_state = 'posted'",
    tables="account_move_line AS r",
    record="r",
    model="account.move.line",
    columns={
        "order_id": "r.instalment_order_id",
        "partner_id": "r.partner_id",
        "user_id": _of_booking("user_id").format("r.instalment_order_id"),
        "company_id": "r.company_id",
        "currency_id": "r.currency_id",
        "amount": "r.amount_residual_currency",
        "summary": _of_booking("service_summary").format("r.instalment_order_id"),
        "for_accountants": "TRUE",
    },
)
COLLECTION = Source(
    "collection",
    51,
    deadline="r.date",
    where="r.is_open IS TRUE",
    tables="tour_collection AS r",
    record="r",
    model="tour.collection",
    columns={
        "order_id": "r.order_id",
        "partner_id": "r.partner_id",
        "user_id": "r.user_id",
        "company_id": "r.company_id",
        "currency_id": "r.currency_id",
        "amount": "r.amount",
        "summary": "r.message",
        "for_accountants": "TRUE",
    },
)
SOURCES = (INSTALMENT, COLLECTION)
