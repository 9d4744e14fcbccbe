{
    "name": "Tour: Desks for Supplier Bills",
    "summary": "Work screens of director and accountant: one bill at a time",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_bill"],
    "data": [
        "views/account_move_views.xml",
        "views/tour_bill_desk_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["tour_bill_desk/static/src/**/*"],
        "web.assets_tests": ["tour_bill_desk/static/tests/tours/**/*"],
    },
}
