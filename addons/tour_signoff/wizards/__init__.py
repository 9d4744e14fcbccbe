from . import tour_signoff_act
from . import tour_signoff_ask
from . import tour_statement
