from . import sale_order
from . import tour_portal_mark
from . import tour_portal_need
from . import tour_portal_once
from . import tour_portal_upload
