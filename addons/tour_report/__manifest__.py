{
    "name": "Tour: Reports",
    "summary": "Reports as lists, pivots and XLSX, by themselves by mail, and metrics",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_desk", "resource"],
    "external_dependencies": {"python": ["xlsxwriter"]},
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_report_security.xml",
        # Data.
        "data/tour_notification_category_data.xml",
        "data/mail_template_data.xml",
        "data/tour_report_schedule_data.xml",
        "data/ir_cron_data.xml",
        # Views.
        "views/tour_report_service_views.xml",
        "views/tour_report_article_views.xml",
        "views/tour_report_run_views.xml",
        "views/tour_report_schedule_views.xml",
        "views/res_partner_views.xml",
        "views/res_config_settings_views.xml",
        "wizards/tour_report_ask_views.xml",
        "views/tour_report_metric_views.xml",
        # Last because the menus refer to the actions.
        "views/tour_report_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["tour_report/static/src/**/*"],
        "web.assets_tests": ["tour_report/static/tests/tours/**/*"],
    },
}
