from odoo import fields, models

from .. import vat_form
from ..kinds import KIND_NAMES, VAT_KINDS


class TourDocumentTemplate(models.Model):
    _inherit = "tour.document.template"

    kind = fields.Selection(
        selection_add=KIND_NAMES, ondelete=dict.fromkeys(VAT_KINDS, "cascade")
    )

    def _present(self, facts):
        """Add the official form; a preview is made of the made-up booking."""
        paper = super()._present(facts)
        if facts["kind"] in VAT_KINDS:
            form = facts.get("vat_form") or vat_form.sample(facts)
            paper["form"] = vat_form.present(form, facts["kind"])
            paper["form"].update(self._get_form_seals(paper["issuer"], form))
        return paper

    def _get_form_seals(self, issuer, form):
        """Signatures above the names, in their order, and the stamp."""
        signatures = [issuer[who]["signature"] for who in ("signatory", "accountant")]
        if form["entrepreneur"]:
            signatures = ["", "", signatures[0]]
        return {"signatures": [*signatures, ""][:3], "stamp": issuer["stamp"]}
