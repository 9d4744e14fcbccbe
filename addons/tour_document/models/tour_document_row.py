from odoo import api, fields, models
from odoo.exceptions import AccessError

from .tour_document import OWN_WRITE


class TourDocumentRow(models.Model):
    """A sum of an invoice, that may be typed."""

    _name = "tour.document.row"
    _description = "Row of an Invoice"
    _order = "document_id, sequence, id"
    _rec_name = "part"

    document_id = fields.Many2one(
        comodel_name="tour.document", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(readonly=True)
    line_id = fields.Many2one(
        comodel_name="sale.order.line",
        string="Service",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    part = fields.Selection(
        selection=[
            ("service", "Service"),
            ("early", "Early arrival"),
            ("late", "Late departure"),
        ],
        string="Row",
        required=True,
        readonly=True,
    )
    currency_id = fields.Many2one(related="document_id.order_id.currency_id")
    amount = fields.Monetary(required=True)
    is_typed = fields.Boolean(
        string="Typed",
        readonly=True,
        help="Somebody typed the sum: it stays when the booking changes.",
    )

    _part_unique = models.Constraint(
        "UNIQUE(document_id, line_id, part)", "A service has one row of each part."
    )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_own_write()
        return super().create(vals_list)

    def write(self, vals):
        self._check_own_write()
        return super().write(vals)

    def unlink(self):
        self._check_own_write()
        return super().unlink()

    def _check_own_write(self):
        if self.env.context.get("tour_document_own_write") is not OWN_WRITE:
            raise AccessError(
                self.env._("Rows are edited on their document, all at once.")
            )

    def _as_own(self):
        """These rows as their document writes them.

        In sudo: `tour.document` has checked who asks for it.
        """
        return self.sudo().with_context(tour_document_own_write=OWN_WRITE)
