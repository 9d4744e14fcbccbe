from . import (
    test_doubtful,
    test_figures,
    test_reports,
    test_schedule,
    test_send,
    test_xlsx,
)
