from . import test_booking_page
from . import test_booking_page_acts
from . import test_booking_page_talk
from . import test_home
from . import test_list
