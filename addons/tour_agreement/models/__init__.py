from . import (
    sale_order,
    tour_agreement,
    tour_document,
)
