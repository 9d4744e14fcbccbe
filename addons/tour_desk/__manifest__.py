{
    "name": "Tour: Desk",
    "summary": "Today's work by deadline, checklists, profit with its problems",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_change", "tour_correction", "tour_link", "tour_offer"],
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_desk_security.xml",
        # Data.
        "data/tour_checklist_template_data.xml",
        # Views.
        "views/tour_today_views.xml",
        "views/tour_today_snooze_views.xml",
        "views/tour_checklist_template_views.xml",
        "views/tour_checklist_item_views.xml",
        "views/sale_order_views.xml",
        "views/sale_order_profit_views.xml",
        "views/res_config_settings_views.xml",
        # Last because the menus refer to the actions.
        "views/tour_desk_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["tour_desk/static/src/**/*"],
        "web.assets_tests": ["tour_desk/static/tests/tours/**/*"],
    },
}
