from . import test_doctests
from . import test_engine
from . import test_measure
from . import test_reading
from . import test_hints
from . import test_layouts
from . import test_screen_tours
