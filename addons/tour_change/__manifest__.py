{
    "name": "Tour: Changes",
    "summary": "Clients confirm what staff change; requests, cancellations, penalties",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_document"],
    "data": [
        # Security.
        "security/ir.model.access.csv",
        # Last because the menus refer to the actions.
        "views/tour_change_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["tour_change/static/src/**/*"],
        "web.assets_tests": ["tour_change/static/tests/tours/**/*"],
    },
}
