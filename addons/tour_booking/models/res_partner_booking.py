"""Bookings that depend on a company: as client, as supplier (PPL-7)."""

from odoo import fields, models

BOOKING_GROUPS = (
    "tour_partner.tour_group_manager_own,"
    "tour_partner.tour_group_accountant,"
    "tour_partner.tour_group_director"
)


class ResPartner(models.Model):
    _inherit = "res.partner"

    client_booking_count = fields.Integer(
        string="Number of bookings",
        compute="_compute_booking_counts",
        groups=BOOKING_GROUPS,
    )
    supplier_booking_count = fields.Integer(
        string="Number of supplied bookings",
        compute="_compute_booking_counts",
        groups=BOOKING_GROUPS,
    )

    def _compute_booking_counts(self):
        """Count for the companies with their contacts, as the buttons open them."""
        Order = self.env["sale.order"]
        for partner in self:
            saved = partner._origin
            partner.client_booking_count = saved and Order.search_count(
                saved._get_client_booking_domain()
            )
            partner.supplier_booking_count = saved and Order.search_count(
                saved._get_supplier_booking_domain()
            )

    def _get_client_booking_domain(self):
        return [("is_tour_booking", "=", True), ("partner_id", "child_of", self.ids)]

    def _get_supplier_booking_domain(self):
        return [
            ("is_tour_booking", "=", True),
            ("order_line", "any", [("supplier_id", "child_of", self.ids)]),
        ]

    def action_view_client_bookings(self):
        """Open the bookings that the company made."""
        return self._open_bookings(self._get_client_booking_domain())

    def action_view_supplier_bookings(self):
        """Open the bookings that the company supplies."""
        return self._open_bookings(self._get_supplier_booking_domain())

    def _open_bookings(self, domain):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_booking.sale_order_action_booking"
        )
        context = {"default_is_tour_booking": True}
        if len(self) == 1 and self.is_tour_client:
            context["default_partner_id"] = self.id
        return {**action, "domain": domain, "context": context}
