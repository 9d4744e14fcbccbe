from . import (
    res_company,
    res_partner,
    sale_order,
    tour_booklet,
    tour_booklet_item,
    tour_booklet_send,
    tour_document,
)
