{
    "name": "Tour: companies and people",
    "summary": "Clients, suppliers, groups of companies, tax ids, roles of staff",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_notification", "contacts", "phone_validation"],
    "external_dependencies": {"python": ["python-stdnum", "phonenumbers"]},
    "data": [
        "security/tour_partner_groups.xml",
        "security/tour_partner_security.xml",
        "security/tour_contact_security.xml",
        "security/ir.model.access.csv",
        "data/tour_contract_data.xml",
        # The forms below have buttons that open these.
        "wizards/tour_contract_move_views.xml",
        "views/tour_contract_views.xml",
        "views/tour_contact_views.xml",
        "views/tour_company_group_views.xml",
        "views/res_partner_bank_views.xml",
        "views/res_partner_views.xml",
        "views/res_users_views.xml",
        # The menus come last: they point at the actions of the views.
        "views/tour_partner_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["tour_partner/static/src/components/**/*"],
        "web.assets_tests": ["tour_partner/static/tests/tours/**/*"],
    },
}
