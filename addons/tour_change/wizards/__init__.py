from . import tour_confirmation_answer
from . import tour_change_move
