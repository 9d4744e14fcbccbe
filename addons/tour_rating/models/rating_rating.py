"""Ratings of bookings are Odoo's ratings that only the client writes."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

# Sentinel in the context of the writes that the client's act makes. An object cannot
# come through RPC, so that nobody else writes a rating of a booking: not staff, who
# may write ratings in Odoo, nor its public pages, which write them in sudo mode.
RATER = object()


class RatingRating(models.Model):
    _inherit = "rating.rating"

    # Beside Odoo's reference, for record rules and for one rating of a booking.
    tour_order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        readonly=True,
        copy=False,
        ondelete="cascade",
    )

    _tour_order_uniq = models.UniqueIndex(
        "(tour_order_id) WHERE tour_order_id IS NOT NULL",
        "This booking was rated already.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        ratings = super().create(vals_list)
        # Afterwards: what it is of can be given in more than one way.
        ratings._check_is_rater()
        return ratings

    def write(self, vals):
        # Whoever may not write is told just that.
        self.check_access("write")
        self._check_is_rater()
        result = super().write(vals)
        self._check_is_rater()
        return result

    def _check_is_rater(self):
        """Refuse to write ratings of bookings, unless it is the client's act."""
        if self.env.context.get("tour_rating_rater") is RATER:
            return
        if self._find_of_bookings():
            raise AccessError(
                self.env._(
                    "A booking is rated by its client, on the page of the booking. "
                    "Nobody else writes or changes a rating."
                )
            )

    def _find_of_bookings(self):
        # In sudo: what is rated need not be readable by who tries.
        ratings_sudo = self.sudo()
        # As it is stored: what was given past the reference counts, too.
        ours = ratings_sudo.filtered("tour_order_id")
        others = (ratings_sudo - ours).filtered(
            lambda rating: rating.res_model == "sale.order" and rating.res_id
        )
        if not others:
            return ours
        orders = self.env["sale.order"].sudo().browse(others.mapped("res_id"))
        bookings = set(orders.exists().filtered("is_tour_booking").ids)
        return ours | others.filtered(lambda rating: rating.res_id in bookings)
