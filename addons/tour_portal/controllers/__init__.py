from . import portal
from . import booking_list
from . import booking_page
from . import message
from . import odoo_pages
from . import registry
