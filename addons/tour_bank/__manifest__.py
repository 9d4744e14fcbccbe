{
    "name": "Tour: Bank",
    "summary": "Statements in, payment orders out, and what each line settles",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": [
        "tour_bill",
        "tour_refund",
        "tour_client_account",
        "account_statement_import_file",
    ],
    "external_dependencies": {"python": ["mt-940"]},
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_bank_security.xml",
        # Data.
        "data/ir_sequence_data.xml",
        "data/ir_cron_data.xml",
        # Wizards and views.
        "wizards/account_statement_import_views.xml",
        "wizards/tour_bank_match_views.xml",
        "wizards/tour_bank_remake_views.xml",
        "views/account_bank_statement_line_views.xml",
        "views/tour_bank_file_views.xml",
        "views/account_payment_views.xml",
        "views/tour_bank_table_views.xml",
        "views/account_journal_views.xml",
        # Last because the menus refer to the actions.
        "views/tour_bank_menus.xml",
    ],
}
