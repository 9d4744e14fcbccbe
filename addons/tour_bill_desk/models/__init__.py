from . import (
    account_move_bill_desk,
    account_move_bill_desk_data,
    account_move_bill_week,
    ir_ui_menu,
    tour_bill_authority,
)
