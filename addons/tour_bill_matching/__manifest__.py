{
    "name": "Tour: Bills and services",
    "summary": "Which services supplier bills pay: found, accepted, disputed",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_bill"],
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_bill_matching_security.xml",
        # Data.
        "data/tour_notification_category_data.xml",
        "data/tour_bill_rule_data.xml",
        # Wizards and views.
        "wizards/tour_bill_allot_views.xml",
        "wizards/tour_bill_dispute_views.xml",
        "views/tour_bill_match_views.xml",
        "views/account_move_views.xml",
        "views/sale_order_views.xml",
        "views/res_config_settings_views.xml",
        "views/tour_bill_matching_menus.xml",  # Last: names the actions above.
    ],
    "pre_init_hook": "pre_init_hook",
    "post_init_hook": "post_init_hook",
}
