from . import test_access
from . import test_actions
from . import test_checklist
from . import test_doctests
from . import test_profit
from . import test_screens
from . import test_snooze
from . import test_today
