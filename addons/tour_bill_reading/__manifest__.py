{
    "name": "Tour: Reading of supplier bills",
    "summary": "What the file of a supplier's bill says, as hints beside the fields",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_bill"],
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_bill_reading_security.xml",
        # Data.
        "data/ir_cron_data.xml",
        # Wizards and views.
        "wizards/tour_bill_prepare_views.xml",
        "views/account_move_views.xml",
        "views/tour_bill_layout_views.xml",
        "views/tour_bill_reading_menus.xml",  # Last: names the actions above.
    ],
    "assets": {
        "web.assets_backend": ["tour_bill_reading/static/src/**/*"],
        "web.assets_tests": ["tour_bill_reading/static/tests/tours/**/*"],
    },
}
