from . import tour_statement
from . import tour_topup_pay
