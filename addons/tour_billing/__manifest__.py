{
    "name": "Tour: Billing",
    "summary": "Clients' invoices from showing to payment: plans, saved cards, cheques",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["account_payment", "tour_booking", "tour_document"],
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_billing_security.xml",
        # Papers.
        "report/paper_receipt_templates.xml",
        # Data.
        "data/tour_notification_category_data.xml",
        "data/mail_template_data.xml",
        "data/ir_cron_data.xml",
        # Wizards and views.
        "wizards/tour_invoice_pay_views.xml",
        "wizards/tour_invoice_extra_views.xml",
        "wizards/account_payment_register_views.xml",
        "views/account_move_views.xml",
        "views/account_payment_term_views.xml",
        "views/payment_provider_views.xml",
        "views/tour_collection_views.xml",
        "views/tour_contract_views.xml",
        "views/tour_gift_cheque_views.xml",
        "views/sale_order_views.xml",
        "views/res_config_settings_views.xml",
        "views/portal_templates.xml",
        # Last because the menus refer to the actions.
        "views/tour_billing_menus.xml",
    ],
    "post_init_hook": "post_init_hook",
}
