from . import tour_refund_make
from . import tour_refund_reject
