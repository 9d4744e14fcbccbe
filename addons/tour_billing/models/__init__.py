from . import account_move
from . import account_move_act
from . import account_payment
from . import account_payment_follow
from . import account_payment_register
from . import payment_transaction
from . import res_company
from . import sale_order
