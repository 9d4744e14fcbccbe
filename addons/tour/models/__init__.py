from . import res_users
from . import tour_demo
