"""What a client's lists are found by, where his pages are, and that he has read."""

from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from ..portal_lists import SCOPES


def _index(fname, scope):
    """Bookings of one client or user in one scope, newest first."""
    states = ", ".join(f"'{state}'" for state in SCOPES[scope])
    return models.Index(
        f"({fname}, date_order DESC, id DESC)"
        f" WHERE is_tour_booking IS TRUE AND booking_state IN ({states})"
        f" AND {fname} IS NOT NULL"
    )


class SaleOrder(models.Model):
    _inherit = "sale.order"

    portal_client_id = fields.Many2one(
        comodel_name="res.partner",
        related="partner_id.commercial_partner_id",
        store=True,
        precompute=True,
        string="Client company",
        help="Whose bookings a curator sees together.",
        # Of a booking the client himself is tracked.
        tracking=False,
    )
    client_read_on = fields.Datetime(
        string="Client looked at it on",
        compute="_compute_client_read_on",
        groups="tour_partner.tour_group_staff",
    )

    # A list of a client is an index, or a few of them merged.
    _portal_working_client_idx = _index("portal_client_id", "working")
    _portal_working_user_idx = _index("client_user_id", "working")
    _portal_working_partner_idx = _index("partner_id", "working")
    _portal_finished_client_idx = _index("portal_client_id", "finished")
    _portal_finished_user_idx = _index("client_user_id", "finished")
    _portal_finished_partner_idx = _index("partner_id", "finished")
    _portal_archive_client_idx = _index("portal_client_id", "archive")
    _portal_archive_user_idx = _index("client_user_id", "archive")
    _portal_archive_partner_idx = _index("partner_id", "archive")
    # What waits for an answer of the client is little.
    _portal_awaiting_idx = models.Index(
        "(portal_client_id) WHERE booking_state = 'awaiting_client'"
    )
    _portal_confirmation_idx = models.Index(
        "(portal_client_id) WHERE needs_client_confirmation IS TRUE"
    )

    def _auto_init(self):
        """Fill the column of the client at once: there may be a million orders."""
        if not column_exists(self.env.cr, "sale_order", "portal_client_id"):
            create_column(self.env.cr, "sale_order", "portal_client_id", "int4")
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE sale_order booking
                       SET portal_client_id = client.commercial_partner_id
                      FROM res_partner client
                     WHERE client.id = booking.partner_id
                    """
                )
            )
        return super()._auto_init()

    def _compute_client_read_on(self):
        read_on = dict(
            self.env["tour.portal.mark"]
            # In sudo: who may read the booking may know that its client did.
            .sudo()
            ._read_group([("order_id", "in", self.ids)], ["order_id"], ["read_on:max"])
        )
        read_on = {order.id: moment for order, moment in read_on.items()}
        for order in self:
            order.client_read_on = read_on.get(order.id, False)

    def _get_tour_path(self):
        """Where the client sees his booking."""
        self.ensure_one()
        return f"/my/tour/bookings/{self.id}"

    def _compute_access_url(self):
        """Lead clients from mails to our page of their booking."""
        result = super()._compute_access_url()
        for order in self:
            if order.is_tour_booking:
                order.access_url = order._get_tour_path()
        return result

    def _mark_tour_read(self):
        """The user has looked at these bookings: nothing of them is news to him."""
        self.env["tour.portal.mark"]._read_by_user(self)
