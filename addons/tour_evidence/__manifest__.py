{
    "name": "Tour: Evidence of a booking",
    "summary": "All that was agreed, sent and paid of a booking in one ZIP with hashes",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_agreement", "tour_booklet", "tour_change", "tour_offer"],
    "data": ["views/sale_order_views.xml"],
}
