from . import tour_password_set
from . import tour_registration_approve
from . import tour_registration_reject
