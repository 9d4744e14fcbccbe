{
    "name": "Tour: Requests for Help on the Desk",
    "summary": "Clients who wait for an answer among today's work, for each role",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_help", "tour_desk"],
    "auto_install": True,
}
