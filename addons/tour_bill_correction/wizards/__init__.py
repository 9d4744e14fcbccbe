from . import tour_bill_prepare
