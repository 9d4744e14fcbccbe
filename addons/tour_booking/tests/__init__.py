from . import test_booking_states
from . import test_guard
from . import test_notify
from . import test_prices
