from . import test_ask
from . import test_attack
from . import test_doctests
from . import test_portal
from . import test_provider
from . import test_refund
from . import test_trial_balance
