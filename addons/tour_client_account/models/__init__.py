from . import account_move
from . import account_payment
from . import res_partner
from . import sale_order
from . import tour_contract
from . import tour_topup
from . import portal
