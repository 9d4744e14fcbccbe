{
    "name": "Tour: Travel documents",
    "summary": "The booklet of a booking: many files, sent when complete or changed",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_document", "tour_file"],
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_booklet_security.xml",
        # Data.
        "data/tour_notification_category_data.xml",
        "data/mail_template_data.xml",
        "data/ir_cron_data.xml",
        # Wizards and views.
        "wizards/tour_booklet_add_views.xml",
        "views/tour_booklet_item_views.xml",
        "views/sale_order_views.xml",
        "views/res_partner_views.xml",
        "views/res_config_settings_views.xml",
        "views/portal_templates.xml",
    ],
}
