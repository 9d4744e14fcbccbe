from . import (
    test_figures,
    test_metrics,
    test_metrics_screen,
    test_metrics_speed,
    test_metrics_xlsx,
    test_reports,
    test_xlsx,
)
