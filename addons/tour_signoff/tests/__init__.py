from . import test_answer
from . import test_ask
from . import test_attack
from . import test_doctests
from . import test_portal
from . import test_staff
