from . import tour_change_move
from . import tour_confirmation_answer
