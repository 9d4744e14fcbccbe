from . import (
    res_company,
    res_partner,
    res_users_settings,
    sale_order,
    sale_order_line,
    tour_report_metric,
    tour_report_metric_params,
    tour_report_metric_xlsx,
    tour_report_parameters,
    tour_report_run,
    tour_report_run_make,
    tour_report_service,
)
