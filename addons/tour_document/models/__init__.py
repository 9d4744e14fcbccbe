from . import (
    res_bank,
    res_company,
    res_partner,
    sale_order,
    sale_order_client_change,
    sale_order_facts,
    sale_order_line,
    tour_document,
    tour_document_draw,
    tour_document_mail,
    tour_document_template,
    tour_document_version,
)

# These extend the models above.
from . import (
    tour_document_code,
    tour_document_voucher,
    tour_voucher_check,
    tour_document_default,
    tour_document_facts,
    tour_document_row,
    tour_document_invoice,
    tour_document_seal,
)
