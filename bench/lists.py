"""The list of bookings: each filter and each order that is offered.

Beside it stands plain Odoo's own list of orders as it opens: the same number of rows of
the same orders, newest first and unfiltered, which is the least that a list costs
there, with as many columns. And the same page and count as SQL by hand.
"""

from datetime import date

from lxml import etree

from odoo.tools.safe_eval import safe_eval

from . import list_sql, odoo_process
from .measure import Result, details, interleave, middle, middle_ratio

LIMIT = 80
# The web client counts no further, unless a list says so itself, and adds one.
COUNT_LIMIT = 10000
ORDER = "date_order desc, id desc"
ACTION = "tour_booking.sale_order_action_booking"
PLAIN_VIEW = "sale.view_order_tree"
# Stored columns that plain lists are widened by until they are as wide as ours.
MORE = ("origin", "reference", "note", "create_date", "write_date", "locked")
MORE += ("validity_date", "payment_term_id", "pricelist_id", "invoice_status")


class List:
    """A list as the web client reads it.

    :param database: where
    :param specification: what is read of each record
    :param context: the action's
    :param count_limit: up to where it counts what it found
    """

    def __init__(self, database, specification, context, count_limit=COUNT_LIMIT):
        self.database = database
        self.specification = specification
        self.context = context
        self.count_limit = count_limit + 1

    def read(self, domain, order=ORDER):
        context = {"bin_size": True, **self.context}
        with odoo_process.environment(self.database, "bench0", **context) as env:
            return env["sale.order"].web_search_read(
                domain,
                self.specification,
                order=order,
                limit=LIMIT,
                count_limit=self.count_limit,
            )


def measure(pair, quick):
    """Yield a result for each filter and order: the answer, and its database time."""
    screen = Screen(pair)
    rounds = 3 if quick else 7
    for name, domain, order, hand in screen.cases():
        yield from _compare(screen, rounds, name, domain, order, hand)


def _compare(screen, rounds, name, domain, order, hand):
    found = screen.ours.read(domain, order)
    functions = {
        "ours": lambda: screen.ours.read(domain, order),
        "plain": lambda: screen.plain.read([]),
    }
    if hand:
        functions["hand"] = lambda: screen.by_hand(hand)
    taken = interleave(rounds, **functions)
    result = {
        "note": f"{found['length']:,} found",
        "details": details(**taken),
    }
    yield Result(
        group="lists: whole answer against plain Odoo's list",
        name=name,
        ours=middle(taken["ours"]),
        plain=middle(taken["plain"]),
        ratio=middle_ratio(taken["ours"], taken["plain"]),
        target=1.0,
        **result,
    )
    yield Result(
        group="lists: database time against SQL by hand",
        name=name,
        ours=middle(taken["ours"], "sql"),
        limit=middle(taken["hand"], "sql") if hand else None,
        ratio=middle_ratio(taken["ours"], taken["hand"], "sql") if hand else None,
        target=3.0 if hand else None,
        note=result["note"] if hand else "no SQL by hand: add it to list_sql.py",
    )


