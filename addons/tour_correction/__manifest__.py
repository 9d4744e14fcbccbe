{
    "name": "Tour: Corrections",
    "summary": "Reposting of bookings that were done, money that suppliers owe back",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_document"],
    "external_dependencies": {"python": ["python-docx"]},
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_correction_security.xml",
        # Papers.
        "report/paper_reposting_templates.xml",
        "report/paper_refund_letter_templates.xml",
        # Data.
        "data/tour_notification_category_data.xml",
        "data/tour_document_template_data.xml",
        "data/mail_template_data.xml",
        "data/ir_cron_data.xml",
        # Wizards and views.
        "wizards/tour_overpayment_close_views.xml",
        "views/tour_reposting_views.xml",
        "views/tour_overpayment_views.xml",
        "views/sale_order_views.xml",
        "views/res_partner_views.xml",
        "views/tour_document_template_views.xml",
        "views/res_config_settings_views.xml",
        "views/tour_correction_menus.xml",  # Last: names the actions above.
    ],
    "assets": {
        "web.assets_backend": ["tour_correction/static/src/**/*"],
        "web.assets_tests": ["tour_correction/static/tests/tours/**/*"],
    },
}
