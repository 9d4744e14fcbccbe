"""What the lists of bookings show and sort by, stored, and its indexes."""

from odoo import api, fields, models

from .sale_order import STAFF

BOOKING = "WHERE is_tour_booking"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    client_name = fields.Char(related="partner_id.name", store=True, precompute=True)
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
    search_text = fields.Char(
        compute="_compute_search_text",
        store=True,
        index="trigram",
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

    # The order of every list, and of each column that a list can be sorted by.
    _booking_date_idx = models.Index(f"(date_order DESC, id DESC) {BOOKING}")
    _booking_created_idx = models.Index(f"(create_date DESC, id DESC) {BOOKING}")
    _booking_updated_idx = models.Index(f"(write_date DESC, id DESC) {BOOKING}")
    _booking_name_idx = models.Index(f"(name) {BOOKING}")
    _booking_client_name_idx = models.Index(f"(client_name) {BOOKING}")
    _booking_amount_idx = models.Index(f"(amount_total) {BOOKING}")
    _booking_from_idx = models.Index(f"(service_date_from) {BOOKING}")
    _booking_to_idx = models.Index(f"(service_date_to) {BOOKING}")
    _booking_state_idx = models.Index(
        f"(booking_state, date_order DESC, id DESC) {BOOKING}"
    )
    _booking_user_idx = models.Index(f"(user_id, date_order DESC, id DESC) {BOOKING}")
    # The client's own list.
    _booking_client_user_idx = models.Index(
        f"(client_user_id, date_order DESC) {BOOKING}"
    )
    # `_archive_bookings` walks along it; the queues 'unread', 'refunds' are short.
    _booking_finished_idx = models.Index(
        "(service_date_to, id) WHERE booking_state IN "
        "('done', 'cancelled', 'cancelled_penalty', 'refused')"
    )
    _booking_unread_idx = models.Index("(id) WHERE client_unread_count > 0")
    _booking_refund_idx = models.Index("(refund_state) WHERE refund_state IS NOT NULL")

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
            order.search_text = " ".join(dict.fromkeys(filter(None, words)))

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
        """Lines that are services, as opposed to notes and ordinary lines."""
        return self.order_line.filtered("service_type_id")
