{
    "name": "Tour: Bills and corrections",
    "summary": "What suppliers owe back: set off against bills, returned, by age",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_bill", "tour_correction"],
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_bill_correction_security.xml",
        # Wizards and views.
        "wizards/tour_bill_prepare_views.xml",
        "views/account_move_views.xml",
        "views/tour_overpayment_views.xml",
        "views/tour_bill_correction_menus.xml",  # Last: names the action above.
    ],
    "auto_install": True,
}
