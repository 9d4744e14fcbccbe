from . import account_move
from . import payment_transaction
from . import sale_order
from . import tour_refund
from . import tour_refund_move
from . import tour_refund_note
from . import tour_refund_send
from . import tour_service_type
