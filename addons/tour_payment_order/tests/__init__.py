from . import test_doctests
from . import test_engine
from . import test_matching
from . import test_read
from . import test_attach
from . import test_mail_in
from . import test_access
from . import test_screens
