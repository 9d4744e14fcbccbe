from . import tour_bill_allot, tour_bill_dispute
