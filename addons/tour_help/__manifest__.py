{
    "name": "Tour: Requests for Help",
    "summary": "Questions and complaints of clients, answered in time",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_portal", "resource"],
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_help_security.xml",
        # Data.
        "data/tour_help_kind_data.xml",
        "data/ir_sequence_data.xml",
        "data/tour_notification_category_data.xml",
        "data/mail_template_data.xml",
        "data/mail_alias_data.xml",
        "data/ir_cron_data.xml",
        # Views.
        "views/tour_help_request_views.xml",
        "views/tour_help_report_views.xml",
        "views/tour_help_kind_views.xml",
        "views/sale_order_views.xml",
        "views/res_partner_views.xml",
        "views/res_users_views.xml",
        "views/res_config_settings_views.xml",
        "views/portal_templates.xml",
        "views/portal_request_templates.xml",
        # Last because the menus refer to the actions.
        "views/tour_help_menus.xml",
    ],
    "assets": {
        "web.assets_frontend": ["tour_help/static/src/scss/**/*"],
    },
}
