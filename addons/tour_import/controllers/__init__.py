from . import tour_import
