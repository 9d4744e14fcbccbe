from . import tour_bill_act, tour_bill_prepare, tour_bill_upload
