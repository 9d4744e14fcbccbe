from . import test_access
from . import test_doctests
from . import test_find
from . import test_plan
from . import test_run
from . import test_screen_tours
from . import test_settled
