{
    "name": "Tour: Bookings made by clients",
    "summary": "Clients look for hotels, name guests, see prices and send a booking",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_import", "tour_portal"],
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_portal_booking_security.xml",
        # Data.
        "data/tour_notification_category_data.xml",
        "data/ir_cron_data.xml",
        "data/tour_service_type_data.xml",
        # Views of staff.
        "views/tour_hotel_views.xml",
        "views/tour_service_type_views.xml",
        "views/sale_order_line_views.xml",
        "views/res_config_settings_views.xml",
        # Pages; the frame comes first, the others call it.
        "views/step_templates.xml",
        "views/where_templates.xml",
        "views/hotel_templates.xml",
        "views/stay_templates.xml",
        "views/guest_templates.xml",
        "views/service_templates.xml",
        "views/review_templates.xml",
        "views/portal_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "tour_portal_booking/static/src/scss/**/*",
            "tour_portal_booking/static/src/interactions/**/*",
        ],
    },
}
