from . import (
    sale_order,
    sale_order_line,
    tour_overpayment_credit,
    tour_overpayment_books,
    tour_overpayment_undo,
    tour_overpayment_bank,
    tour_overpayment_age,
    tour_bill_event,
    account_move,
    account_move_setoff,
    account_payment,
    account_partial_reconcile,
)
