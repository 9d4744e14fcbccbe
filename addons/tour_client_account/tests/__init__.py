from . import test_account
from . import test_attack
from . import test_credit_block
from . import test_doctests
from . import test_ledger
from . import test_portal
from . import test_statement
from . import test_topup
