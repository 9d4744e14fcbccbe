"""What clients' users have read of their bookings, and what is news to them."""

from odoo import api, fields, models
from odoo.tools import SQL

# Who ordered, who is the client himself, and the curators of the client's company and
# of those above it: whom the record rules show the booking.
NEWS_SQL = """
    WITH RECURSIVE above AS (
        SELECT booking.id AS order_id, client.id AS partner_id, client.parent_id
          FROM sale_order booking
          JOIN res_partner client ON client.id = booking.partner_id
         WHERE booking.id = ANY(%(ids)s)
         UNION
        SELECT above.order_id, parent.id, parent.parent_id
          FROM above JOIN res_partner parent ON parent.id = above.parent_id
    ), seen AS (
        SELECT id AS order_id, client_user_id AS user_id
          FROM sale_order
         WHERE id = ANY(%(ids)s) AND client_user_id IS NOT NULL
         UNION
        SELECT booking.id, client.id
          FROM sale_order booking
          JOIN res_users client ON client.partner_id = booking.partner_id
         WHERE booking.id = ANY(%(ids)s)
         UNION
        SELECT above.order_id, curator.id
          FROM res_users curator
          JOIN res_partner person ON person.id = curator.partner_id
          JOIN above ON above.partner_id = person.commercial_partner_id
         WHERE curator.is_curator
    )
    INSERT INTO tour_portal_mark AS mark (
        user_id, order_id, unread_since, message_count,
        create_uid, write_uid, create_date, write_date
    )
    SELECT seen.user_id, seen.order_id, NOW() AT TIME ZONE 'UTC', %(messages)s,
           %(uid)s, %(uid)s, NOW() AT TIME ZONE 'UTC', NOW() AT TIME ZONE 'UTC'
      FROM seen
      JOIN res_users reader ON reader.id = seen.user_id
     WHERE reader.active AND reader.share
       AND reader.partner_id IS DISTINCT FROM %(author)s
     ORDER BY seen.user_id, seen.order_id
    ON CONFLICT (user_id, order_id) DO UPDATE
    SET unread_since = EXCLUDED.unread_since,
        message_count = mark.message_count + EXCLUDED.message_count,
        write_date = EXCLUDED.write_date
"""


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
            ),
            # Two windows at once: Odoo repeats the second, which is no error.
            log_exceptions=False,
        )
        self.invalidate_model()

    @api.model
    def _get_news(self, orders):
        """Which of ``orders`` have news for the user.

        :return: {booking's id: number of new messages}
        :rtype: dict[int, int]
        """
        # In sudo: he is told of his own marks.
        marks_sudo = self.sudo().search_fetch(
            [
                ("user_id", "=", self.env.uid),
                ("order_id", "in", orders.ids),
                ("unread_since", "!=", False),
            ],
            ["order_id", "message_count"],
        )
        return {mark.order_id.id: mark.message_count for mark in marks_sudo}

    @api.model
    def _add_news(self, orders, messages=0, author=None):
        """There is news of ``orders`` for those users of the clients who see them.

        By one statement for any number of bookings and users.

        :param int messages: how many messages came in
        :param author: the partner whose doing it is, and so no news to him
        """
        if not orders:
            return
        self.env["sale.order"].flush_model(["client_user_id", "partner_id"])
        self.env["res.partner"].flush_model(["commercial_partner_id", "parent_id"])
        self.env["res.users"].flush_model(["active", "is_curator", "partner_id"])
        self.flush_model()
        self.env.cr.execute(
            SQL(
                NEWS_SQL,
                ids=list(orders.ids),
                author=author.id if author else None,
                messages=messages,
                uid=self.env.uid,
            )
        )
        self.invalidate_model()

    @api.autovacuum
    def _gc_news(self):
        """What went to the archive is no news to anybody."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE tour_portal_mark AS mark
                   SET unread_since = NULL, message_count = 0
                  FROM sale_order
                 WHERE sale_order.id = mark.order_id
                   AND mark.unread_since IS NOT NULL
                   AND sale_order.booking_state = 'archive'
                """
            )
        )
        self.invalidate_model()
