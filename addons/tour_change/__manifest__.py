{
    "name": "Tour: Changes",
    "summary": "Clients confirm what staff change; requests, cancellations, penalties",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_document"],
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_confirmation_security.xml",
        "security/tour_change_security.xml",
        # Data.
        "data/tour_change_data.xml",
        "data/tour_change_mail_data.xml",
        "data/tour_confirmation_category_data.xml",
        "data/mail_template_confirmation_data.xml",
        "data/ir_cron_confirmation_data.xml",
        # Wizards and views.
        "wizards/tour_confirmation_answer_views.xml",
        "wizards/tour_change_move_views.xml",
        "views/client_page_templates.xml",
        "views/tour_confirmation_views.xml",
        "views/sale_order_confirmation_views.xml",
        "views/res_config_settings_confirmation_views.xml",
        "views/tour_cancellation_rule_views.xml",
        "views/tour_change_views.xml",
        "views/sale_order_change_views.xml",
        "views/portal_ask_templates.xml",
        "views/portal_change_templates.xml",
        # Last because the menus refer to the actions.
        "views/tour_change_menus.xml",
    ],
    "assets": {
        "web.assets_tests": ["tour_change/static/tests/tours/**/*"],
    },
}
