{
    "name": "Tour: Calendar of money",
    "summary": "Expected supplier bills, and money in and out by day",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_bill_matching", "tour_change"],
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_bill_calendar_security.xml",
        # Data.
        "data/tour_notification_category_data.xml",
        "data/ir_cron_data.xml",
        # Views.
        "views/tour_expected_bill_views.xml",
        "views/tour_money_day_line_views.xml",
        "views/res_partner_views.xml",
        "views/sale_order_views.xml",
        "views/res_config_settings_views.xml",
        "views/tour_bill_calendar_menus.xml",  # Last: names the actions above.
    ],
    "pre_init_hook": "pre_init_hook",
    "post_init_hook": "post_init_hook",
}
