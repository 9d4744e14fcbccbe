"""Finding the bookings of a client's user, a page at a time.

The record rules say which he sees: his own, a curator those of his company and its
subsidiaries. Asked so, PostgreSQL would collect all of them and sort; so each of the
rule's ways to be seen is asked for by itself along an index of its own, and the first
rows of each are merged. The rules then decide about what was found.
"""

from collections import defaultdict
from datetime import UTC, datetime, time

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import format_amount, format_date

from odoo.addons.tour_hotel.hotel_rules import search_words

from ..portal_lists import PAGE_SIZE, SCOPES, Key, Memo, day_writer

# A client of more companies than these is asked for as a whole.
MAX_COMPANIES = 10
SHOWN_GUESTS = 3
# What the rules ask of a booking, and what a row shows.
ROW_FIELDS = [
    "amount_total",
    "booking_state",
    "client_user_id",
    "company_id",
    "create_date",
    "currency_id",
    "is_tour_booking",
    "name",
    "partner_id",
    "service_date_from",
    "service_date_to",
    "service_summary",
]
KINDS = {
    "accommodation": "has_accommodation",
    "transfer": "has_transfer",
    "other": "has_other_service",
}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === Whose === #

    @api.model
    def _get_tour_memo(self):
        memo = self.env.context.get("tour_portal_memo")
        return memo if isinstance(memo, Memo) else Memo()

    def _filter_tour_seen(self):
        """Those of these bookings that the rules show the user; each is asked for once
        in a request."""
        memo, uid = self._get_tour_memo(), self.env.uid
        seen = memo.seen
        if any((uid, one) not in seen for one in self.ids):
            ids = dict.fromkeys([*self.ids, *memo.ahead])
            new = self.browse([one for one in ids if (uid, one) not in seen])
            memo.ahead = set()
        else:
            new = self.browse()
        if new:
            # In sudo: what rules and rows ask for is read, and not all there is.
            new.sudo().fetch(ROW_FIELDS)
            shown = set(new._filtered_access("read").ids)
            seen.update({(uid, one): one in shown for one in new.ids})
        return self.browse([one for one in self.ids if seen[uid, one]])

    @api.model
    def _get_tour_ways(self):
        """Ways in which the user may see bookings: domains that have an index each.

        :rtype: list[Domain]
        """
        user = self.env.user
        if not user.is_curator:
            return [
                Domain("client_user_id", "=", user.id),
                Domain("partner_id", "=", user.partner_id.id),
            ]
        # His own are among those of the companies: all rules ask for these.
        companies = self._get_tour_companies(user.commercial_partner_id)
        if len(companies) > MAX_COMPANIES:
            return [Domain("portal_client_id", "in", companies)]
        return [Domain("portal_client_id", "=", one) for one in companies]

    @api.model
    def _get_tour_companies(self, client):
        """Ids of the client and of its subsidiaries, archived ones too."""
        companies = self._get_tour_memo().companies
        if client.id not in companies:
            companies[client.id] = self._query_tour_companies(client)
        return companies[client.id]

    @api.model
    def _query_tour_companies(self, client):
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE tree AS (
                    SELECT id, is_company FROM res_partner WHERE id = %(client)s
                     UNION
                    SELECT child.id, child.is_company
                      FROM res_partner child JOIN tree ON child.parent_id = tree.id
                )
                SELECT id FROM tree WHERE is_company OR id = %(client)s ORDER BY id
                """,
                client=client.id,
            )
        )
        return [row[0] for row in rows]

    @api.model
    def _get_tour_base_domain(self):
        """Bookings of the companies of ours that he deals with."""
        return Domain("is_tour_booking", "=", True) & Domain(
            "company_id", "in", self.env.companies.ids
        )

    # === What is searched for === #

    @api.model
    def _get_tour_search_domain(self, asked):
        """The conditions of a search.

        :param dict asked: ``words`` (number, reference, guests, client, hotel, city),
            ``kind`` (of service), ``created_from``, ``created_to``, ``service_from``,
            ``service_to`` (dates), each or none
        """
        domain = Domain.TRUE
        if search_words(asked.get("words")):
            domain &= Domain("search_text", "ilike", asked["words"])
        if flag := KINDS.get(asked.get("kind")):
            domain &= Domain(flag, "=", True)
        if day := asked.get("created_from"):
            domain &= Domain("create_date", ">=", self._get_tour_midnight(day))
        if day := asked.get("created_to"):
            end = self._get_tour_midnight(fields.Date.add(day, days=1))
            domain &= Domain("create_date", "<", end)
        # Any day of the booking within what is asked for.
        if day := asked.get("service_from"):
            domain &= Domain("service_date_to", ">=", day)
        if day := asked.get("service_to"):
            domain &= Domain("service_date_from", "<=", day)
        return domain

    @api.model
    def _get_tour_midnight(self, day):
        """The beginning of a day where the user is, in UTC."""
        local = self.env.tz.localize(datetime.combine(day, time.min))
        return local.astimezone(UTC).replace(tzinfo=None)

    # === A page === #

    @api.model
    def _find_tour_page(
        self, scopes, sort="newest", asked=None, after=None, size=None, later=False
    ):
        """A page of the user's bookings, without counting them.

        :param scopes: of `portal_lists.SCOPES`
        :param sort: of `portal_lists.SORTS`
        :param asked: see `_get_tour_search_domain`
        :param Key after: where the page before this one ended
        :param bool later: whether the caller asks the rules himself, by
            `_filter_tour_seen`, after others have
        :return: the bookings, and the key of the last if there are more
        :rtype: tuple
        """
        size = size or PAGE_SIZE
        domain = self._get_tour_base_domain()
        domain &= self._get_tour_search_domain(asked or {})
        # In sudo: the ways are those of the rules, which decide about what was found.
        finder = self.sudo()
        rows = []
        if sort == "unread" and (not after or after.news):
            rows = finder._find_tour_news(domain, scopes, after, size + 1)
            after = None
        if len(rows) <= size:
            more = finder._find_tour_rows(
                domain, scopes, sort, after, size + 1 - len(rows)
            )
            rows += more
        page = rows[:size]
        orders = self.browse([key.order_id for key in page])
        last = page[-1] if len(rows) > size else None
        if later:
            self._get_tour_memo().ahead.update(orders.ids)
            return orders, last
        return orders._filter_tour_seen(), last

    def _find_tour_rows(self, domain, scopes, sort, after, limit):
        """Merge the first rows of each way and scope."""
        order = "date_order asc, id asc"
        compare = SQL(">")
        if sort != "oldest":
            order, compare = "date_order desc, id desc", SQL("<")
        parts = []
        for way in self.with_env(self.env)._get_tour_ways():
            for scope in scopes:
                states = Domain("booking_state", "in", SCOPES[scope])
                query = self._search(domain & way & states, limit=limit, order=order)
                if sort == "unread":
                    query.add_where(SQL("NOT %s", self._is_tour_news(query)))
                if after:
                    query.add_where(
                        SQL(
                            "(sale_order.date_order, sale_order.id) %s (%s, %s)",
                            compare,
                            after.moment,
                            after.order_id,
                        )
                    )
                select = query.select(
                    SQL("sale_order.date_order AS moment"), SQL("sale_order.id AS id")
                )
                parts.append(SQL("(%s)", select))
        direction = SQL("ASC") if sort == "oldest" else SQL("DESC")
        rows = self.env.execute_query(
            SQL(
                "SELECT moment, id FROM (%(parts)s) AS found"
                " ORDER BY moment %(direction)s, id %(direction)s LIMIT %(limit)s",
                parts=SQL(" UNION ").join(parts),
                direction=direction,
                limit=limit,
            )
        )
        return [Key(False, moment, order_id) for moment, order_id in rows]

    def _is_tour_news(self, query):
        return SQL(
            "EXISTS (SELECT FROM tour_portal_mark AS mark"
            " WHERE mark.user_id = %s AND mark.order_id = sale_order.id"
            " AND mark.unread_since IS NOT NULL)",
            self.env.uid,
        )

    def _find_tour_news(self, domain, scopes, after, limit):
        """Bookings that have news for the user, the latest news first."""
        self.env["tour.portal.mark"].flush_model()
        states = [state for scope in scopes for state in SCOPES[scope]]
        ways = Domain.OR(self.with_env(self.env)._get_tour_ways())
        query = self._search(domain & ways & Domain("booking_state", "in", states))
        query.order = None
        query.add_join(
            "JOIN",
            "mark",
            "tour_portal_mark",
            SQL("mark.order_id = sale_order.id AND mark.user_id = %s", self.env.uid),
        )
        query.add_where(SQL("mark.unread_since IS NOT NULL"))
        if after:
            query.add_where(
                SQL(
                    "(mark.unread_since, mark.order_id) < (%s, %s)",
                    after.moment,
                    after.order_id,
                )
            )
        query.order = SQL("mark.unread_since DESC, mark.order_id DESC")
        query.limit = limit
        rows = self.env.execute_query(
            query.select(SQL("mark.unread_since"), SQL("mark.order_id"))
        )
        return [Key(True, moment, order_id) for moment, order_id in rows]

    # === What a row shows === #

    def _get_tour_rows(self):
        """What a list shows of each of these bookings, in a fixed number of queries.

        :rtype: list[dict]
        """
        # In sudo: a client may read neither statuses nor hotels; what he gets is
        # what is named here, and all of it is in `_client_view`, too.
        orders_sudo = self.sudo()
        wordings = self.env["tour.booking.status"]._get_wordings(self.env.lang)
        marks = self.env["tour.portal.mark"]._get_news(self)
        guests = self._get_tour_guest_names()
        write = self._get_tour_day_writer()
        # Who sees his own only knows who ordered them.
        names_orderer = self.env.user.is_curator
        if names_orderer:
            users_sudo = orders_sudo.client_user_id
            users_sudo.fetch(["partner_id"])
            users_sudo.partner_id.fetch(["name"])
        rows = []
        for order in orders_sudo:
            wording = wordings.get(order.booking_state)
            ends = (order.service_date_from, order.service_date_to)
            days = [write(day) for day in ends if day]
            names = guests.get(order.id, [])
            more = len(names) - SHOWN_GUESTS
            rows.append(
                {
                    "id": order.id,
                    "path": order._get_tour_path(),
                    "number": order.name,
                    "status": wording.client_name if wording else "",
                    "created_on": write(
                        fields.Datetime.context_timestamp(self, order.create_date)
                    ),
                    "services": order.service_summary or "",
                    "days": " – ".join(dict.fromkeys(days)),
                    "guests": ", ".join(names[:SHOWN_GUESTS])
                    + (f" +{more}" if more > 0 else ""),
                    "ordered_by": names_orderer
                    and order.client_user_id.partner_id.name,
                    "sum": format_amount(
                        self.env, order.amount_total, order.currency_id
                    ),
                    "news": order.id in marks,
                    "messages": marks.get(order.id, 0),
                }
            )
        return rows

    def _get_tour_guest_names(self):
        """Names of guests by booking, in one query.

        :rtype: dict[int, list[str]]
        """
        # In sudo: guests of bookings that he may see.
        guests_sudo = self.env["tour.guest"].sudo()
        found_sudo = guests_sudo.search_fetch(
            [("order_id", "in", self.ids)], ["order_id", "full_name"], order="id"
        )
        names = defaultdict(list)
        for guest in found_sudo:
            names[guest.order_id.id].append(guest.full_name)
        return names

    @api.model
    def _get_tour_day_writer(self):
        """A function that writes a day as the user's language does, and quickly."""
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        writer = day_writer(lang.date_format) if lang else None
        return writer or (lambda day: format_date(self.env, day))
