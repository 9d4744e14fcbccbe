from . import test_access
from . import test_answer
from . import test_doctests
from . import test_offer
from . import test_page
from . import test_paper
from . import test_prices
from . import test_screen_tours
