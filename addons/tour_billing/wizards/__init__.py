from . import account_payment_register
from . import sale_advance_payment_inv
from . import tour_invoice_extra
from . import tour_invoice_pay
