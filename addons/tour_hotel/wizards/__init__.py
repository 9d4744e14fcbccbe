from . import tour_price_calculator
