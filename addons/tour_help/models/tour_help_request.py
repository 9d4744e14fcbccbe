"""Requests for help: what clients ask or complain of, and what became of it (POR-9)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.tour_partner.defaults import without_defaults

from ..help_states import MOVER, STATES

STAFF = (
    "tour_partner.tour_group_manager_own,"
    "tour_partner.tour_group_accountant,"
    "tour_partner.tour_group_director"
)
# What only we write: by moves, messages and the clock.
OURS = {
    "answer_due",
    "by_client",
    "client_read_on",
    "client_unread",
    "client_wrote_on",
    "close_hours",
    "closed_on",
    "first_answer_hours",
    "first_answer_late",
    "first_answer_on",
    "is_waiting",
    "name",
    "overdue_told_on",
    "reopened_count",
    "staff_read_on",
    "staff_unread",
    "state",
    "waiting_since",
}


class TourHelpRequest(models.Model):
    """Clients have no rights on it: their pages go through `tour_help_client`."""

    _name = "tour.help.request"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Request for Help"
    _order = "id desc"
    _rec_names_search = ["name", "subject"]
    _primary_email = "email_from"

    name = fields.Char(string="Number", readonly=True, copy=False)
    subject = fields.Char(required=True, tracking=True)
    description = fields.Text(
        string="What is asked", help="As it came first; the rest is the conversation."
    )
    kind_id = fields.Many2one(
        comodel_name="tour.help.kind",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        default=lambda self: self.env["tour.help.kind"].search([], limit=1),
    )
    tag_ids = fields.Many2many(comodel_name="tour.help.tag", string="Subjects")
    priority = fields.Selection(
        selection=[("0", "Normal"), ("1", "High"), ("2", "Urgent")],
        compute="_compute_priority",
        store=True,
        readonly=False,
        precompute=True,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )

    # Of whom
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Client",
        ondelete="restrict",
        tracking=True,
        domain=[("is_tour_client", "=", True), ("parent_id", "=", False)],
        help="Empty: a mail from somebody unknown. Choose whose it is, or close it.",
    )
    client_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Client's user",
        ondelete="restrict",
        help="Who sees it in his office, besides his curator.",
    )
    contact_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        ondelete="restrict",
        index="btree_not_null",
        help="Who gets the answers by mail.",
    )
    email_from = fields.Char(string="E-mail", help="Of who wrote, if it came by mail.")
    by_client = fields.Boolean(string="Made by the client", readonly=True, copy=False)
    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        domain=[("is_tour_booking", "=", True)],
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        domain=[("share", "=", False)],
        index=True,
        tracking=True,
    )

    # Status and times
    state = fields.Selection(
        selection=STATES,
        string="Status",
        default="new",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    is_waiting = fields.Boolean(
        string="Our answer is due",
        compute="_compute_is_waiting",
        store=True,
    )
    waiting_since = fields.Datetime(
        string="The client waits since", readonly=True, copy=False
    )
    answer_due = fields.Datetime(string="Answer by", readonly=True, copy=False)
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    overdue_told_on = fields.Datetime(
        string="Reported as overdue on", readonly=True, copy=False
    )
    first_answer_on = fields.Datetime(string="First answer", readonly=True, copy=False)
    first_answer_hours = fields.Float(
        string="Until the first answer (working hours)",
        readonly=True,
        copy=False,
        aggregator="avg",
    )
    first_answer_late = fields.Boolean(
        string="First answer was late", readonly=True, copy=False
    )
    closed_on = fields.Datetime(readonly=True, copy=False)
    close_hours = fields.Float(
        string="Until it was closed (working hours)",
        readonly=True,
        copy=False,
        aggregator="avg",
    )
    reopened_count = fields.Integer(string="Opened again", readonly=True, copy=False)

    # Read marks
    staff_unread = fields.Boolean(string="Unread", readonly=True, copy=False)
    staff_read_on = fields.Datetime(string="Read by staff", readonly=True, copy=False)
    client_unread = fields.Boolean(
        string="Not read by the client", readonly=True, copy=False
    )
    client_read_on = fields.Datetime(
        string="Read by the client", readonly=True, copy=False
    )
    client_wrote_on = fields.Datetime(
        string="The client wrote last", readonly=True, copy=False
    )

    # What the client's list is read by, page after page.
    _client_idx = models.Index("(partner_id, id DESC)")
    _client_user_idx = models.Index("(client_user_id, id DESC)")
    # Answers that a client's user has not read.
    _client_unread_idx = models.Index("(client_user_id) WHERE client_unread")
    # What the clock looks for.
    _due_idx = models.Index("(answer_due) WHERE is_waiting AND overdue_told_on IS NULL")

    # === Computes === #

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for request in self:
            parts = filter(None, (request.name, request.subject))
            request.display_name = " ".join(parts)

    @api.depends("kind_id")
    def _compute_priority(self):
        for request in self:
            request.priority = request.kind_id.priority or "0"

    @api.depends("state")
    def _compute_is_waiting(self):
        for request in self:
            request.is_waiting = request.state in ("new", "in_work")

    @api.depends("is_waiting", "answer_due")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for request in self:
            due = request.answer_due
            request.is_overdue = bool(request.is_waiting and due and due < now)

    def _search_is_overdue(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        now = fields.Datetime.now()
        return [("is_waiting", "=", True), ("answer_due", "<", now)]

    # === Rules === #

    @api.constrains("partner_id", "client_user_id", "order_id")
    def _check_client(self):
        """A request, its user and its booking are of one client."""
        # In sudo: bookings and users may be out of the reach of who writes.
        for request in self.sudo():
            client = request.partner_id
            user, order = request.client_user_id, request.order_id
            if user and (not user.share or user.commercial_partner_id != client):
                raise ValidationError(
                    self.env._(
                        "%(user)s is no user of the client of this request.",
                        user=user.display_name,
                    )
                )
            if order and not (client and request._is_within(order.partner_id, client)):
                raise ValidationError(
                    self.env._(
                        "Booking %(order)s is not of the client of this request.",
                        order=order.name,
                    )
                )

    @api.model
    def _is_within(self, partner, client):
        """Whether a partner is the client, or belongs to him."""
        while partner and partner != client:
            partner = partner.parent_id
        return bool(partner)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # Who may not create is told just that.
        self.check_access("create")
        model = without_defaults(self, lambda name: name in OURS)
        for vals in vals_list:
            self._check_ours(vals)
        vals_list = [self._prepare_new_vals(vals) for vals in vals_list]
        # Whom it is given to is told in our own way; clients follow nothing.
        model = model.with_context(
            mail_auto_subscribe_no_notify=True,
            mail_create_nosubscribe=self.env.user.share,
        )
        requests = super(TourHelpRequest, model).create(vals_list)
        requests = requests.with_env(self.env)
        requests._tell_of_new()
        return requests

    @api.model
    def _prepare_new_vals(self, vals):
        """Number, client, responsible and answer time of a new request."""
        fallback = self.default_get(["company_id", "kind_id", "order_id", "partner_id"])
        vals = {**fallback, **vals}
        # In sudo: what a request follows from may be out of the reach of who makes it.
        env = self.sudo().env
        company = env["res.company"].browse(vals["company_id"])
        order = env["sale.order"].browse(vals.get("order_id") or ())
        kind = env["tour.help.kind"].browse(vals.get("kind_id") or ())
        client, user = self._get_client_of(env, order, vals)
        now = fields.Datetime.now()
        sequences = env["ir.sequence"].with_company(company)
        return {
            **vals,
            "name": sequences.next_by_code("tour.help.request"),
            "partner_id": client.id,
            "client_user_id": user.id,
            "contact_id": vals.get("contact_id") or user.partner_id.id,
            "user_id": vals.get("user_id")
            or self._get_responsible(client, order, company).id,
            "waiting_since": now,
            "answer_due": self._get_answer_due(kind, company, now),
        }

    @api.model
    def _get_client_of(self, env, order, vals):
        """The client that a request is of, and its user; in the environment's mode."""
        partner = env["res.partner"].browse(vals.get("partner_id") or ())
        client = (partner or order.partner_id).commercial_partner_id
        user = env["res.users"].browse(vals.get("client_user_id") or ())
        if not user and order.client_user_id.commercial_partner_id == client:
            user = order.client_user_id
        return client, user

    def write(self, vals):
        # Before the thread reads what it tracks: who may not write is told just that.
        self.check_access("write")
        self._check_ours(vals)
        if "partner_id" in vals:
            vals = {**vals, "partner_id": self._check_new_client(vals["partner_id"])}
        before = {request: request.user_id for request in self}
        result = super(
            TourHelpRequest, self.with_context(mail_auto_subscribe_no_notify=True)
        ).write(vals)
        if "kind_id" in vals:
            self._reset_due()
        if "user_id" in vals:
            self._tell_responsible(before)
        return result

    @api.model
    def _is_mover(self):
        return self.env.context.get("tour_help_mover") is MOVER

    @api.model
    def _check_ours(self, vals):
        if OURS & vals.keys() and not self._is_mover():
            raise AccessError(
                self.env._(
                    "%(fields)s: this follows from what is done with the request and "
                    "cannot be written. Use its buttons.",
                    fields=", ".join(
                        self._fields[name].string for name in OURS & vals.keys()
                    ),
                )
            )

    def _check_new_client(self, partner_id):
        """The client, who is named once: he reads all that was written."""
        partner = self.env["res.partner"].browse(partner_id)
        client = partner.commercial_partner_id
        for request in self:
            if request.partner_id and request.partner_id != client:
                raise UserError(
                    self.env._(
                        "%(request)s is %(client)s's, who reads what was written in "
                        "it. Make a new request for another client.",
                        request=request.name,
                        client=request.partner_id.display_name,
                    )
                )
        return client.id
