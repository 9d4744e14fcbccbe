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
        # Data.
        "data/ir_sequence_data.xml",
        "data/tour_notification_category_data.xml",
        "data/mail_template_data.xml",
        "data/tour_client_status_data.xml",  # Depends on the mail templates.
        "data/tour_booking_status_data.xml",  # Depends on the client statuses.
        "data/tour_service_type_data.xml",
        "data/ir_cron_data.xml",
        # Views.
    ],
}
