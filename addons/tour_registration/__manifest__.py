{
    "name": "Tour: Registration",
    "summary": "Clients register, agree to the terms of use, and keep their own data",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["auth_signup", "tour_partner"],
    "data": [
        # Security.
        "security/tour_registration_groups.xml",
        "security/ir.model.access.csv",
        "security/tour_registration_security.xml",
        # Data.
        "data/tour_notification_category_data.xml",
        "data/mail_template_data.xml",
        "data/ir_cron_data.xml",
        # Wizards and views.
        "wizards/tour_registration_approve_views.xml",
        "wizards/tour_registration_reject_views.xml",
        "wizards/tour_password_set_views.xml",
        "views/tour_registration_views.xml",
        "views/tour_usage_agreement_views.xml",
        "views/tour_usage_acceptance_views.xml",
        "views/res_partner_views.xml",
        "views/res_config_settings_views.xml",
        # Pages.
        "views/page_templates.xml",
        "views/register_templates.xml",
        "views/agreement_templates.xml",
        "views/login_templates.xml",
        "views/account_templates.xml",
        # Last because the menus refer to the actions.
        "views/tour_registration_menus.xml",
    ],
    "assets": {
        "web.assets_frontend": ["tour_registration/static/src/css/pages.css"],
    },
}
