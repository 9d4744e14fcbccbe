"""What needs the client: changes to accept, papers, invoices, unread messages."""

from datetime import datetime, time

from odoo import api, fields, models

# So many of each kind, and of all, are shown.
LIMIT = 10
SHOWN = 20


class TourPortalNeed(models.AbstractModel):
    """Add-ons add a source each: a method named in `_get_sources`.

    A source ``(self, limit)`` returns dicts of ``kind``, ``title``, ``text``, ``url``,
    ``deadline`` (a date or datetime, or False), ``date`` (a datetime) and ``order_id``
    (or False), for the user of the environment, up to ``limit``, the most urgent
    first, in a fixed number of queries.
    """

    _name = "tour.portal.need"
    _description = "What Needs the Client"

    @api.model
    def _get_sources(self):
        """Hook: names of the methods that tell what needs the client."""
        return []

    @api.model
    def _get_needs(self, limit=LIMIT):
        """What needs the user, what is due first; then the newest.

        :rtype: list[dict]
        """
        needs = []
        for name in self._get_sources():
            needs += getattr(self, name)(limit)
        needs.sort(key=lambda need: _to_datetime(need["date"]), reverse=True)
        needs.sort(key=lambda need: _to_datetime(need["deadline"]))
        return needs[:SHOWN]


def _to_datetime(value):
    """A day counts until its end; what has no deadline comes last."""
    if not value:
        return datetime.max
    if isinstance(value, datetime):
        return value
    return datetime.combine(fields.Date.to_date(value), time.max)
