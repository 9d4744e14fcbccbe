from . import (
    account_bank_statement_line,
    account_bank_statement_line_find,
    account_bank_statement_line_settle,
    account_journal,
    account_payment,
    tour_bank_file,
    tour_bank_file_order,
    tour_bank_proposal,
    tour_bank_table,
)
