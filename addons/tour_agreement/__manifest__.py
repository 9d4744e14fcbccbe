{
    "name": "Tour: Agreement of clients",
    "summary": "Clients agree to contract and booking sheet: who, when, to which file",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_document"],
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_agreement_security.xml",
        # Data.
        "data/tour_notification_category_data.xml",
        # Views.
        "views/tour_agreement_views.xml",
        "views/tour_document_views.xml",
        "views/sale_order_views.xml",
        "views/portal_templates.xml",
    ],
}
