{
    "name": "Tour: Proposals of suppliers as changes",
    "summary": "What a supplier proposes by his private link becomes a change",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_change", "tour_link"],
    "auto_install": True,
}
