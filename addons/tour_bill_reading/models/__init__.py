from . import tour_bill_layout
from . import tour_bill_reading
from . import tour_bill_reading_work
from . import account_move
