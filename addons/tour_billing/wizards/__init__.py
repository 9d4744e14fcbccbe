from . import tour_invoice_extra
from . import tour_invoice_pay
