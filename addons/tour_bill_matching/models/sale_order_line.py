"""Of each service, what its supplier may bill and what he billed (BIL-10)."""

from odoo import api, fields, models
from odoo.tools.misc import format_amount

from odoo.addons.tour_document.models.sale_order_facts import exact

from ..engine.spreading import judge

STAFF = "tour_partner.tour_group_staff"
BILLING_STATES = [
    ("none", "Not billed"),
    ("partly", "Partly billed"),
    ("billed", "Billed"),
    ("over", "Over-billed"),
]


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    bill_match_ids = fields.One2many(
        comodel_name="tour.bill.match",
        inverse_name="service_id",
        string="Bills",
        readonly=True,
        groups=STAFF,
    )
    supplier_to_bill = fields.Monetary(
        string="To be billed",
        compute="_compute_supplier_to_bill",
        store=True,
        groups=STAFF,
        help="What the supplier may bill: what is due to him, or his penalty.",
    )
    supplier_billed_amount = fields.Monetary(
        string="Billed by the supplier",
        compute="_compute_supplier_billed_amount",
        store=True,
        groups=STAFF,
    )
    supplier_billing_state = fields.Selection(
        selection=BILLING_STATES,
        string="Billing",
        compute="_compute_supplier_billing_state",
        store=True,
        groups=STAFF,
    )
    supplier_billing_difference = fields.Monetary(
        string="Billed too much",
        compute="_compute_supplier_billing_state",
        store=True,
        groups=STAFF,
        help="Less than nothing: so much is not billed yet.",
    )

    # What may be billed yet, by supplier: what a bill is matched with.
    _unbilled_idx = models.Index(
        "(supplier_id, date_from) WHERE supplier_billing_state IN ('none', 'partly')"
    )

    @api.depends(
        "supplier_due",
        "service_type_id",
        "order_id.state",
        "order_id.booking_state",
        "order_id.penalty_from",
        "order_id.penalty_amount",
    )
    def _compute_supplier_to_bill(self):
        penalised = self.browse()
        for line in self:
            order = line.order_id
            # What came to nothing is owed by nobody, unless with a penalty.
            if not line.service_type_id or order.state == "cancel":
                line.supplier_to_bill = 0.0
            elif order._is_penalty_due():
                line.supplier_to_bill = 0.0
                penalised |= line
            else:
                line.supplier_to_bill = line.supplier_due
        for order in penalised.order_id:
            if order.penalty_from == "hotel":
                order._spread_penalty(penalised)

    @api.depends(
        "bill_match_ids.service_amount",
        "bill_match_ids.state",
        "bill_match_ids.move_id.payment_state",
        "bill_match_ids.move_id.state",
    )
    def _compute_supplier_billed_amount(self):
        for line in self:
            # In sudo: that bills stand is told with the sum.
            matches = line.sudo().bill_match_ids
            counted = matches.filtered(lambda match: match._counts())
            line.supplier_billed_amount = sum(counted.mapped("service_amount"))

    @api.depends("supplier_billed_amount", "supplier_to_bill")
    def _compute_supplier_billing_state(self):
        for line in self:
            cost, billed = line._get_billing()
            allowance = line.company_id._get_bill_allowance(cost, line.currency_id)
            line.supplier_billing_state = judge(cost, billed, allowance) or False
            line.supplier_billing_difference = float(billed - cost)

    def _get_billing(self):
        """What is to be billed and what was, exactly."""
        self.ensure_one()
        places = self.currency_id.decimal_places or 2
        return (
            exact(self.supplier_to_bill, places),
            exact(self.supplier_billed_amount, places),
        )

    def _format_over_billing(self):
        self.ensure_one()
        return format_amount(
            self.env, self.supplier_billing_difference, self.currency_id
        )
