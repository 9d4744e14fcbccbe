"""What needs the client: changes to accept, papers, invoices, unread messages."""

from collections import defaultdict
from datetime import datetime, time

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import format_amount, format_date, format_datetime

from odoo.addons.tour_agreement.models.tour_document import AGREED_KINDS

# So many of each kind, and of all, are shown.
LIMIT = 10
SHOWN = 20
INVOICE_FIELDS = [
    "amount_residual",
    "create_date",
    "currency_id",
    "invoice_date_due",
    "name",
]
INVOICE_CONDITIONS = [
    "commercial_partner_id",
    "company_id",
    "invoice_date_due",
    "move_type",
    "payment_state",
    "state",
    "tour_booking_ids",
    "tour_shown_on",
]
WAITING_FIELDS = [
    "booking_state",
    "client_user_id",
    "is_tour_booking",
    "needs_client_confirmation",
    "partner_id",
    "portal_client_id",
]
_OWN = """
    booking.portal_client_id = ANY(%(clients)s) AND %(own)s
    AND booking.company_id = ANY(%(companies)s) AND booking.is_tour_booking IS TRUE
"""
# Of each kind: what waits, and of which booking. What names a booking is asked of the
# rules; what names none is for who it was found for.
# Invoices of bookings are for who sees one of them, when they were shown; others are
# for all users of the client, and are asked of the rules.
WAITING = (
    f"""
    SELECT 'change', booking.id, booking.id
      FROM sale_order booking
     WHERE booking.needs_client_confirmation IS TRUE AND {_OWN}
     ORDER BY booking.id LIMIT %(limit)s
    """,
    f"""
    SELECT 'paper', booking.id, booking.id
      FROM sale_order booking
     WHERE booking.booking_state = 'awaiting_client' AND {_OWN}
     ORDER BY booking.id LIMIT %(limit)s
    """,
    f"""
    SELECT 'offer', change.id, booking.id
      FROM tour_change change
      JOIN sale_order booking ON booking.id = change.order_id
     WHERE change.state = 'with_client' AND {_OWN}
     ORDER BY change.id LIMIT %(limit)s
    """,
    """
    SELECT 'message', mark.id, mark.order_id
      FROM tour_portal_mark mark
     WHERE mark.user_id = %(user)s AND mark.unread_since IS NOT NULL
       AND mark.message_count > 0
     ORDER BY mark.unread_since DESC, mark.order_id DESC LIMIT %(limit)s
    """,
    f"""
    SELECT 'invoice', move.id, booked.order_id
      FROM account_move move
 LEFT JOIN LATERAL (
           SELECT booking.id AS order_id
             FROM tour_booking_invoice_rel rel
             JOIN sale_order booking ON booking.id = rel.order_id
            WHERE rel.move_id = move.id AND {_OWN}
            LIMIT 1
           ) booked ON move.tour_shown_on IS NOT NULL
     WHERE move.commercial_partner_id = ANY(%(clients)s)
       AND move.move_type = 'out_invoice' AND move.state = 'posted'
       AND move.payment_state IN ('not_paid', 'partial')
       AND move.company_id = ANY(%(companies)s)
       AND (booked.order_id IS NOT NULL OR NOT EXISTS (
           SELECT FROM tour_booking_invoice_rel rel WHERE rel.move_id = move.id))
     ORDER BY move.invoice_date_due, move.id LIMIT %(limit)s
    """,
)


