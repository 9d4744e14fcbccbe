"""What watches bookings: whoever changes them, others learn what they were before.

A write of a booking, its services or its guests, and all the writes nested in it, make
one *watch*. Before the first of them `_take_snapshots` is asked for views of the
bookings concerned; after the outermost, `_follow_changes` is told them. Add-ons extend
both, and take views of those bookings only that matter to them, so that ordinary work
costs nothing. New bookings and moves from status to status are not watched.
"""

from contextlib import contextmanager

from odoo import api, models


class Watch:
    """A watch under way. It is handed down in the context, as an object: none can come
    through RPC, and nothing can pass by the watch that way."""

    __slots__ = ("before", "is_open", "seen")

    def __init__(self):
        self.before = {}
        self.seen = set()
        self.is_open = True


# Handed down while bookings are made: what is nested in that is no change.
CREATING = Watch()


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === Hooks === #

    def _take_snapshots(self, vals):
        """Hook: views of these bookings before they are changed.

        Override to add yours, by a name of your own, and only for bookings that matter
        to you; in a fixed number of queries. Runs in sudo, in the language of the user.

        :param vals: what will be written on the bookings themselves; None if it is
            their services or guests that change
        :return: {booking's id: {name: plain data}}
        :rtype: dict[int, dict]
        """
        return {}

    def _follow_changes(self, before):
        """Hook: these bookings may have changed; compare with what they are now.

        Called once, after the outermost write, with the user's own rights, and only
        if there is a snapshot. Override to follow up, and call super.

        :param dict before: what `_take_snapshots` returned, for each of ``self``
        """

    # === The watch === #

    @api.model
    def _get_watch(self):
        watch = self.env.context.get("tour_booking_watch")
        return watch if isinstance(watch, Watch) and watch.is_open else None

    @contextmanager
    def _watching(self, vals=None):
        """Watch these bookings while they are changed.

        Yields what the context of the change has to hold.

        :param vals: see `_take_snapshots`
        """
        watch = self._get_watch()
        if watch is CREATING:
            yield {}
            return
        # In sudo: whether a booking is watched does not depend on who changes it.
        bookings = self.sudo().filtered("is_tour_booking")
        if not bookings:
            yield {}
            return
        if watch:
            bookings._add_to_watch(watch, vals)
            yield {}
            return
        watch = Watch()
        bookings._add_to_watch(watch, vals)
        try:
            yield {"tour_booking_watch": watch}
        finally:
            watch.is_open = False
        if watch.before:
            orders = self.browse(watch.before).exists()
            orders._follow_changes(
                {order.id: watch.before[order.id] for order in orders}
            )

    def _add_to_watch(self, watch, vals):
        if vals and "order_line" in vals:
            vals = None
        orders = self.filtered(lambda order: order.id not in watch.seen)
        if not orders:
            return
        if vals is None:
            # Asked for all there is, so that nothing nested in this is asked again.
            watch.seen.update(orders.ids)
        for order_id, views in orders._take_snapshots(vals).items():
            if views:
                watch.before[order_id] = views | watch.before.get(order_id, {})
