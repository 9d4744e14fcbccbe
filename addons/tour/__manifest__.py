{
    "name": "Tour",
    "summary": "The whole suite: clients, hotels, bookings, papers",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_document", "tour_import"],
    "data": ["views/tour_home_views.xml"],
    "demo": ["demo/tour_demo.xml"],
    "application": True,
}
