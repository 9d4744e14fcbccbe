from odoo import models

HEAD = "tour_partner.tour_group_head"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _tell_of_new(self):
        """Tell the heads of clients' bookings that nobody could be given."""
        super()._tell_of_new()
        if self._is_mover() or not self.env.user.share:
            return
        for company, orders in self.grouped("company_id").items():
            if lost := orders.filtered(lambda order: not order.user_id):
                lost._tell_heads_of_new(company)

    def _tell_heads_of_new(self, company):
        # In sudo: a client books; who the heads are is not for him to know.
        heads_sudo = (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    ("all_group_ids", "in", self.env.ref(HEAD).ids),
                    ("company_ids", "in", company.ids),
                    ("share", "=", False),
                ]
            )
        )
        self.env["tour.notification.category"]._tell_users(
            "booking_untaken",
            heads_sudo,
            lambda env: env._(
                "%(orders)s: a client's booking that nobody takes",
                orders=self._get_names(),
            ),
            lambda env: env._(
                "No manager takes bookings of clients. Make somebody responsible, and "
                "say in the settings of users who may take bookings."
            ),
            self[0],
        )
