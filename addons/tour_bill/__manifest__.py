{
    "name": "Tour: Supplier bills",
    "summary": "Supplier bills from upload to payment: approval, rules, queue, alarms",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_billing", "tour_payment_order"],
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_bill_security.xml",
        # Data.
        "data/tour_notification_category_data.xml",
        "data/mail_template_data.xml",
        "data/tour_bill_rule_data.xml",
        # Wizards and views.
        "wizards/tour_bill_act_views.xml",
        "wizards/tour_bill_upload_views.xml",
        "wizards/tour_bill_prepare_views.xml",
        "views/account_move_views.xml",
        "views/account_move_form_views.xml",
        "views/account_payment_views.xml",
        "views/tour_payment_order_views.xml",
        "views/tour_bill_rule_views.xml",
        "views/tour_bill_authority_views.xml",
        "views/sale_order_views.xml",
        "views/res_config_settings_views.xml",
        "views/tour_bill_menus.xml",  # Last: names the actions above.
    ],
}
