from . import account_statement_import
from . import tour_bank_match
from . import tour_bank_remake
