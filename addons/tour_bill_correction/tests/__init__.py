from . import (
    test_access,
    test_age,
    test_bank,
    test_paid_share,
    test_setoff,
    test_setoff_undone,
)
