from . import tour_booklet_add
