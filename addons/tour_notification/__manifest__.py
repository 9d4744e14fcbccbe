{
    "name": "Tour: Notifications",
    "summary": "Who wants to be told what, by mail and at once in the browser",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["mail", "portal"],
    "data": [
        "security/tour_notification_security.xml",
        "security/ir.model.access.csv",
        "data/tour_notification_category_data.xml",
        "views/mail_footer_templates.xml",
        "views/portal_templates.xml",
        "views/unsubscribe_templates.xml",
        "views/res_partner_views.xml",
        "views/res_users_views.xml",
        "views/tour_notification_category_views.xml",
        # Last because it refers to the action of the categories.
        "views/tour_notification_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["tour_notification/static/src/**/*"],
        "web.assets_tests": ["tour_notification/static/tests/tours/**/*"],
    },
}
