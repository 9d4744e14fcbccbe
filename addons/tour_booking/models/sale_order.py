from odoo import api, fields, models

from ..booking_states import PHONE_HIDDEN

STAFF = "tour_partner.tour_group_staff"
# Who sees bookings, and so their guests: roles, and clients their own. Salespeople who
# have none of the roles go on with ordinary orders, and must not stumble over guests.
SEES_BOOKINGS = (
    "tour_partner.tour_group_manager_own,tour_partner.tour_group_accountant,"
    "tour_partner.tour_group_director,base.group_portal"
)
SEES_HISTORY = SEES_BOOKINGS.removesuffix(",base.group_portal")
# What no client is told, over RPC either: he has a status of his own. Not by `groups`,
# since the views of staff, which depend on these, would have to repeat them all over.
INNER_FIELDS = {
    "booking_color",
    "booking_state",
    "counts_in_hotel_statistics",
    "counts_in_turnover",
    "penalty_from",
    "process_tags",
    "statistic_nights",
}


class SaleOrder(models.Model):
    """A booking is a sale order with ``is_tour_booking``; its lines are services."""

    _name = "sale.order"
    # `rating.mixin` first: it comes before the `mail.thread` that orders have already.
    _inherit = ["rating.mixin", "sale.order"]

    is_tour_booking = fields.Boolean(string="Is a booking", readonly=True)
    # Status, written by `_move_to` only. The client is shown his own status for it.
    booking_state = fields.Selection(
        selection="_selection_booking_state",
        string="Booking status",
        readonly=True,
        copy=False,
    )
    client_status_id = fields.Many2one(
        comodel_name="tour.client.status",
        compute="_compute_client_status_id",
        compute_sudo=True,
        string="Client's status",
    )
    status_event_ids = fields.One2many(
        comodel_name="tour.booking.event",
        inverse_name="order_id",
        string="Status history",
        readonly=True,
        groups=SEES_HISTORY,
    )
    # People.
    client_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Client's user",
        domain=[("share", "=", True)],
        index="btree_not_null",
        help="The user of the client who ordered, and sees the booking.",
    )
    created_by_client = fields.Boolean(readonly=True, copy=False)
    consignee_id = fields.Many2one(
        comodel_name="res.partner",
        domain="[('parent_id', '=', partner_id), ('type', '=', 'consignee')]",
        index="btree_not_null",
    )
    company_group_id = fields.Many2one(
        comodel_name="tour.company.group",
        related="partner_id.commercial_partner_id.company_group_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        string="Group of companies",
    )
    client_phone = fields.Char(compute="_compute_client_phone", compute_sudo=True)
    guest_ids = fields.One2many(
        comodel_name="tour.guest",
        inverse_name="order_id",
        string="Guests",
        readonly=True,
        groups=SEES_BOOKINGS,
    )
    internal_note = fields.Text(groups=STAFF, copy=False)
    # Penalty.
    penalty_from = fields.Selection(
        selection=[("hotel", "Hotel"), ("us", "Us")],
        string="Penalty from",
        copy=False,
    )
    penalty_when = fields.Selection(
        selection=[("before", "Before arrival"), ("during", "During the stay")],
        copy=False,
    )
    penalty_amount = fields.Monetary(copy=False)
    nights_stayed = fields.Integer(copy=False)
    # Money beside the services.
    acquiring_cost = fields.Monetary(copy=False, groups=STAFF)
    bill_ids = fields.Many2many(
        comodel_name="account.move",
        relation="tour_order_bill_rel",
        column1="order_id",
        column2="move_id",
        string="Supplier bills",
        domain=[("move_type", "in", ("in_invoice", "in_refund"))],
        copy=False,
        groups=STAFF,
    )

    def _has_field_access(self, field, operation):
        """Keep from clients what is between us."""
        if field.name in INNER_FIELDS and not self.env.su and self.env.user.share:
            return False
        return super()._has_field_access(field, operation)

    def _selection_booking_state(self):
        return self.env["tour.booking.status"]._get_selection()

    @api.depends("booking_state")
    def _compute_client_status_id(self):
        wordings = self.env["tour.booking.status"]._get_wordings(self.env.lang)
        for order in self:
            wording = wordings.get(order.booking_state)
            order.client_status_id = wording.client_status_id if wording else False

    @api.depends("booking_state", "client_user_id", "partner_id")
    def _compute_client_phone(self):
        """The client's phone, once the booking is accepted (BKG-15)."""
        for order in self:
            client = order.client_user_id.partner_id or order.partner_id
            hidden = not order.booking_state or order.booking_state in PHONE_HIDDEN
            order.client_phone = False if hidden else client.phone
