"""What clients' users have read of their bookings, and what is news to them."""

from odoo import api, fields, models
from odoo.tools import SQL


class TourPortalMark(models.Model):
    """When a client's user last looked at a booking, and since when it has news.

    News are messages and files of staff, and changes of the status that he is shown.
    A row is made when there is news, or when he looks; written here only, by SQL, so
    that a booking is not changed by being read.
    """

    _name = "tour.portal.mark"
    _description = "What a Client Has Read of a Booking"
    _rec_name = "order_id"
    _order = "id desc"

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Client's user",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    read_on = fields.Datetime(string="Last looked at", readonly=True)
    unread_since = fields.Datetime(string="News since", readonly=True)
    message_count = fields.Integer(string="New messages", readonly=True)

    _user_order_uniq = models.Constraint(
        "UNIQUE(user_id, order_id)", "There is one mark of a user on a booking."
    )
    # His news, the latest first.
    _unread_idx = models.Index(
        "(user_id, unread_since DESC, order_id DESC) WHERE unread_since IS NOT NULL"
    )

    @api.model
    def _read_by_user(self, orders):
        """The user has looked at ``orders``: none of them has news for him."""
        if not orders or not self.env.user.share or self.env.user._is_public():
            return
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO tour_portal_mark AS mark (
                    user_id, order_id, read_on, message_count,
                    create_uid, write_uid, create_date, write_date
                )
                SELECT %(uid)s, id, NOW() AT TIME ZONE 'UTC', 0, %(uid)s, %(uid)s,
                       NOW() AT TIME ZONE 'UTC', NOW() AT TIME ZONE 'UTC'
                  FROM sale_order
                 WHERE id = ANY(%(ids)s)
                 ORDER BY id
                ON CONFLICT (user_id, order_id) DO UPDATE
                SET read_on = EXCLUDED.read_on,
                    write_date = EXCLUDED.write_date,
                    unread_since = NULL,
                    message_count = 0
                """,
                uid=self.env.uid,
                ids=list(orders.ids),
            )
        )
        self.invalidate_model()
