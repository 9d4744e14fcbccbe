{
    "name": "Tour: Private links",
    "summary": "Guests fill in their data and suppliers answer by private links",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_document"],
    "data": [
        # Security.
        "security/tour_link_groups.xml",
        "security/ir.model.access.csv",
        "security/tour_link_security.xml",
        # Data.
        "data/tour_notification_category_data.xml",
        "data/mail_template_data.xml",
        "data/ir_cron_data.xml",
        # Pages without login.
        "views/page_templates.xml",
        "views/guest_page_templates.xml",
        "views/supplier_page_templates.xml",
        "views/mail_templates.xml",
        # Views.
        "views/tour_link_views.xml",
        "views/tour_supplier_answer_views.xml",
        "views/tour_guest_look_views.xml",
        "wizards/tour_link_make_views.xml",
        "views/sale_order_line_views.xml",
        "views/sale_order_views.xml",  # Names the actions above.
        "views/tour_document_views.xml",
        "views/res_config_settings_views.xml",
        "views/tour_link_menus.xml",  # Last: names the actions above.
    ],
    "assets": {
        "web.assets_backend": ["tour_link/static/src/components/**/*"],
        "web.assets_tests": ["tour_link/static/tests/tours/**/*"],
    },
}
