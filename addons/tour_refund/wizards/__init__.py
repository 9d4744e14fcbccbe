from . import account_payment_register
from . import tour_refund_make
from . import tour_refund_reject
