from . import tour_demo
