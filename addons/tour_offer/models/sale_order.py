from odoo import api, fields, models
from odoo.exceptions import AccessError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    offer_id = fields.Many2one(
        "tour.offer",
        string="Offer",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="tour_partner.tour_group_staff",
    )

    # However often an offer is accepted at once: one booking.
    _tour_offer_uniq = models.UniqueIndex(
        "(offer_id) WHERE offer_id IS NOT NULL",
        "This offer has become a booking already.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("offer_id") for vals in vals_list):
            self._check_offer_write()
        return super().create(vals_list)

    def write(self, vals):
        if "offer_id" in vals:
            self._check_offer_write()
        return super().write(vals)

    def _check_offer_write(self):
        """An offer becomes a booking by being accepted, and in no other way."""
        if not self.env.su:
            raise AccessError(
                self.env._(
                    "Which offer a booking comes from is not written. Accept the offer."
                )
            )

    def action_view_offer(self):
        self.ensure_one()
        return self.offer_id.get_formview_action()
