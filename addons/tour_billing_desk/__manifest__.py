{
    "name": "Tour: Billing on the Desk",
    "summary": "Instalments and failed collections among today's work",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_billing", "tour_desk"],
    "auto_install": True,
}
