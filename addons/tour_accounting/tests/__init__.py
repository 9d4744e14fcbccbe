from . import test_corrections
from . import test_doctests
from . import test_export
from . import test_formats
from . import test_journal
from . import test_rights
from . import test_rules
from . import test_telling
