{
    "name": "Tour: Archive",
    "summary": "Files in folders with rights for staff and clients, on the portal too",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_partner", "tour_file"],
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_archive_security.xml",
        # Views.
        "views/tour_archive_folder_views.xml",
        "views/tour_archive_file_views.xml",
        "views/portal_templates.xml",
        "views/tour_archive_menus.xml",  # Last: names the actions above.
    ],
}
