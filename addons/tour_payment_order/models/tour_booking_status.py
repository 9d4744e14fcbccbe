from odoo import api, fields, models


class TourBookingStatus(models.Model):
    _inherit = "tour.booking.status"

    takes_payment_orders = fields.Boolean(
        string="Takes payment orders",
        help="Payment orders that arrive are attached to bookings in this status by "
        "themselves. People attach them to any.",
    )

    @api.model
    def _get_payment_order_states(self):
        """Codes of the statuses in which a booking takes payment orders by itself."""
        # In sudo: how the suite works does not depend on who acts.
        return self.sudo().search([("takes_payment_orders", "=", True)]).mapped("state")
