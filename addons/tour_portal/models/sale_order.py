from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_tour_path(self):
        """Where the client sees his booking."""
        self.ensure_one()
        return f"/my/tour/bookings/{self.id}"

    def _compute_access_url(self):
        """Lead clients from mails to our page of their booking."""
        super()._compute_access_url()
        for order in self:
            if order.is_tour_booking:
                order.access_url = order._get_tour_path()

    def _mark_tour_read(self):
        """The user has looked at these bookings: nothing of them is news to him."""
        self.env["tour.portal.mark"]._read_by_user(self)
