{
    "name": "Tour: Offers from Leads",
    "summary": "Makes offers from Odoo's leads, and wins the lead when one is accepted",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_offer", "crm"],
    "data": [
        "views/crm_lead_views.xml",
        "views/tour_offer_views.xml",
    ],
    "auto_install": True,
}
