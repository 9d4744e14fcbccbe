{
    "name": "Tour: Signing off settlements",
    "summary": "Statements of mutual settlements, signed off by clients line by line",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_client_account", "tour_portal"],
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_signoff_security.xml",
        # Papers.
        "report/paper_statement_templates.xml",
        # Data.
        "data/ir_sequence_data.xml",
        "data/tour_notification_category_data.xml",
        "data/mail_template_data.xml",
        "data/ir_cron_data.xml",
        # Wizards and views.
        "wizards/tour_signoff_act_views.xml",
        "wizards/tour_signoff_ask_views.xml",
        "wizards/tour_statement_views.xml",
        "views/tour_signoff_line_views.xml",
        "views/tour_signoff_views.xml",
        "views/res_config_settings_views.xml",
        "views/portal_templates.xml",
        # Last because the menus refer to the actions.
        "views/tour_signoff_menus.xml",
    ],
    "assets": {
        "web.assets_frontend": ["tour_signoff/static/src/scss/**/*"],
    },
}
