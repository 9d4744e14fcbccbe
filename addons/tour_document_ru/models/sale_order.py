from odoo import models
from odoo.fields import Domain

from ..kinds import VAT_KINDS

# Which invoice a paper is made of, while it is made; set here only.
MOVE_KEY = "tour_document_ru_move_id"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _make_documents(self, kind, templates=None):
        """Make one VAT invoice, or transfer document, for each posted invoice."""
        if kind not in VAT_KINDS:
            return super()._make_documents(kind, templates)
        self.env["tour.document"].check_access("create")
        self._check_can_make(kind)
        documents = self.env["tour.document"]
        for order in self:
            moves = order._get_vat_moves()
            for move in moves or [moves]:
                order._hand_draft_over(kind, move)
                own = order.with_context(**{MOVE_KEY: move.id})
                documents |= super(SaleOrder, own)._make_documents(kind, templates)
        return documents.with_env(self.env)

    def _hand_draft_over(self, kind, move):
        """What was drafted before the invoice was posted becomes the invoice's."""
        documents = self.env["tour.document"].search(
            Domain("order_id", "=", self.id)
            & Domain("kind", "=", kind)
            & Domain("move_id", "in", (move.id, False))
        )
        drafts = documents.filtered(
            lambda d: not d.move_id and (d.vat_number or not d.locked)
        )
        if move and drafts and not documents.move_id:
            draft = drafts[:1]
            values = {"move_id": move.id}
            if not draft.vat_number:
                # In sudo: a date of the invoice.
                values["date"] = move.sudo().invoice_date
            # What was issued for the booking is locked, and is the invoice's still.
            draft._write_own(values)

    def _get_known_documents_domain(self, kind):
        domain = super()._get_known_documents_domain(kind)
        if kind in VAT_KINDS:
            domain &= Domain("move_id", "=", self.env.context.get(MOVE_KEY) or False)
        return domain

    def _prepare_document_vals(self, kind, order, line, partner):
        vals = super()._prepare_document_vals(kind, order, line, partner)
        move_id = self.env.context.get(MOVE_KEY)
        if kind in VAT_KINDS and move_id:
            move = self.env["account.move"].browse(move_id)
            # In sudo: a date of the invoice.
            vals.update(move_id=move.id, date=move.sudo().invoice_date)
        return vals

    def _get_document_problems(self, kind):
        """The forms need our tax id."""
        problems = super()._get_document_problems(kind)
        if kind in VAT_KINDS and not problems and not self.company_id.vat:
            problems.append(
                self.env._(
                    "%(company)s has no tax id. Fill it in on the company's form.",
                    company=self.company_id.name,
                )
            )
        return problems

    def _get_enclosed_documents(self):
        """A draft is not enclosed with anything."""
        documents = super()._get_enclosed_documents()
        return documents.filtered(lambda d: d.kind not in VAT_KINDS or d._is_issued())
