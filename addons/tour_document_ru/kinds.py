"""The kinds of paper that this add-on brings."""

from odoo.addons.tour_document.kinds import register_kind

KIND_NAMES = [
    ("vat_invoice", "VAT invoice"),
    ("upd", "Universal transfer document"),
]
VAT_KINDS = tuple(code for code, _name in KIND_NAMES)

for _code in VAT_KINDS:
    register_kind(
        _code,
        view="tour_document_ru.paper_vat",
        audience="client",
        unit="booking",
        prices="client",
        open_when_done=True,
        is_enclosed=True,
    )
