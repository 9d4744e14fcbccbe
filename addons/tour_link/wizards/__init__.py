from . import tour_link_make
