from odoo import api, fields, models


class TourSupplierAnswer(models.Model):
    """What a supplier answered to a request, by his private link."""

    _name = "tour.supplier.answer"
    _description = "Supplier's answer"
    _order = "id desc"

    document_id = fields.Many2one(
        comodel_name="tour.document",
        string="Request",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    order_id = fields.Many2one(
        related="document_id.order_id",
        store=True,
        string="Booking",
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    supplier_id = fields.Many2one(
        comodel_name="res.partner", required=True, readonly=True, index=True
    )
    link_id = fields.Many2one(
        comodel_name="tour.link",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    kind = fields.Selection(
        selection=[
            ("confirmed", "Confirmed"),
            ("refused", "Refused"),
            ("proposed", "Proposed other"),
        ],
        string="Answer",
        required=True,
        readonly=True,
    )
    date = fields.Datetime(
        default=fields.Datetime.now, required=True, readonly=True, index=True
    )
    person = fields.Char(string="Answered by", readonly=True)
    numbers = fields.Char(string="Confirmation", readonly=True)
    text = fields.Text(string="Words", readonly=True)
    date_from = fields.Date(string="Proposed from", readonly=True)
    date_to = fields.Date(string="Proposed to", readonly=True)
    price = fields.Monetary(string="Proposed price", readonly=True)
    currency_id = fields.Many2one(related="order_id.currency_id")
    content_hash = fields.Char(
        required=True, readonly=True, help="Of what was asked, as it was then."
    )

    # One answer to what was asked: also when two send one at once.
    _once = models.UniqueIndex(
        "(document_id, content_hash)", "This request was answered already."
    )

    @api.depends("kind", "supplier_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for answer in self:
            # In sudo: the supplier's name, for who sees the answer.
            name = answer.sudo().supplier_id.name
            answer.display_name = f"{name}: {kinds.get(answer.kind, '')}"

    def _describe(self):
        """The answer in one text, for notes and messages."""
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        dates = " – ".join(
            fields.Date.to_string(day) for day in (self.date_from, self.date_to) if day
        )
        price = self.currency_id.format(self.price) if self.price else ""
        parts = (kinds[self.kind], self.numbers, dates, price, self.text, self.person)
        return "; ".join(filter(None, parts))

    def action_open_order(self):
        """Open the booking that was answered."""
        self.ensure_one()
        return self.order_id.get_formview_action()
