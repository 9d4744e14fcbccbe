from . import test_dispute
from . import test_doctests
from . import test_engine
from . import test_fill
from . import test_matching
