from . import (
    sale_order,
    sale_order_vat,
    tour_document,
    tour_document_issue,
    tour_document_template,
)
