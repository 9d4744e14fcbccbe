"""What is changed of bookings, by whom and when: for who has the same one open."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

# Where a transaction gathers what it changes, until it ends.
PENDING = "tour_booking.edits"
# Nobody has a form open for longer; the count of edits itself stays.
KEPT_DAYS = 14
VACUUM_SIZE = 10000


class TourBookingEdit(models.Model):
    """One transaction's changes of a booking, its services and guests.

    Rows are gathered while a transaction runs and written in one statement at its
    end, with the count of edits of each booking: whatever the number of writes, it
    costs one query. The count is moved on the booking's own row, so that of two who
    save at once, the database makes one try again.
    """

    _name = "tour.booking.edit"
    _description = "Edit of a booking"
    _order = "id desc"
    _log_access = False

    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    number = fields.Integer(required=True, readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users", readonly=True, ondelete="set null", index=True
    )
    date = fields.Datetime(required=True, readonly=True)
    field_names = fields.Json(readonly=True)

    # What `_get_conflicts` looks for.
    _order_number_idx = models.Index("(order_id, number)")
    # What the vacuum looks for.
    _date_idx = models.Index("(date)")

    @api.model
    def _note(self, orders, names):
        """Note that this transaction changes ``names`` of ``orders``.

        :param names: names of fields with their model, as ``tour.guest/last_name``
        """
        precommit = self.env.cr.precommit
        if PENDING not in precommit.data:
            precommit.data[PENDING] = {}
            # In sudo: nobody has the right to write the log himself.
            precommit.add(self.sudo()._flush_pending)
        pending = precommit.data[PENDING]
        for order_id in orders.ids:
            pending.setdefault(order_id, (self.env.uid, set()))[1].update(names)

    @api.model
    def _forget(self, orders):
        """Leave out what was noted of ``orders``: they are new, nobody has them."""
        pending = self.env.cr.precommit.data.get(PENDING)
        for order_id in orders.ids if pending else ():
            pending.pop(order_id, None)

    @api.model
    def _flush_pending(self):
        """Count the edits of this transaction, and log them."""
        pending = self.env.cr.precommit.data.pop(PENDING, None)
        if not pending:
            return
        rows = SQL(", ").join(
            SQL(
                "(%s, %s, %s::jsonb)",
                order_id,
                user_id,
                fields.Json().convert_to_column(sorted(names), self),
            )
            for order_id, (user_id, names) in sorted(pending.items())
        )
        self.env.cr.execute(
            SQL(
                """
                WITH edit (order_id, user_id, field_names) AS (VALUES %s),
                counted AS (
                    UPDATE sale_order
                       SET edit_count = COALESCE(edit_count, 0) + 1
                      FROM edit
                     WHERE sale_order.id = edit.order_id
                 RETURNING sale_order.id, edit_count
                )
                INSERT INTO tour_booking_edit
                       (order_id, number, user_id, date, field_names)
                SELECT counted.id, counted.edit_count, edit.user_id,
                       NOW() AT TIME ZONE 'UTC', edit.field_names
                  FROM counted
                  JOIN edit ON edit.order_id = counted.id
                """,
                rows,
            )
        )

    @api.autovacuum
    def _gc_old(self):
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        old = self.search([("date", "<", limit)], limit=VACUUM_SIZE, order="date")
        old.unlink()
        return len(old), len(old) == VACUUM_SIZE
