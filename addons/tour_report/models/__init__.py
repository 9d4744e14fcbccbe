from . import (
    res_company,
    res_partner,
    res_users,
    sale_order_line,
    tour_report_parameters,
    tour_report_run,
    tour_report_run_make,
    tour_report_run_finish,
    tour_report_run_send,
    tour_report_schedule,
    tour_report_service,
)
