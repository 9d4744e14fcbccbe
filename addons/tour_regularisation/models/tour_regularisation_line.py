from odoo import api, fields, models

from ..regularisation_states import LINE_STATES


class TourRegularisationLine(models.Model):
    """What becomes of one booking: the preview first, the report later.

    Written by the regularisation only: nobody has the right to.
    """

    _name = "tour.regularisation.line"
    _description = "Regularised Booking"
    _order = "regularisation_id desc, id"
    _rec_name = "number"

    regularisation_id = fields.Many2one(
        comodel_name="tour.regularisation",
        required=True,
        ondelete="cascade",
        index=True,
    )
    number = fields.Char(required=True)
    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        ondelete="set null",
        index="btree_not_null",
    )
    partner_id = fields.Many2one(related="order_id.partner_id", string="Client")
    state = fields.Selection(selection=LINE_STATES, required=True, index=True)
    message = fields.Text(string="Reason")
    service_count = fields.Integer(string="Services")
    details = fields.Json(help="Rows of what changes, as the diff of views has them.")
    diff = fields.Json(string="What changes", compute="_compute_diff")
    seen = fields.Json(help="What the preview was made of.")
    done_on = fields.Datetime(string="Changed on")
    # Sums of the services concerned.
    currency_id = fields.Many2one(comodel_name="res.currency")
    sale_before = fields.Monetary()
    sale_after = fields.Monetary()
    sale_difference = fields.Monetary(
        compute="_compute_differences", store=True, string="Difference of sale"
    )
    purchase_before = fields.Monetary()
    purchase_after = fields.Monetary()
    purchase_difference = fields.Monetary(
        compute="_compute_differences", store=True, string="Difference of purchase"
    )
    margin_before = fields.Monetary()
    margin_after = fields.Monetary()

    # A booking comes once, however often its number was pasted.
    _order_uniq = models.UniqueIndex(
        "(regularisation_id, order_id)",
        "This booking is in the regularisation already.",
    )

    @api.depends("details")
    @api.depends_context("lang")
    def _compute_diff(self):
        for line in self:
            line.diff = line.order_id._render_diff(line.details or [])

    @api.depends("sale_before", "sale_after", "purchase_before", "purchase_after")
    def _compute_differences(self):
        for line in self:
            line.sale_difference = line.sale_after - line.sale_before
            line.purchase_difference = line.purchase_after - line.purchase_before

    def action_open_booking(self):
        """Open the booking."""
        self.ensure_one()
        return self.order_id.action_open_booking() if self.order_id else True
