{
    "name": "Tour: Catalogue",
    "summary": "Extra services that clients order themselves",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_portal"],
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_catalog_security.xml",
        # Data.
        "data/tour_notification_category_data.xml",
        "data/mail_template_data.xml",
        # Wizards and views.
        "wizards/tour_catalog_make_views.xml",
        "views/sale_order_line_views.xml",
        "views/tour_catalog_question_views.xml",
        "views/tour_catalog_service_views.xml",
        "views/tour_catalog_category_views.xml",
        "views/tour_catalog_menus.xml",
        # Pages.
        "views/portal_layout_templates.xml",
        "views/portal_catalog_templates.xml",
        "views/portal_order_templates.xml",
        "views/portal_question_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": ["tour_catalog/static/src/scss/**/*"],
    },
}
