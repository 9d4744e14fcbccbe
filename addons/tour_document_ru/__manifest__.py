{
    "name": "Tour: Russian documents",
    "summary": "VAT invoice and universal transfer document by their official forms",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_document"],
    "data": [
        # Papers.
        "report/paper_vat_templates.xml",
        # Data.
        "data/tour_document_template_data.xml",
        # Views.
        "views/tour_document_views.xml",
        "views/sale_order_views.xml",
    ],
}
