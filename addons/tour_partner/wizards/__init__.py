from . import tour_contract_move
