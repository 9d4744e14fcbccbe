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
