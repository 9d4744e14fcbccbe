{
    "name": "Tour: Accounting",
    "summary": "Daily export to accounting: 1C and the general ledger, never twice",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_billing"],
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_accounting_security.xml",
        # Data.
        "data/ir_sequence_data.xml",
        "data/tour_notification_category_data.xml",
        "data/mail_template_data.xml",
        "data/ir_cron_data.xml",
        # Wizards and views.
        "views/tour_accounting_item_views.xml",
        "views/tour_accounting_fault_views.xml",
        "wizards/tour_accounting_make_views.xml",
        "views/tour_accounting_export_views.xml",
        "views/tour_accounting_tax_views.xml",
        "views/tour_accounting_account_views.xml",
        "views/record_views.xml",
        "views/res_config_settings_views.xml",
        # Last because the menus refer to the actions.
        "views/tour_accounting_menus.xml",
    ],
    "post_init_hook": "post_init_hook",
}
