from . import (
    res_company,
    res_partner,
    sale_order_line,
    tour_report_parameters,
    tour_report_run,
    tour_report_run_make,
    tour_report_service,
)
