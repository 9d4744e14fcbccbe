from . import rating_rating
from . import res_company
from . import sale_order
from . import sale_order_rate
from . import tour_portal_need
from . import tour_rating_request
