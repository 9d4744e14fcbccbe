import re

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, Query

from ..today import COLUMNS, Source, render, split
from ..today_sources import SOURCES

_BY_DEADLINE = re.compile(r"\s*deadline\b", re.IGNORECASE)
# What the access rules ask for. Read by themselves they would cost another query.
RULE_FIELDS = (
    "company_id",
    "for_accountants",
    "for_directors",
    "for_managers",
    "user_id",
)
_COLUMNS = ("id", "deadline", "kind", "res_model", "res_id", *COLUMNS)


class TourToday(models.Model):
    """The list 'Today': whatever has something to be done until a deadline.

    It has no table: its rows are read from the records themselves, by the sources of
    `_get_sources`, so that a row goes as soon as what it asks for is done. Other
    add-ons override `_get_sources` and `_get_kinds`, name in `_depends` what their
    sources read, and add a method ``_do_<kind>``.
    """

    _name = "tour.today"
    _description = "To Do"
    _auto = False
    _order = "deadline, id"
    _rec_name = "kind"
    _depends = {
        "account.move": [
            "amount_residual",
            "company_id",
            "currency_id",
            "invoice_date_due",
            "move_type",
            "partner_id",
            "payment_state",
            "state",
        ],
        "sale.order": [
            "amount_total",
            "booking_state",
            "booking_state_since",
            "client_waiting_since",
            "has_supplier_bill",
            "invoice_status",
            "lacks_guests",
            "lacks_supplier",
            "needs_client_confirmation",
            "option_until",
            "partner_id",
            "service_date_from",
            "service_date_to",
            "service_summary",
            "user_id",
        ],
        "sale.order.line": ["free_until", "free_until_day", "name", "supplier_due"],
        "tour.change": ["comment", "due_on", "partner_id", "state", "user_id"],
        "tour.checklist.item": [
            "deadline",
            "is_waiting",
            "name",
            "order_id",
            "role",
            "state",
            "user_id",
        ],
        "tour.confirmation": ["due_on", "partner_id", "state", "user_id"],
        "tour.offer": [
            "active",
            "amount_total",
            "name",
            "partner_id",
            "state",
            "user_id",
            "valid_until",
        ],
        "tour.overpayment": [
            "amount",
            "date",
            "service_name",
            "state",
            "supplier_id",
            "user_id",
        ],
        "tour.reposting": ["due_on", "partner_id", "state", "user_id"],
        "tour.supplier.answer": ["due_on", "state", "supplier_id", "text", "user_id"],
    }

    deadline = fields.Date(readonly=True)
    kind = fields.Selection(
        selection="_selection_kind", string="What is due", readonly=True
    )
    res_model = fields.Char(readonly=True)
    res_id = fields.Integer(readonly=True)
    order_id = fields.Many2one(
        comodel_name="sale.order", string="Booking", readonly=True
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Client", readonly=True
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="Responsible", readonly=True
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    amount = fields.Monetary(readonly=True, aggregator=None)
    summary = fields.Char(string="What it is about", readonly=True)
    # Whose work it is; the access rules ask for it.
    for_managers = fields.Boolean(readonly=True)
    for_accountants = fields.Boolean(readonly=True)
    for_directors = fields.Boolean(readonly=True)
    action_label = fields.Char(string="What to do", compute="_compute_action_label")
    is_snoozed = fields.Boolean(
        string="Put off", compute="_compute_is_snoozed", search="_search_is_snoozed"
    )

    # === Sources === #

    @api.model
    def _get_sources(self):
        """What the list is made of; override to add sources.

        :rtype: list[Source]
        """
        return list(SOURCES)

    @api.model
    def _get_kinds(self):
        """What a row may ask for; override to add kinds.

        :return: for each code its name, and the name of its one action
        :rtype: dict[str, tuple[str, str]]
        """
        return {
            "new": (self.env._("New booking"), self.env._("Accept")),
            "agreed": (
                self.env._("Client agreed: book it"),
                self.env._("Change status"),
            ),
            "not_booked": (self.env._("Not booked yet"), self.env._("Change status")),
            "option": (self.env._("Option lapses"), self.env._("Change status")),
            "free": (self.env._("Free cancellation ends"), self.env._("Open")),
            "no_supplier": (
                self.env._("Supplier is missing"),
                self.env._("Choose supplier"),
            ),
            "no_guests": (self.env._("Guests are missing"), self.env._("Enter guests")),
            "unread": (self.env._("Client waits for an answer"), self.env._("Answer")),
            "confirmation": (
                self.env._("Client has to confirm"),
                self.env._("See the changes"),
            ),
            "change": (self.env._("Change request is open"), self.env._("Open")),
            "answer": (
                self.env._("Supplier refused, or proposes other"),
                self.env._("See the answer"),
            ),
            "offer": (self.env._("Offer lapses"), self.env._("Open")),
            "task": (self.env._("Task of the checklist"), self.env._("Done")),
            "to_close": (self.env._("Stay is over"), self.env._("Done")),
            "no_bill": (
                self.env._("Supplier's bill is missing"),
                self.env._("Enter bill"),
            ),
            "to_invoice": (self.env._("Not invoiced"), self.env._("Invoice")),
            "balance": (
                self.env._("Client has not paid"),
                self.env._("Register payment"),
            ),
            "bill": (self.env._("Bill to pay"), self.env._("Pay")),
            "reposting": (
                self.env._("Booking is reposted"),
                self.env._("Finish reposting"),
            ),
            "refund_letter": (
                self.env._("Refund to ask for"),
                self.env._("Send letter"),
            ),
            "refund": (
                self.env._("Supplier has not paid back"),
                self.env._("Close overpayment"),
            ),
        }

    def _selection_kind(self):
        return [(code, names[0]) for code, names in self._get_kinds().items()]

    @property
    def _table_query(self):
        # An object cannot come through RPC, so that this is always one of ours.
        source = self.env.context.get("tour_today_source")
        sources = [source] if isinstance(source, Source) else self._get_sources()
        return SQL(" UNION ALL ").join(SQL(render(one)) for one in sources)

    # === Computes === #

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_action_label(self):
        kinds = self._get_kinds()
        for row in self:
            row.action_label = kinds.get(row.kind, ("", self.env._("Open")))[1]

    def _compute_is_snoozed(self):
        snoozed = set(self.env["tour.today.snooze"]._get_row_ids())
        for row in self:
            row.is_snoozed = row.id in snoozed

    def _search_is_snoozed(self, operator, value):
        if operator != "in":
            return NotImplemented
        ids = self.env["tour.today.snooze"]._get_row_ids()
        domain = Domain.FALSE
        if True in value:
            domain |= Domain("id", "in", ids)
        if False in value:
            domain |= Domain("id", "not in", ids)
        return domain

    # === Searching === #

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
        """Leave out what was put off, and read pages source by source.

        Sorted as a whole, all rows would have to be made for the first of them. The
        first of each source come from its index, and few are left to be sorted.
        """
        domain = self._complete(Domain(domain))
        access = {"active_test": active_test, "bypass_access": bypass_access}
        if not (limit and order and _BY_DEADLINE.match(order)):
            return super()._search(domain, offset, limit, order, **access)
        columns = [SQL.identifier(self._table, name) for name in _COLUMNS]
        pages = []
        for source in self._get_sources():
            model = self.with_context(tour_today_source=source)
            page = super(TourToday, model)._search(
                domain, 0, limit + (offset or 0), order, **access
            )
            if page.is_empty():
                return page
            pages.append(SQL("(%s)", page.select(*columns)))
        query = Query(
            self.env, self._table, SQL("(%s)", SQL(" UNION ALL ").join(pages))
        )
        query.order = self._order_to_sql(order, query)
        query.limit, query.offset = limit, offset
        return query

    @api.model
    @api.private
    @api.readonly
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """Read with a page what the access rules ask of its rows."""
        if field_names is not None:
            field_names = [*field_names, *RULE_FIELDS]
        return super().search_fetch(domain, field_names, offset, limit, order)

    @api.model
    def _complete(self, domain):
        names = {condition.field_expr for condition in domain.iter_conditions()}
        if "id" in names:
            return domain.map_conditions(self._locate)
        if "is_snoozed" in names:
            return domain
        # Looked up here, and not again for each source.
        snoozed = self.env["tour.today.snooze"]._get_row_ids()
        return domain & Domain("id", "not in", snoozed) if snoozed else domain

    @api.model
    def _locate(self, condition):
        """Say of rows that are named by their ids which records they come from."""
        if condition.field_expr != "id" or condition.operator not in ("in", "="):
            return condition
        value = condition.value
        ids = [value] if condition.operator == "=" else value
        by_number = {}
        for row in ids:
            if isinstance(row, int) and row > 0:
                record_id, number = split(row)
                by_number.setdefault(number, []).append(record_id)
        kinds = {source.number: source.kind for source in self._get_sources()}
        return condition & Domain.OR(
            Domain("kind", "=", kinds[number]) & Domain("res_id", "in", record_ids)
            for number, record_ids in by_number.items()
            if number in kinds
        )

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Offer to sort by the deadline only: nothing else has an index."""
        result = super().fields_get(allfields, attributes)
        for name, info in result.items():
            if name != "deadline" and "sortable" in info:
                info["sortable"] = False
        return result
