from . import tour_booking_move
