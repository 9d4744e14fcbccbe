"""How a booking was rated, for staff; and what keeps its rating the client's own."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.tour_billing.models.account_move import STAFF

STARS = [(str(number), "★" * number + "☆" * (5 - number)) for number in range(1, 6)]
# Odoo keeps these on what is rated, where who may write it could write them, too.
RATING_FIELDS = frozenset(
    {
        "rating_ids",
        "rating_last_feedback",
        "rating_last_image",
        "rating_last_text",
        "rating_last_value",
    }
)


class SaleOrder(models.Model):
    _name = "sale.order"
    # The mixin first: it is a thread itself, as a booking is one already.
    _inherit = ["rating.mixin", "sale.order"]

    rating_stars = fields.Selection(
        selection=STARS,
        string="Client's rating",
        compute="_compute_rating_stars",
        store=True,
        compute_sudo=True,
        groups=STAFF,
    )

    @api.depends("rating_last_value")
    def _compute_rating_stars(self):
        for order in self:
            value = round(order.rating_last_value)
            order.rating_stars = str(value) if value else False

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("is_tour_booking"):
                self._check_no_rating(vals)
        return super().create(vals_list)

    def write(self, vals):
        if RATING_FIELDS & vals.keys():
            # Whoever may not write is told just that.
            self.check_access("write")
            if any(self.mapped("is_tour_booking")):
                self._check_no_rating(vals)
        return super().write(vals)

    @api.model
    def _check_no_rating(self, vals):
        if RATING_FIELDS & vals.keys():
            raise AccessError(
                self.env._(
                    "How a booking is rated follows from what its client says, and "
                    "is not written."
                )
            )

    # === Buttons === #

    def action_view_rating(self):
        """Open what the client said."""
        self.ensure_one()
        self.check_access("read")
        rating = self.env["rating.rating"].search([("tour_order_id", "=", self.id)])
        form = self.env.ref("tour_rating.rating_rating_view_form")
        return {
            "type": "ir.actions.act_window",
            "res_model": "rating.rating",
            "res_id": rating.id,
            "views": [(form.id, "form")],
        }
