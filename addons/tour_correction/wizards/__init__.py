from . import tour_overpayment_close
