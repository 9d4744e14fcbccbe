from . import (
    test_access,
    test_doctests,
    test_letter,
    test_overpayment,
    test_overpayment_end,
    test_overpayment_part,
    test_remind,
    test_reposting,
    test_reposting_paper,
    test_screens,
)
