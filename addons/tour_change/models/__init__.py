from . import tour_confirmation
from . import tour_confirmation_answer
from . import tour_confirmation_tell
from . import res_company_confirmation
from . import sale_order_confirmation
from . import sale_order_as_client
