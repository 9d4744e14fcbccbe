from . import (
    account_payment_register,
    tour_bill_act,
    tour_bill_prepare,
    tour_bill_upload,
)
