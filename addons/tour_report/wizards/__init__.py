from . import tour_report_ask
