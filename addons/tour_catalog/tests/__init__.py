from . import test_doctests
from . import test_service
from . import test_order
from . import test_question
from . import test_rights
from . import test_screens
from . import test_pages
