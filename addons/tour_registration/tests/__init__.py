from . import test_access
from . import test_account
from . import test_agreement
from . import test_approval
from . import test_doctests
from . import test_form
from . import test_gate
from . import test_login
