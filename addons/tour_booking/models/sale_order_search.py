"""Searching and sorting bookings by the hundred thousand (BKG-20): indexes, and fields
that are searched in two steps.

An index serves a list only if its condition is in the query word for word, so that
conditions are written as the ORM writes them (`IS TRUE`). Each includes the company,
which the access rules ask for: a list counts what it found, and counts in the index
alone then, without reading bookings (5 ms in place of 30 for 10,000 of them).

Names of hotels, managers, tags … are looked up first and the bookings by their ids
after that: with ids PostgreSQL knows how many to expect, with a text it guesses, and
walks all bookings, newest first, in the hope of a page full of them (1 s when there are
none). For the same reason a few bookings with such a hotel are named by their ids.
"""

import re
from datetime import date, datetime

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.tour_hotel.search_field import words_index

from .sale_order import STAFF

BOOKING = "INCLUDE (company_id) WHERE is_tour_booking IS TRUE"
SERVICE = "INCLUDE (order_id, company_id) WHERE"
NEWEST = "(date_order DESC, id DESC)"

# Up to so many bookings are named by their ids.
FEW = 5000
# Fields that are searched by a name of theirs, which is looked up first.
NAMED = ("company_group_id", "partner_id", "tag_ids", "user_id")
# What services name, by the field of the booking that it is searched by.
SERVICE_FIELDS = {
    "city_ids": "city_id",
    "hotel_ids": "hotel_id",
    "service_type_ids": "service_type_id",
    "supplier_ids": "supplier_id",
}
# Bookings know themselves which kinds of services they have.
KIND_FLAGS = {
    "accommodation": "has_accommodation",
    "transfer": "has_transfer",
    "other": "has_other_service",
}
# Columns of the list that are sorted by another of the same meaning.
SORTED_BY = {"partner_id": "client_name", "user_id": "manager_name"}
# Columns that nobody sorts bookings by; each would need an index of its own.
UNSORTABLE = (
    "client_order_ref",
    "client_unread_count",
    "company_group_id",
    "company_id",
    "payment_order_state",
    "rating_last_value",
    "refund_amount",
    "refund_state",
    "service_costs",
    "service_summary",
)
# Days that a search spans at most for the bookings of those days to be taken first.
NARROW = 100
DATE_FIELDS = {"create_date", "service_date_from", "service_date_to", "write_date"}


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    # With all that looking up bookings by their services reads of a line.
    _hotel_idx = models.Index(f"(hotel_id) {SERVICE} hotel_id IS NOT NULL")
    _city_idx = models.Index(f"(city_id) {SERVICE} city_id IS NOT NULL")
    _supplier_idx = models.Index(f"(supplier_id) {SERVICE} supplier_id IS NOT NULL")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    client_order_ref = fields.Char(index="trigram")
    hotel_ids = fields.Many2many(
        comodel_name="tour.hotel",
        string="Hotels",
        compute="_compute_service_relations",
        search="_search_hotel_ids",
        groups=STAFF,
    )
    city_ids = fields.Many2many(
        comodel_name="tour.city",
        string="Cities",
        compute="_compute_service_relations",
        search="_search_city_ids",
        groups=STAFF,
    )
    supplier_ids = fields.Many2many(
        comodel_name="res.partner",
        string="Suppliers",
        compute="_compute_supplier_ids",
        search="_search_supplier_ids",
        groups=STAFF,
    )
    service_type_ids = fields.Many2many(
        comodel_name="tour.service.type",
        string="Service types",
        compute="_compute_service_relations",
        search="_search_service_type_ids",
        groups=STAFF,
    )

    _words_idx = models.Index(words_index)
    # The order of every list, and of each column that it can be sorted by.
    _booking_date_idx = models.Index(f"{NEWEST} {BOOKING}")
    _booking_created_idx = models.Index(f"(create_date DESC, id DESC) {BOOKING}")
    _booking_updated_idx = models.Index(f"(write_date DESC, id DESC) {BOOKING}")
    # For bookings that are named by their ids.
    _booking_id_idx = models.Index(f"(id) {BOOKING}")
    _booking_name_idx = models.Index(f"(name) {BOOKING}")
    _booking_client_name_idx = models.Index(f"(client_name) {BOOKING}")
    # Many bookings share a manager or a status, so that their order matters too.
    _booking_manager_up_idx = models.Index(
        f"(manager_name, date_order DESC, id DESC) {BOOKING}"
    )
    _booking_manager_down_idx = models.Index(
        f"(manager_name DESC, date_order DESC, id DESC) {BOOKING}"
    )
    _booking_state_down_idx = models.Index(
        f"(booking_state DESC, date_order DESC, id DESC) {BOOKING}"
    )
    _booking_amount_idx = models.Index(f"(amount_total) {BOOKING}")
    _booking_from_idx = models.Index(f"(service_date_from) {BOOKING}")
    _booking_to_idx = models.Index(f"(service_date_to) {BOOKING}")
    # The queues: by status, without the archive, of a manager, of a client's user.
    _booking_state_idx = models.Index(
        f"(booking_state, date_order DESC, id DESC) {BOOKING}"
    )
    _booking_live_idx = models.Index(
        f"{NEWEST} {BOOKING} AND (booking_state NOT IN ('archive') "
        "OR booking_state IS NULL)"
    )
    # Counted without a look at the bookings themselves.
    _booking_company_idx = models.Index(f"(company_id) {BOOKING}")
    _booking_live_company_idx = models.Index(
        f"(company_id) {BOOKING} AND (booking_state NOT IN ('archive') "
        "OR booking_state IS NULL)"
    )
    _booking_user_idx = models.Index(f"(user_id, date_order DESC, id DESC) {BOOKING}")
    _booking_client_user_idx = models.Index(
        f"(client_user_id, date_order DESC) {BOOKING}"
    )
    # What is rare among many is found by an index of its own.
    _booking_transfer_idx = models.Index(f"{NEWEST} {BOOKING} AND has_transfer IS TRUE")
    _booking_other_idx = models.Index(
        f"{NEWEST} {BOOKING} AND has_other_service IS TRUE"
    )
    _booking_unread_idx = models.Index(
        f"{NEWEST} {BOOKING} AND client_unread_count > 0"
    )
    _booking_refund_idx = models.Index(
        f"{NEWEST} {BOOKING} AND refund_state IS NOT NULL"
    )
    _booking_penalty_idx = models.Index(f"{NEWEST} {BOOKING} AND has_penalty IS TRUE")
    _booking_by_client_idx = models.Index(
        f"{NEWEST} {BOOKING} AND created_by_client IS TRUE"
    )
    _booking_lacks_supplier_idx = models.Index(
        f"{NEWEST} {BOOKING} AND lacks_supplier IS TRUE"
    )
    _booking_paid_idx = models.Index(f"{NEWEST} {BOOKING} AND invoices_paid IS TRUE")
    _booking_unpaid_idx = models.Index(
        f"{NEWEST} {BOOKING} AND invoices_paid IS NOT TRUE"
    )
    _booking_no_bill_idx = models.Index(
        f"{NEWEST} {BOOKING} AND has_supplier_bill IS NOT TRUE"
    )
    # `_archive_bookings` walks along it.
    _booking_finished_idx = models.Index(
        "(service_date_to, id) WHERE booking_state IN "
        "('done', 'cancelled', 'cancelled_penalty', 'refused')"
    )

    # === What the services name === #

    @api.depends("order_line.hotel_id", "order_line.service_type_id")
    def _compute_service_relations(self):
        for order in self:
            lines = order.order_line
            order.hotel_ids = lines.hotel_id
            order.city_ids = lines.city_id
            order.service_type_ids = lines.service_type_id

    @api.depends("order_line.supplier_id")
    def _compute_supplier_ids(self):
        for order in self:
            order.supplier_ids = order.order_line.supplier_id

    def _search_hotel_ids(self, operator, value):
        return self._search_by_service("hotel_id", operator, value)

    def _search_city_ids(self, operator, value):
        return self._search_by_service("city_id", operator, value)

    def _search_supplier_ids(self, operator, value):
        return self._search_by_service("supplier_id", operator, value)

    def _search_service_type_ids(self, operator, value):
        return self._search_by_service("service_type_id", operator, value)

    @api.model
    def web_search_read(
        self,
        domain,
        specification,
        offset=0,
        limit=None,
        order=None,
        count_limit=None,
    ):
        """Look up what a list asks for once: it is searched, and counted.

        What is looked up is searched for in the index alone, and then read.
        """
        if self.env.context.get("default_is_tour_booking"):
            asked = Domain(domain)
            found = asked.map_conditions(self._look_up_condition)
            if found != asked:
                records = self.search(found, offset=offset, limit=limit, order=order)
                return self._format_web_search_read_results(
                    found,
                    records.web_read(specification),
                    offset=offset,
                    limit=limit,
                    count_limit=count_limit,
                )
        return super().web_search_read(
            domain, specification, offset, limit, order, count_limit
        )

    @api.model
    def _look_up_condition(self, condition):
        fname, operator = condition.field_expr, condition.operator
        # Whoever may not search by the field is refused where all are.
        if (
            fname in SERVICE_FIELDS
            and operator in ("ilike", "any")
            and self._has_field_access(self._fields[fname], "read")
        ):
            line_fname = SERVICE_FIELDS[fname]
            return self._search_by_service(line_fname, operator, condition.value)
        return self._look_up_name(condition)

    @api.model
    def _look_up_name(self, condition):
        """The same condition by ids, if it names few records."""
        fname = condition.field_expr
        operator, value = condition.operator, condition.value
        if fname not in NAMED or operator != "ilike" or not value:
            return condition
        model = self.env[self._fields[fname].comodel_name]
        found = model.with_context(active_test=False).search(
            [("display_name", operator, value)], limit=FEW + 1
        )
        return condition if len(found) > FEW else Domain(fname, "in", found.ids)

    def _search_by_service(self, fname, operator, value):
        """Bookings with a service whose ``fname`` is one of what is looked up first."""
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        model = self.env[self.env["sale.order.line"]._fields[fname].comodel_name]
        model = model.with_context(active_test=False)
        if operator == "in":
            ids = [item for item in value if item]
        elif operator == "any":
            ids = model.search(value).ids
        else:
            ids = model.search([("display_name", operator, value)]).ids
        domain = self._get_domain_of_services(fname, ids)
        if operator == "in" and False in value:
            domain |= Domain("order_line", "not any", [(fname, "!=", False)])
        return domain

    @api.model
    def _get_domain_of_services(self, fname, ids):
        """Bookings with a service whose ``fname`` is one of ``ids``."""
        if not ids:
            return Domain.FALSE
        if fname == "service_type_id":
            types = self.env["tour.service.type"].with_context(active_test=False)
            kinds = set(types.browse(ids).mapped("kind"))
            if not types.search_count(
                [("kind", "in", list(kinds)), ("id", "not in", ids)], limit=1
            ):
                return Domain.OR(Domain(KIND_FLAGS[kind], "=", True) for kind in kinds)
        condition = Domain(fname, "in", ids)
        lines = self.env["sale.order.line"]
        query = lines._search(condition, limit=FEW + 1)
        # Any of them will do; sorted, all of many would have to be read.
        query.order = None
        order_id = lines._field_to_sql(lines._table, "order_id", query)
        rows = self.env.execute_query(query.select(order_id))
        if len(rows) > FEW:
            return Domain("order_line", "any", condition)
        found = {row[0] for row in rows}
        # By hand, and as one value: the ORM would look at each of thousands of ids,
        # and PostgreSQL would parse each.
        array = f"{{{','.join(map(str, sorted(found)))}}}"
        return Domain.custom(
            to_sql=lambda _model, alias, _query: SQL(
                "%s = ANY(%s::int[])", SQL.identifier(alias, "id"), array
            ),
            predicate=lambda order: order.id in found,
        )

    # === Searching and sorting === #

    @api.model
    def _search(
        self,
        domain,
        offset=0,
        limit=None,
        order=None,
        *,
        active_test=True,
        bypass_access=False,
    ):
        """Look names up first in lists of bookings, and take those of few days first.

        PostgreSQL takes days for spread evenly over all bookings, and walks them from
        the newest until it has met enough: for a month long ago that is most of them.
        """
        if self.env.context.get("default_is_tour_booking"):
            domain = Domain(domain).map_conditions(self._look_up_name)
            if limit and self._is_narrow(domain):
                self = self.with_context(tour_booking_sort_found=True)
        return super()._search(
            domain,
            offset,
            limit,
            order,
            active_test=active_test,
            bypass_access=bypass_access,
        )

    @api.model
    def _is_narrow(self, domain):
        """Whether the domain asks for bookings of few days."""
        lower, upper = {}, {}
        for condition in Domain(domain).optimize(self).iter_conditions():
            name, operator = condition.field_expr, condition.operator
            if name not in DATE_FIELDS:
                continue
            if operator in (">", ">="):
                lower[name] = _to_date(condition.value)
            elif operator in ("<", "<="):
                upper[name] = _to_date(condition.value)
            elif operator == "in":
                return True
        spans = [(lower.get(name), upper.get(name)) for name in DATE_FIELDS]
        spans.append((lower.get("service_date_to"), upper.get("service_date_from")))
        return any(
            first and last and abs((last - first).days) <= NARROW
            for first, last in spans
        )

    def _order_to_sql(self, order, query, alias=None, reverse=False):
        """Sort lists of bookings by columns that have an index."""
        if order and self.env.context.get("default_is_tour_booking"):
            order = re.sub(
                r"\b(partner_id|user_id)\b(?!\.)",
                lambda match: SORTED_BY[match[0]],
                order,
            )
        terms = super()._order_to_sql(order, query, alias=alias, reverse=reverse)
        if terms and self.env.context.get("tour_booking_sort_found"):
            # The same for all, but no index has it: what is found has to be sorted.
            column = SQL.identifier(alias or self._table, "id")
            terms = SQL("(%s * 0), %s", column, terms)
        return terms

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Offer to sort bookings by nothing that has no index."""
        result = super().fields_get(allfields, attributes)
        if self.env.context.get("default_is_tour_booking"):
            for name in UNSORTABLE:
                if "sortable" in result.get(name, ()):
                    result[name]["sortable"] = False
        return result


def _to_date(value):
    """The day of a bound in a domain, None if it is no day."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return fields.Date.to_date(value)
    except (TypeError, ValueError):
        return None
