from . import tour_accounting_make
