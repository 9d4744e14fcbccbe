{
    "name": "Tour: Offers",
    "summary": "Quotations of several variants, accepted online, become bookings",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_document"],
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_offer_security.xml",
        # Papers.
        "report/paper_offer_templates.xml",
        # Data.
        "data/ir_sequence_data.xml",
        "data/tour_notification_category_data.xml",
        "views/comparison_templates.xml",  # The mail calls it.
        "data/mail_template_data.xml",
        "data/ir_cron_data.xml",
        # Wizards and views.
        "wizards/tour_offer_move_views.xml",
        "views/tour_offer_service_views.xml",
        "views/tour_offer_variant_views.xml",
        "views/tour_offer_views.xml",
        "views/offer_page_templates.xml",
        "views/res_partner_views.xml",
        "views/sale_order_views.xml",
        # Last because the menus refer to the actions.
        "views/tour_offer_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["tour_offer/static/src/scss/comparison.scss"],
        "web.assets_frontend": [
            "tour_offer/static/src/scss/comparison.scss",
            "tour_offer/static/src/interactions/**/*",
        ],
        "web.assets_tests": ["tour_offer/static/tests/tours/**/*"],
    },
}
