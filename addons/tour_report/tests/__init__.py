from . import (
    test_doubtful,
    test_figures,
    test_head,
    test_head_screen,
    test_metrics,
    test_metrics_screen,
    test_metrics_speed,
    test_metrics_xlsx,
    test_reports,
    test_schedule,
    test_send,
    test_xlsx,
)
