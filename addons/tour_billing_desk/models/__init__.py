from . import tour_today
