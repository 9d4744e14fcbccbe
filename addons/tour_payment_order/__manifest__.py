{
    "name": "Tour: Payment orders",
    "summary": "Payment orders by mail or upload: split, read, put to their bookings",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_document"],
    "external_dependencies": {"python": ["pypdf", "pypdfium2"]},
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_payment_order_security.xml",
        # Data.
        "data/tour_booking_status_data.xml",
        "data/tour_notification_category_data.xml",
        "data/mail_template_data.xml",
        "data/ir_cron_data.xml",
        # Wizards and views.
        "wizards/tour_payment_order_upload_views.xml",
        "wizards/tour_payment_order_move_views.xml",
        "views/tour_payment_order_views.xml",
        "views/tour_payment_order_file_views.xml",
        "views/ir_attachment_views.xml",
        "views/sale_order_line_views.xml",
        "views/sale_order_views.xml",  # Names the actions above.
        "views/res_partner_views.xml",
        "views/tour_booking_status_views.xml",
        "views/res_config_settings_views.xml",
        "views/tour_payment_order_menus.xml",  # Last: names the actions above.
    ],
}
