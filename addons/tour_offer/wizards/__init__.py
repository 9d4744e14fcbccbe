from . import tour_offer_move
