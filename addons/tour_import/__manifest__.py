{
    "name": "Tour: Import",
    "summary": "Cities, clients, hotels, rooms and bookings from CSV and XLSX",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_booking"],
    "external_dependencies": {"python": ["openpyxl", "xlsxwriter"]},
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_import_security.xml",
        # Data.
        "data/tour_import_field_data.xml",
        "data/tour_import_profile_data.xml",  # Depends on the fields.
        "data/ir_cron_data.xml",
        # Views.
        "views/tour_import_fault_views.xml",
        "views/tour_import_profile_views.xml",
        "views/tour_import_views.xml",  # Depends on the profiles' action.
        # Menus come last: they point at the actions of the views.
        "views/tour_import_menus.xml",
    ],
}
