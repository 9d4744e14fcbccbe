{
    "name": "Tour",
    "summary": "The whole suite: clients, hotels, bookings, changes, papers",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": [
        "tour_import",
        "tour_regularisation",
        "tour_correction",
        "tour_desk",
        "tour_document_ru",
        "tour_link",
        "tour_offer",
        # A bridge, which comes with the suite however Odoo was told to install.
        "tour_change_link",
    ],
    "data": ["views/tour_home_views.xml"],
    "demo": ["demo/tour_demo.xml"],
    "post_init_hook": "post_init_hook",
    "application": True,
}
