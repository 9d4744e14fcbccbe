from . import test_confirmation
from . import test_confirmation_model
from . import test_confirmation_time
from . import test_confirmation_tour
