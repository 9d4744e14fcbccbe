"""Which papers were made, and by which templates.

A row of papers: status, client and hotel of a booking, and its papers by their kind,
with the template they are made by if that is not the default one.
"""

_T = "tour_document.tour_document_template_"

PAPERS = [
    ("accepted", "agency_ru", "admiral", {"contract": "", "invoice": ""}),
    (
        "booked",
        "cable",
        "quay",
        {"guarantee_letter": "", "invoice": f"{_T}invoice_parts"},
    ),
    ("done", "steel", "quay", {"invoice": "", "service_act": "", "cover_sheet": ""}),
    (
        "done",
        "harbour_logistics",
        "garden",
        {"invoice": "", "apartment_act": "", "cover_sheet": ""},
    ),
    ("cancelled", "polar", "gate", {"cancellation_letter": ""}),
    ("cancelled_penalty", "harbour", "ring", {"cancellation_accounting": ""}),
]

# Templates that clients have of their own: agents see their commission.
TEMPLATES = {"agency_ru": f"{_T}invoice_commission"}

# Templates with signature and stamp.
SEALED = [
    f"{_T}{name}"
    for name in (
        "contract",
        "guarantee_letter",
        "invoice",
        "invoice_commission",
        "invoice_parts",
        "service_act",
        "apartment_act",
    )
]
