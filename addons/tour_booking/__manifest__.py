{
    "name": "Tour: Bookings",
    "summary": "Bookings as sales orders: services, guests, statuses, prices, history",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["sale_management", "rating", "tour_hotel"],
    "data": [
        # Security.
        "security/tour_booking_groups.xml",
        "security/ir.model.access.csv",
        "security/tour_booking_security.xml",
        "security/tour_price_security.xml",
        "security/tour_booking_wizard_security.xml",
        "security/tour_contact_security.xml",
        # Data.
        "data/ir_sequence_data.xml",
        "data/tour_notification_category_data.xml",
        "data/mail_template_data.xml",
        "data/tour_client_status_data.xml",  # Depends on the mail templates.
        "data/tour_booking_status_data.xml",  # Depends on the client statuses.
        "data/tour_service_type_data.xml",
        "data/ir_cron_data.xml",
        # Wizards and views.
        "wizards/tour_booking_move_views.xml",
        "views/sale_order_line_views.xml",
        "views/sale_order_form_views.xml",
        "views/sale_order_views.xml",
        "views/sale_order_actions.xml",
        "views/sale_order_ordinary_views.xml",
        "views/tour_booking_status_views.xml",
        "views/tour_client_status_views.xml",
        "views/tour_service_type_views.xml",
        "views/res_config_settings_views.xml",  # Opens the three above.
        "views/res_partner_views.xml",
        "views/tour_price_entry_views.xml",  # Extends the form of bookings.
        "views/tour_price_list_views.xml",
        "views/account_views.xml",
        "views/portal_templates.xml",
        "views/tour_contact_views.xml",
        "views/diff_templates.xml",
        # Last because the menus refer to the actions.
        "views/tour_booking_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["tour_booking/static/src/**/*"],
        "web.assets_tests": ["tour_booking/static/tests/tours/**/*"],
    },
}
