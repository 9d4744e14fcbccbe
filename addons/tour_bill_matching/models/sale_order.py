"""Of each booking, whether its suppliers billed it, and too much of it (BIL-10)."""

from decimal import Decimal

from odoo import api, fields, models

from odoo.addons.tour_document.models.sale_order_facts import exact

from ..engine.spreading import judge, spread
from .sale_order_line import BILLING_STATES, STAFF


class SaleOrder(models.Model):
    _inherit = "sale.order"

    supplier_billed_amount = fields.Monetary(
        string="Billed by suppliers",
        compute="_compute_supplier_billing",
        store=True,
        groups=STAFF,
    )
    supplier_billing_difference = fields.Monetary(
        string="Billed too much",
        compute="_compute_supplier_billing",
        store=True,
        groups=STAFF,
        help="Less than nothing: so much is not billed yet.",
    )
    supplier_billing_state = fields.Selection(
        selection=BILLING_STATES,
        string="Billing",
        compute="_compute_supplier_billing",
        store=True,
        groups=STAFF,
        help="Over-billed as soon as one of its services is.",
    )
    supplier_billing_warning = fields.Char(
        compute="_compute_supplier_billing_warning", groups=STAFF
    )
    bill_match_ids = fields.One2many(
        comodel_name="tour.bill.match",
        inverse_name="order_id",
        string="What bills are for",
        readonly=True,
        groups=STAFF,
    )

    _booking_over_billed_idx = models.Index(
        "(date_order DESC, id DESC) INCLUDE (company_id) WHERE is_tour_booking IS TRUE"
        " AND supplier_billing_state IN ('over')"
    )

    @api.depends(
        "order_line.supplier_billed_amount",
        "order_line.supplier_billing_state",
        "order_line.supplier_to_bill",
    )
    def _compute_supplier_billing(self):
        for order in self:
            lines = order._get_services()
            places = order.currency_id.decimal_places or 2
            cost = exact(sum(lines.mapped("supplier_to_bill")), places)
            billed = exact(sum(lines.mapped("supplier_billed_amount")), places)
            allowance = order.company_id._get_bill_allowance(cost, order.currency_id)
            state = judge(cost, billed, allowance)
            if "over" in lines.mapped("supplier_billing_state"):
                state = "over"
            elif state == "billed" and "none" in lines.mapped("supplier_billing_state"):
                state = "partly"
            order.supplier_billed_amount = float(billed)
            order.supplier_billing_difference = float(billed - cost)
            order.supplier_billing_state = state or False

    @api.depends("supplier_billing_state", "order_line.supplier_billing_state")
    @api.depends_context("lang")
    def _compute_supplier_billing_warning(self):
        for order in self:
            over = order.order_line.filtered(
                lambda line: line.supplier_billing_state == "over"
            )
            order.supplier_billing_warning = (
                self.env._(
                    "Suppliers billed more than agreed: %(services)s.",
                    services="; ".join(
                        f"{line._prepare_service().short_name} "
                        f"+{line._format_over_billing()}"
                        for line in over
                    ),
                )
                if over
                else False
            )

    def _spread_penalty(self, lines):
        """What the hotel asks for cancelling, over the services as they cost."""
        self.ensure_one()
        services = self._get_services()
        rounding = Decimal(str(self.currency_id.rounding or 0.01))
        places = self.currency_id.decimal_places or 2
        parts = spread(
            exact(self.penalty_amount, places),
            [exact(line.supplier_due, places) for line in services],
            rounding,
        )
        for line, part in zip(services, parts, strict=True):
            if line in lines:
                line.supplier_to_bill = float(part)

    def action_view_reconciliation(self):
        """Open the bills of the booking, beside what they are for."""
        self.ensure_one()
        self.check_access("read")
        self.env["account.move"]._check_reads_bills()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_bill_matching.account_move_action_matching"
        )
        # In sudo: which bills; whether the user sees them is asked by their list.
        bills = self.sudo().bill_ids
        return {**action, "domain": [("id", "in", bills.ids)], "context": {}}
