from . import test_ask
from . import test_attack
from . import test_portal
from . import test_rate
