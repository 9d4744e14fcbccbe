{
    "name": "Tour: Mass regularisation",
    "summary": "Suppliers regularise prices and dates of many bookings at once",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_change"],
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_regularisation_security.xml",
        # Data.
        "data/ir_sequence_data.xml",
        "data/ir_cron_data.xml",
        # Views.
        "views/tour_regularisation_line_views.xml",
        "views/tour_regularisation_views.xml",  # Opens the lines.
        "views/sale_order_views.xml",
        # Last because the menus refer to the actions.
        "views/tour_regularisation_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["tour_regularisation/static/src/**/*"],
        "web.assets_tests": ["tour_regularisation/static/tests/tours/**/*"],
    },
}
