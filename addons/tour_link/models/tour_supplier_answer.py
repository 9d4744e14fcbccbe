from odoo import api, fields, models
from odoo.exceptions import UserError


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
    state = fields.Selection(
        selection=[("open", "To treat"), ("treated", "Treated")],
        required=True,
        default="open",
        readonly=True,
        help="What was confirmed is entered at once. What was refused or proposed "
        "waits until somebody took care of it.",
    )
    treated_by_id = fields.Many2one(
        comodel_name="res.users", string="Treated by", readonly=True
    )
    treated_on = fields.Datetime(readonly=True)
    user_id = fields.Many2one(
        related="order_id.user_id", string="Responsible", store=True, index=True
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

    # === Treating === #

    def action_treat(self):
        """Say that these are taken care of, of the bookings that one may change.

        Note: pressed twice, nothing happens the second time.
        """
        self.check_access("read")
        self.order_id.check_access("write")
        # In sudo: answers are the supplier's words, which nobody edits.
        self.sudo()._treat(self.env.user)
        return True

    def _treat(self, user=None):
        """Take these off the list of what is to be done.

        :param user: who took care of them; nobody if it follows from something else
        """
        waiting = self.filtered(lambda answer: answer.state == "open")
        waiting.write(
            {
                "state": "treated",
                "treated_by_id": user.id if user else False,
                "treated_on": fields.Datetime.now(),
            }
        )

    def action_take_up(self):
        """Put these on the list again: they were not taken care of after all."""
        self.check_access("read")
        self.order_id.check_access("write")
        entered = self.filtered(lambda answer: answer.kind == "confirmed")
        if entered:
            raise UserError(
                self.env._(
                    "%(answers)s: what was confirmed is in the booking already. Open "
                    "the booking to change it.",
                    answers=", ".join(entered.mapped("display_name")),
                )
            )
        # In sudo, as above.
        self.sudo().write(
            {"state": "open", "treated_by_id": False, "treated_on": False}
        )
        return True

    def action_open_order(self):
        """Open the booking that was answered."""
        self.ensure_one()
        return self.order_id.get_formview_action()
