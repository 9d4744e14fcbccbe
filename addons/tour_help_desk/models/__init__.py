from . import tour_help_request, tour_today
