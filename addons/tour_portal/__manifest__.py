{
    "name": "Tour: Client's office",
    "summary": "Home, bookings, messages and registry for clients on the portal",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": [
        "tour_agreement",
        "tour_archive",
        "tour_booklet",
        "tour_change",
        "tour_client_account",
    ],
    "external_dependencies": {"python": ["xlsxwriter"]},
    "data": [
        # Security.
        "security/ir.model.access.csv",
        # Data.
        "data/tour_notification_category_data.xml",
        "data/mail_template_data.xml",
        # Pages.
        "views/layout_templates.xml",
        "views/form_templates.xml",
        "views/home_templates.xml",
        "views/booking_list_templates.xml",
        "views/booking_page_templates.xml",
        "views/booking_page_service_templates.xml",
        "views/booking_page_paper_templates.xml",
        "views/booking_page_money_templates.xml",
        "views/booking_page_talk_templates.xml",
        "views/booking_page_form_views.xml",
        "views/message_templates.xml",
        "views/registry_templates.xml",
        "views/odoo_page_templates.xml",
        "views/accessible_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": ["tour_portal/static/src/scss/**/*"],
    },
}
