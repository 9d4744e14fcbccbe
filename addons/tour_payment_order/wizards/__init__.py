from . import tour_payment_order_upload
from . import tour_payment_order_move
