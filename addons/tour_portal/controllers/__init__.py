from . import portal
from . import booking_page
