{
    "name": "Tour: Bills on the Desk",
    "summary": "Supplier bills among today's work, for each role",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_bill", "tour_desk"],
    "auto_install": True,
}
