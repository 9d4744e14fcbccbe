from . import tour_regularisation
from . import tour_regularisation_line
from . import tour_regularisation_find
from . import tour_regularisation_plan
from . import tour_regularisation_run
from . import sale_order