class Screen:
    """The two lists, and all that can be asked of ours."""

    def __init__(self, pair):
        with odoo_process.environment(pair.tour, "bench0") as env:
            self.uid = env.uid
            action = env.ref(ACTION).sudo()
            self.domain = safe_eval(action.domain, {"uid": env.uid})
            context = safe_eval(action.context, {"uid": env.uid})
            context = {k: v for k, v in context.items() if "search_default" not in k}
            list_view = next(v for v in action.view_ids if v.view_mode == "list")
            model = env["sale.order"].with_context(**context)
            views = model.get_views(
                [(list_view.view_id.id, "list"), (action.search_view_id.id, "search")]
            )
            self.fields = views["models"]["sale.order"]["fields"]
            self.arch = etree.fromstring(views["views"]["list"]["arch"])
            self.search = etree.fromstring(views["views"]["search"]["arch"])
            specification = _specification(self.arch, self.fields)
            known = env["sale.order"]._fields
            self.stored = [
                name
                for name in specification
                if known[name].store and known[name].column_type
            ]
        with odoo_process.environment(pair.plain, "bench0") as env:
            plain = _plain_specification(env, len(specification))
        limit = int(self.arch.get("count_limit") or COUNT_LIMIT)
        self.ours = List(pair.tour, specification, context, limit)
        self.plain = List(pair.plain, plain, {})

    def by_hand(self, hand):
        with odoo_process.environment(self.ours.database) as env:
            limit = self.ours.count_limit
            return list_sql.run(env.cr, self.stored, limit, uid=self.uid, **hand)

    def cases(self):
        """Yield name, domain, order, and the words of the SQL by hand."""
        yield "all, newest first", self.domain, ORDER, {"condition": "TRUE"}
        for node in self.search.iter("field"):
            if node.getparent().tag != "searchpanel":
                yield from self._field_case(node)
        for node in self.search.iter("filter"):
            yield from self._filter_case(node)
        yield from self._combined()
        for node in self.arch.iterchildren("field"):
            if node.get("column_invisible") not in ("1", "True"):
                yield from self._order_cases(node.get("name"))

    def _field_case(self, node):
        name, label = node.get("name"), node.get("string")
        # By the label first: a field may be there twice.
        key = list_sql.ALIASES.get(label) or list_sql.ALIASES.get(name) or name
        value, condition = list_sql.SEARCHES.get(key, ("a", None))
        if node.get("filter_domain"):
            domain = safe_eval(node.get("filter_domain"), {"self": value})
        else:
            domain = [(name, node.get("operator") or "ilike", value)]
        hand = condition and {"condition": condition}
        title = f"{label or self.fields[name]['string']}: {value}"
        yield title, self.domain + domain, ORDER, hand

    def _filter_case(self, node):
        name, label = node.get("name"), node.get("string")
        if node.get("date"):
            column = node.get("date")
            first = date.today().replace(day=1).isoformat()
            domain = [(column, ">=", first), (column, "<=", "today")]
            condition = f"o.{column} >= '{first}' AND o.{column} < CURRENT_DATE + 1"
            yield (
                f"{label}: this month",
                self.domain + domain,
                ORDER,
                {"condition": condition},
            )
        elif node.get("domain"):
            domain = safe_eval(node.get("domain"), {"uid": self.uid})
            condition = list_sql.FILTERS.get(name)
            hand = condition and {"condition": condition}
            yield label, self.domain + domain, ORDER, hand

    def _combined(self):
        """Filters together, as favourites have them."""
        domain = [("booking_state", "!=", "archive"), ("partner_id", "ilike", "ветер")]
        domain += [
            ("service_date_from", ">=", "today -3m"),
            ("has_transfer", "=", True),
        ]
        condition = (
            "o.booking_state <> 'archive' AND o.has_transfer"
            " AND o.service_date_from >= CURRENT_DATE - interval '3 months'"
            " AND o.partner_id IN (SELECT id FROM res_partner"
            " WHERE unaccent(complete_name) ILIKE unaccent('%%ветер%%'))"
        )
        yield (
            "client + dates + kind, together",
            self.domain + domain,
            ORDER,
            {"condition": condition},
        )

    def _order_cases(self, name):
        info = self.fields[name]
        if not info.get("sortable"):
            return
        column = list_sql.ORDERS.get(name, f'o."{name}"')
        for direction in ("asc", "desc"):
            # The web client sorts by the column, then by the list's own order.
            order = f"{name} {direction}, {ORDER}"
            hand = {
                "condition": "TRUE",
                "order": f"{column} {direction}, o.date_order DESC, o.id DESC",
            }
            yield f"by {info['string']}, {direction}", self.domain, order, hand


def _specification(arch, fields):
    """What the web client asks of each record for a list."""
    specification = {}
    for node in arch.iterchildren("field"):
        name = node.get("name")
        kind = fields[name]["type"]
        if kind == "many2one":
            specification[name] = {"fields": {"display_name": {}}}
        elif kind in ("many2many", "one2many"):
            shown = {"display_name": {}, "color": {}} if name == "tag_ids" else {}
            specification[name] = {"fields": shown} if shown else {}
        else:
            specification[name] = {}
    return specification


def _plain_specification(env, width):
    """Plain Odoo's own list, made as wide as ours."""
    view = env.ref(PLAIN_VIEW)
    views = env["sale.order"].get_views([(view.id, "list")])
    fields = views["models"]["sale.order"]["fields"]
    arch = etree.fromstring(views["views"]["list"]["arch"])
    specification = _specification(arch, fields)
    for name in MORE:
        if len(specification) < width and name not in specification:
            specification[name] = {}
    return dict(list(specification.items())[:width])
