{
    "name": "Tour: Documents",
    "summary": "Contracts, vouchers, invoices, acts and letters of a booking as PDF",
    "version": "19.0.1.0.0",
    "category": "Services/Tour",
    "author": "Tour contributors",
    "website": "https://github.com/tour-suite/tour",
    "license": "LGPL-3",
    "depends": ["tour_booking"],
    "external_dependencies": {
        "python": ["num2words", "pypdfium2", "segno", "weasyprint", "zxing-cpp"]
    },
    "data": [
        # Security.
        "security/ir.model.access.csv",
        "security/tour_document_security.xml",
        # Papers.
        "report/paper_layout_templates.xml",
        "report/paper_sign_templates.xml",
        "report/paper_client_templates.xml",
        "report/paper_voucher_templates.xml",
        "report/paper_booking_sheet_templates.xml",
        "report/paper_invoice_templates.xml",
        "report/paper_supplier_request_templates.xml",
        "report/paper_act_templates.xml",
        "report/paper_contract_templates.xml",
        "report/paper_letter_templates.xml",
        # Data.
        "data/tour_document_template_data.xml",
        "data/mail_template_data.xml",
        # Views.
        "views/tour_document_views.xml",
        "views/tour_document_template_views.xml",
        "views/tour_document_default_views.xml",
        "views/tour_document_seal_views.xml",
        "views/sale_order_views.xml",
        "views/res_company_views.xml",
        "views/res_bank_views.xml",
        "views/res_partner_views.xml",
        "views/voucher_page_templates.xml",
        "views/tour_document_menus.xml",  # Last: names the actions above.
    ],
}
