"""What the lists of bookings show and sort by, stored."""

from odoo import api, fields, models

from odoo.addons.tour_hotel.hotel_rules import search_text
from odoo.addons.tour_hotel.search_field import SearchText

from .sale_order import STAFF


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # Lists are sorted by names; a join with the contacts would sort them all anew.
    client_name = fields.Char(
        string="Name of the client",
        related="partner_id.name",
        store=True,
        precompute=True,
        # A contact's name is tracked there; here who it is is tracked already.
        tracking=False,
    )
    manager_name = fields.Char(
        string="Name of the manager",
        related="user_id.name",
        store=True,
        precompute=True,
        # A contact's name is tracked there; here who it is is tracked already.
        tracking=False,
    )
    service_summary = fields.Char(
        string="Services", compute="_compute_service_columns", store=True
    )
    service_date_from = fields.Date(
        string="First day", compute="_compute_service_columns", store=True
    )
    service_date_to = fields.Date(
        string="Last day", compute="_compute_service_columns", store=True
    )
    has_accommodation = fields.Boolean(compute="_compute_service_columns", store=True)
    has_transfer = fields.Boolean(compute="_compute_service_columns", store=True)
    has_other_service = fields.Boolean(compute="_compute_service_columns", store=True)
    lacks_supplier = fields.Boolean(
        compute="_compute_lacks_supplier", store=True, groups=STAFF
    )
    search_text = SearchText(
        compute="_compute_search_text",
        store=True,
        help="Number, client, guests, hotels and cities, for the search box.",
        groups=STAFF,
    )
    invoices_paid = fields.Boolean(
        compute="_compute_invoice_columns",
        store=True,
        help="All invoices of the booking are paid.",
    )
    service_costs = fields.Monetary(
        string="Costs",
        compute="_compute_service_costs",
        store=True,
        groups=STAFF,
        help="Discounts of the client and costs of acquiring.",
    )
    refund_amount = fields.Monetary(compute="_compute_invoice_columns", store=True)
    refund_state = fields.Selection(
        selection=[
            ("asked", "Asked for"),
            ("in_progress", "In progress"),
            ("done", "Done"),
        ],
        compute="_compute_invoice_columns",
        store=True,
    )
    client_unread_count = fields.Integer(
        string="Unread", readonly=True, copy=False, groups=STAFF
    )
    has_supplier_bill = fields.Boolean(
        compute="_compute_has_supplier_bill", store=True, groups=STAFF
    )
    payment_order_state = fields.Selection(
        selection=[
            ("none", "None"),
            ("attached", "Attached"),
            ("confirmed", "Confirmed"),
        ],
        compute="_compute_payment_order_state",
        store=True,
        groups=STAFF,
    )
    has_penalty = fields.Boolean(compute="_compute_penalty_columns", store=True)

    # === Computes === #

    @api.depends(
        "is_tour_booking",
        "order_line.date_from",
        "order_line.date_to",
        "order_line.hotel_id",
        "order_line.route",
        "order_line.sequence",
        "order_line.service_text",
        "order_line.service_type_id",
    )
    def _compute_service_columns(self):
        for order in self:
            lines = order._get_services()
            starts = [line.date_from for line in lines if line.date_from]
            ends = [line.date_to or line.date_from for line in lines if line.date_from]
            kinds = set(lines.mapped("service_kind"))
            order.service_summary = "; ".join(
                line._prepare_service().short_name for line in lines
            )
            order.service_date_from = min(starts, default=False)
            order.service_date_to = max(ends, default=False)
            order.has_accommodation = "accommodation" in kinds
            order.has_transfer = "transfer" in kinds
            order.has_other_service = "other" in kinds

    @api.depends("order_line.service_type_id", "order_line.supplier_id")
    def _compute_lacks_supplier(self):
        for order in self:
            order.lacks_supplier = any(
                not line.supplier_id for line in order._get_services()
            )

    @api.depends(
        "is_tour_booking",
        "name",
        "client_name",
        "client_order_ref",
        "guest_ids.full_name",
        "order_line.hotel_id",
        "order_line.route",
    )
    def _compute_search_text(self):
        """All that the search box looks for, in one column with one index.

        A hotel that is renamed keeps its old name here: the booking was made under it.
        """
        for order in self:
            if not order.is_tour_booking:
                order.search_text = False
                continue
            lines = order._get_services()
            words = [order.name, order.client_order_ref, order.client_name]
            words += lines.guest_ids.mapped("full_name")
            words += lines.hotel_id.mapped("name")
            words += lines.city_id.mapped("name")
            words += lines.mapped("route")
            order.search_text = search_text(*words)

    @api.depends(
        "order_line.invoice_lines.move_id.state",
        "order_line.invoice_lines.move_id.payment_state",
        "order_line.invoice_lines.move_id.amount_total",
    )
    def _compute_invoice_columns(self):
        for order in self:
            moves = order.order_line.invoice_lines.move_id.filtered(
                lambda move: move.state != "cancel"
            )
            invoices = moves.filtered(lambda move: move.move_type == "out_invoice")
            refunds = moves.filtered(lambda move: move.move_type == "out_refund")
            order.invoices_paid = bool(invoices) and invoices._is_tour_paid()
            order.refund_amount = sum(refunds.mapped("amount_total"))
            if not refunds:
                order.refund_state = False
            elif "draft" in refunds.mapped("state"):
                order.refund_state = "asked"
            else:
                order.refund_state = (
                    "done" if refunds._is_tour_paid() else "in_progress"
                )

    @api.depends("acquiring_cost", "order_line.client_discount_amount")
    def _compute_service_costs(self):
        for order in self:
            discounts = sum(order.order_line.mapped("client_discount_amount"))
            order.service_costs = order.acquiring_cost + discounts

    @api.depends("bill_ids.state")
    def _compute_has_supplier_bill(self):
        for order in self:
            order.has_supplier_bill = any(
                bill.state != "cancel" for bill in order.bill_ids
            )

    @api.depends("order_line.payment_order_state")
    def _compute_payment_order_state(self):
        """Confirmed when every payment order that is attached is confirmed."""
        for order in self:
            states = set(order.order_line.mapped("payment_order_state"))
            states -= {False, "none"}
            if not order.is_tour_booking:
                order.payment_order_state = False
            elif "attached" in states:
                order.payment_order_state = "attached"
            else:
                order.payment_order_state = "confirmed" if states else "none"

    def _get_services(self):
        """Lines that are services, as opposed to notes and ordinary lines.

        They are read together with those of all bookings at hand.
        """
        lines = self.order_line
        return lines.filtered("service_type_id").with_prefetch(lines._prefetch_ids)
