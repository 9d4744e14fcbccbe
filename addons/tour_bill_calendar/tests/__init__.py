from . import test_doctests
from . import test_expected_bills
from . import test_money_calendar
