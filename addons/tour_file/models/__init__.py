from . import tour_file