class TourPortalNeed(models.AbstractModel):
    """Add-ons add a source each: a method named in `_get_sources`.

    A source ``(self, limit)`` returns dicts of ``kind``, ``title``, ``text``, ``url``,
    ``deadline`` (a date or datetime, or False), ``date`` (a datetime) and ``order_id``
    (or False), for the user of the environment, up to ``limit``, the most urgent
    first, in a fixed number of queries. What it tells of is best found together with
    all the rest: by a statement that `_get_waiting_parts` adds.
    """

    _name = "tour.portal.need"
    _description = "What Needs the Client"

    @api.model
    def _get_sources(self):
        """Hook: names of the methods that tell what needs the client."""
        return [
            "_get_confirmation_needs",
            "_get_offer_needs",
            "_get_paper_needs",
            "_get_invoice_needs",
            "_get_message_needs",
        ]

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

    @api.model
    def _get_shown_needs(self):
        """The needs with their deadline in words, and whether it has passed."""
        now = fields.Datetime.now()
        today = fields.Date.context_today(self)
        shown = []
        for need in self._get_needs():
            deadline, text, late = need["deadline"], "", False
            if isinstance(deadline, datetime):
                text = format_datetime(self.env, deadline, dt_format="short")
                late = deadline < now
            elif deadline:
                text, late = format_date(self.env, deadline), deadline < today
            shown.append({**need, "deadline_text": text, "is_late": late})
        return shown

    # === Sources === #

    @api.model
    def _get_waiting_parts(self, **values):
        """Hook: statements that find what waits, as those of `WAITING`; what they read
        is flushed here.

        :param values: ``clients`` and ``companies`` (lists of ids), ``own`` (whether a
            ``booking`` is the user's), ``partner`` and ``user`` (his ids), ``limit``
        :rtype: list[SQL]
        """
        self.env["sale.order"].flush_model(WAITING_FIELDS)
        self.env["tour.change"].flush_model(["order_id", "state"])
        self.env["tour.portal.mark"].flush_model()
        self.env["account.move"].flush_model(INVOICE_CONDITIONS)
        return [SQL(part, **values) for part in WAITING]

    @api.model
    def _find_waiting(self, limit):
        """What waits for the user, the most urgent of each kind first, by one query.

        Little waits, and has indexes by the client.

        :return: by kind: pairs of what waits (a booking, request, invoice or mark) and
            of its booking, if it has one
        :rtype: dict[str, list[tuple[int, int]]]
        """
        orders = self.env["sale.order"]
        waiting = orders._get_tour_memo().waiting
        if limit in waiting:
            return waiting[limit]
        user = self.env.user
        own = SQL(
            "(booking.client_user_id = %s OR booking.partner_id = %s)",
            user.id,
            user.partner_id.id,
        )
        parts = self._get_waiting_parts(
            clients=orders._get_tour_companies(user.commercial_partner_id),
            companies=self.env.companies.ids,
            limit=limit,
            own=SQL("TRUE") if user.is_curator else own,
            partner=user.partner_id.id,
            user=user.id,
        )
        parts = [SQL("(%s)", part) for part in parts]
        rows = self.env.execute_query(SQL(" UNION ALL ").join(parts))
        # The rules are asked about all of them together.
        ids = list(dict.fromkeys(order_id for *_rest, order_id in rows if order_id))
        seen = set(orders.browse(ids)._filter_tour_seen().ids)
        found = waiting[limit] = defaultdict(list)
        for kind, found_id, order_id in rows:
            if order_id is None or order_id in seen:
                found[kind].append((found_id, order_id))
        return found

    @api.model
    def _browse_waiting(self, kind, model, limit):
        """What waits of that kind, which are records of ``model``."""
        found = self._find_waiting(limit)[kind]
        return self.env[model].browse([found_id for found_id, _order_id in found])

    @api.model
    def _get_confirmation_needs(self, limit):
        """What staff changed, and he accepts or declines."""
        orders = self._browse_waiting("change", "sale.order", limit)
        return [
            {
                "kind": "change",
                "title": self.env._(
                    "Booking %(number)s was changed",
                    number=one.order_id.name,
                ),
                "text": self.env._("Accept or decline what was changed."),
                "url": f"{one.order_id._get_tour_path()}#tour_changes",
                "deadline": one.deadline,
                "date": one.asked_on,
                "order_id": one.order_id.id,
            }
            for one in (orders and orders._get_pending_confirmation())
        ]

    @api.model
    def _get_offer_needs(self, limit):
        """Offers of changes that he asked for."""
        changes = self._browse_waiting("offer", "tour.change", limit)
        # In sudo: requests are for staff; the rules decided about their bookings.
        changes_sudo = changes.sudo()
        return [
            {
                "kind": "offer",
                "title": self.env._(
                    "Booking %(number)s: an offer for your request",
                    number=change.order_id.name,
                ),
                "text": self.env._("Accept or decline what it would cost."),
                "url": f"{change.order_id._get_tour_path()}#tour_changes",
                "deadline": False,
                "date": change.write_date,
                "order_id": change.order_id.id,
            }
            for change in changes_sudo
        ]

    @api.model
    def _get_paper_needs(self, limit):
        """Bookings that wait until he has agreed to their papers."""
        orders = self._browse_waiting("paper", "sale.order", limit)
        # By his own rights: the rules of papers say which are his.
        papers = self.env["tour.document"].search(
            [("order_id", "in", orders.ids), ("kind", "in", AGREED_KINDS)], order="id"
        )
        waiting = papers.filtered(
            lambda one: (
                one.is_open_to_client and one.version_number and not one.is_agreed
            )
        )
        return [
            {
                "kind": "paper",
                "title": self.env._(
                    "Booking %(number)s: confirm its papers", number=order.name
                ),
                "text": ", ".join(own.mapped("display_name")),
                "url": order._get_tour_path(),
                "deadline": False,
                "date": max(own.mapped("write_date")),
                "order_id": order.id,
            }
            for order, own in waiting.grouped("order_id").items()
        ]

    @api.model
    def _get_invoice_needs(self, limit):
        """Invoices to pay, what is due first."""
        found = self._find_waiting(limit)["invoice"]
        moves = self.env["account.move"]
        # By his own rights: the rules say who sees invoices of no booking.
        plain = moves.browse([move_id for move_id, order_id in found if not order_id])
        hidden = plain - plain._filtered_access("read")
        # In sudo: the others were shown to him, of bookings that the rules show him.
        moves_sudo = moves.browse([move_id for move_id, _order in found]).sudo()
        moves_sudo -= hidden.sudo()
        moves_sudo.fetch(INVOICE_FIELDS)
        return [
            {
                "kind": "invoice",
                "title": self.env._("Invoice %(number)s to pay", number=move.name),
                "text": format_amount(self.env, move.amount_residual, move.currency_id),
                "url": f"/my/invoices/{move.id}",
                "deadline": move.invoice_date_due,
                "date": move.create_date,
                "order_id": False,
            }
            for move in moves_sudo
        ]

    @api.model
    def _get_message_needs(self, limit):
        """Bookings with messages that he has not read, the newest first."""
        marks = self._browse_waiting("message", "tour.portal.mark", limit)
        # In sudo: he is told of his own marks, of bookings that the rules show him.
        marks_sudo = marks.sudo()
        return [
            {
                "kind": "message",
                "title": self.env._(
                    "Booking %(number)s: new messages", number=mark.order_id.name
                ),
                "text": self.env._("Not read yet: %(count)s", count=mark.message_count),
                "url": f"{mark.order_id._get_tour_path()}#tour_talk",
                "deadline": False,
                "date": mark.unread_since,
                "order_id": mark.order_id.id,
            }
            for mark in marks_sudo
        ]


def _to_datetime(value):
    """A day counts until its end; what has no deadline comes last."""
    if not value:
        return datetime.max
    if isinstance(value, datetime):
        return value
    return datetime.combine(fields.Date.to_date(value), time.max)
