from odoo import api, fields, models

from .. import refund_letter


class TourDocumentTemplate(models.Model):
    _inherit = "tour.document.template"

    is_refund_letter = fields.Boolean(
        string="Refund of overpayment",
        help="A request to a supplier with this template is a letter that asks him to "
        "give money back.",
    )

    @api.model
    def _get_default(self, kind, company, partner=None):
        """A letter of refund is never what a new request is."""
        template = super()._get_default(kind, company, partner)
        if not template.is_refund_letter:
            return template
        return self.search(
            [
                ("kind", "=", kind),
                ("company_id", "in", (company.id, False)),
                ("is_refund_letter", "=", False),
            ],
            limit=1,
        )

    @api.model
    def _get_refund_template(self, company):
        """The template of letters of refund; empty if there is none any more."""
        return self.search(
            [
                ("kind", "=", "supplier_request"),
                ("company_id", "in", (company.id, False)),
                ("is_refund_letter", "=", True),
            ],
            limit=1,
        )

    def _get_view_key(self):
        """A letter of refund has a design of its own."""
        # In sudo: only an administrator chooses the view, everybody is drawn by it.
        if self.is_refund_letter and not self.sudo().view_key:
            return "tour_correction.paper_refund_letter"
        return super()._get_view_key()

    def _present(self, facts):
        """Say what has to be given back; the preview says so of a made-up booking."""
        paper = super()._present(facts)
        if self.is_refund_letter:
            currency = facts["currency"]
            paper["refund"] = refund_letter.present(
                facts.get("refund") or refund_letter.SAMPLE,
                currency["code"],
                facts["lang"],
                currency.get("decimals", 2),
            )
        return paper
