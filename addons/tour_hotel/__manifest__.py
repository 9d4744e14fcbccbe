{
    "name": "Tour: hotels",
    "summary": "Cities, hotels, rooms, rates, seasons, meals and the price of a stay",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_partner"],
    "data": [
        "security/tour_hotel_security.xml",
        "security/ir.model.access.csv",
        "views/tour_city_views.xml",
        "views/tour_season_views.xml",
        "views/tour_meal_price_views.xml",
        "views/tour_rate_views.xml",
        "views/tour_room_views.xml",
        "wizards/tour_price_calculator_views.xml",
        # The hotel's buttons open the actions of the views above.
        "views/tour_hotel_views.xml",
        # The menus come last: they point at the actions of the views.
        "views/tour_hotel_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["tour_hotel/static/src/components/**/*"],
        "web.assets_tests": ["tour_hotel/static/tests/tours/**/*"],
    },
}
