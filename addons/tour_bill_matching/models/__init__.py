from . import (
    account_move,
    account_move_dispute,
    account_move_match,
    res_company,
    sale_order,
    sale_order_line,
    tour_bill_event,
    tour_bill_match,
)
