from . import (
    account_move_line,
    res_company,
    res_partner,
    sale_order,
    sale_order_expected_bill,
    tour_expected_bill,
    tour_expected_bill_cron,
    tour_money_day_line,
)
