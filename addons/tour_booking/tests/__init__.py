from . import test_booking_states
