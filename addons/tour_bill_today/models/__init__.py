from . import account_move, tour_today
