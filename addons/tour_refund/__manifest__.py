{
    "name": "Tour: Refunds",
    "summary": "Money back to clients: asked for, approved, by provider or by hand",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_billing"],
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_refund_security.xml",
        # Data.
        "data/tour_notification_category_data.xml",
        "data/mail_template_data.xml",
        "data/ir_cron_data.xml",
        # Wizards and views.
        "wizards/tour_refund_make_views.xml",
        "wizards/tour_refund_reject_views.xml",
        "views/tour_refund_views.xml",
        "views/account_move_views.xml",
        "views/sale_order_views.xml",
        "views/tour_service_type_views.xml",
        "views/portal_templates.xml",
        # Last because the menus refer to the actions.
        "views/tour_refund_menus.xml",
    ],
}
