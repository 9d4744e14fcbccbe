{
    "name": "Tour: Ratings",
    "summary": "Clients rate their journeys; nobody else can",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["rating", "tour_portal"],
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_rating_security.xml",
        # Data.
        "data/tour_notification_category_data.xml",
        "data/mail_template_data.xml",
        "data/ir_cron_data.xml",
        # Views.
        "views/rating_rating_views.xml",
        "views/sale_order_views.xml",
        "views/res_config_settings_views.xml",
        "views/portal_templates.xml",
        # Last because the menus refer to the actions.
        "views/tour_rating_menus.xml",
    ],
}
