{
    "name": "Tour: Clients' Accounts",
    "summary": "Prepaid balance, paying from it, credit limit, mutual settlements",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_refund"],
    "external_dependencies": {"python": ["pypdf", "reportlab", "xlsxwriter"]},
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_client_account_security.xml",
        # Papers.
        "report/paper_statement_templates.xml",
        "report/paper_topup_templates.xml",
        # Data.
        "data/ir_sequence_data.xml",
        # Wizards and views.
        "wizards/tour_statement_views.xml",
        "wizards/tour_topup_pay_views.xml",
        "views/account_move_views.xml",
        "views/res_partner_views.xml",
        "views/tour_contract_views.xml",
        "views/tour_topup_views.xml",
        "views/portal_templates.xml",
        # Last because the menus refer to the actions.
        "views/tour_client_account_menus.xml",
    ],
}
