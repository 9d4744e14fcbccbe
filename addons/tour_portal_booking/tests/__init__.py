from . import test_bounds
from . import test_doctests
from . import test_pages
from . import test_prices
from . import test_search
from . import test_send
