"""A statement of mutual settlements as it was put before a client to be signed."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError

from odoo.addons.tour_billing.models.account_move import STAFF

from ..signoff_states import MONEY, MOVER, OPEN, STATES
from .missing import refuse_missing

# What accountants change by hand; all else is made by the acts.
EDITABLE = {"deadline", "user_id"}


class TourSignoff(models.Model):
    _name = "tour.signoff"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Statement to Sign Off"
    _order = "id desc"

    name = fields.Char(string="Number", required=True, readonly=True, copy=False)
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, index=True
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Client",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency", required=True, readonly=True
    )
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    opening = fields.Monetary(string="Opening balance", readonly=True)
    debit = fields.Monetary(readonly=True)
    credit = fields.Monetary(readonly=True)
    closing = fields.Monetary(
        string="Closing balance",
        readonly=True,
        help="What the client owes; below zero, what we owe the client.",
    )
    line_ids = fields.One2many(
        comodel_name="tour.signoff.line", inverse_name="signoff_id", readonly=True
    )
    line_count = fields.Integer(string="Documents", readonly=True)
    content_hash = fields.Char(
        string="SHA-256",
        readonly=True,
        help="Of all that the client is asked to sign.",
    )
    ledger_hash = fields.Char(readonly=True, groups=STAFF)
    state = fields.Selection(
        selection=STATES,
        string="Status",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    deadline = fields.Date(tracking=True)
    remind_on = fields.Date(readonly=True, groups=STAFF)
    reminded_on = fields.Datetime(readonly=True, groups=STAFF)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Accountant",
        domain=[("share", "=", False)],
        index="btree_not_null",
        groups=STAFF,
        help="Who is told what the client answers.",
    )
    signed_by_id = fields.Many2one(
        comodel_name="res.users", string="Signed by", readonly=True
    )
    # As it was: users change.
    signed_name = fields.Char(string="Name of who signed", readonly=True)
    signed_on = fields.Datetime(readonly=True)
    signed_address = fields.Char(string="Signed from", readonly=True)
    signed_changed = fields.Boolean(
        string="Books had changed when it was signed", readonly=True, groups=STAFF
    )
    withdraw_reason = fields.Text(
        string="Why it was withdrawn", readonly=True, help="The client reads it."
    )
    # Goes up with every act, so that of two at once the second begins anew.
    revision = fields.Integer(readonly=True, groups=STAFF)

    open_count = fields.Integer(string="Not answered", compute="_compute_counts")
    agreed_count = fields.Integer(string="Agreed", compute="_compute_counts")
    disputed_count = fields.Integer(string="Disputed", compute="_compute_counts")
    answered_count = fields.Integer(string="Answered by us", compute="_compute_counts")
    ledger_changed = fields.Boolean(
        string="Books have changed", compute="_compute_ledger_changed", groups=STAFF
    )

    _open_uniq = models.UniqueIndex(
        "(partner_id, company_id, currency_id, date_from, date_to)"
        " WHERE state IN ('waiting', 'disputed')",
        "This statement is before the client already.",
    )
    # For reminders.
    _remind_idx = models.Index("(remind_on) WHERE state = 'waiting'")

    @api.depends("line_ids.state")
    def _compute_counts(self):
        counts = {}
        for signoff, state, count in self.env["tour.signoff.line"]._read_group(
            [("signoff_id", "in", self.ids)], ["signoff_id", "state"], ["__count"]
        ):
            counts[signoff.id, state] = count
        for signoff in self:
            own = {
                state: counts.get((signoff._origin.id, state), 0)
                for state in ("open", "agreed", "disputed", "explained", "corrected")
            }
            signoff.open_count = own["open"]
            signoff.agreed_count = own["agreed"]
            signoff.disputed_count = own["disputed"]
            signoff.answered_count = own["explained"] + own["corrected"]

    @api.depends("state")
    def _compute_ledger_changed(self):
        """For the form: one query each, and none for what is over."""
        for signoff in self:
            signoff.ledger_changed = (
                signoff.state in OPEN and signoff._has_ledger_changed()
            )

    def _has_ledger_changed(self):
        """Whether the books say something else now than was put before the client."""
        self.ensure_one()
        # In sudo: that they differ is told, and not how.
        signoff = self.sudo()
        return signoff.ledger_hash != signoff.partner_id._get_ledger_hash(
            signoff.company_id,
            signoff.currency_id,
            signoff.date_from,
            signoff.date_to,
        )

    # === CRUD: by the acts only === #

    @api.model_create_multi
    def create(self, vals_list):
        self._check_is_mover()
        return super().create(vals_list)

    def write(self, vals):
        # Before the thread reads what it tracks: who may not write is told just that.
        self.check_access("write")
        if not self._writes_thread(vals) and vals.keys() - EDITABLE:
            self._check_is_mover()
        result = super().write(vals)
        if vals.keys() & EDITABLE == vals.keys() and "deadline" in vals:
            self._plan_reminders()
        return result

    def message_post(self, **kwargs):
        # Before the thread reads anything of it; see `_check_access`.
        self.check_access("read")
        return super().message_post(**kwargs)

    def _check_access(self, operation):
        try:
            return super()._check_access(operation)
        except MissingError as error:
            return refuse_missing(self, operation, error)

    def _get_redirect_suggested_company(self):
        """None to clients: a refusal would say of which ids there are statements."""
        if self.env.user.share:
            return self.env["res.company"]
        return super()._get_redirect_suggested_company()

    @api.model
    def _writes_thread(self, vals):
        """Activities and followers, which are Odoo's to guard."""
        return all(name.startswith(("activity_", "message_")) for name in vals)

    @api.model
    def _check_is_mover(self):
        if self.env.context.get("tour_signoff_mover") is not MOVER:
            raise AccessError(
                self.env._(
                    "Statements to sign off are not written: ask a client to sign, "
                    "answer what he disputes, or withdraw it."
                )
            )

    @api.model
    def _check_money_right(self):
        if not (self.env.su or any(map(self.env.user.has_group, MONEY))):
            raise AccessError(
                self.env._("This is for accountants and heads of department.")
            )

    def _check_is_staff(self):
        """The buttons are for staff; clients have pages of their own."""
        self.check_access("read")
        if self.env.user.share and not self.env.su:
            raise AccessError(self.env._("This is for staff."))

    # === Buttons === #

    def action_print(self):
        """Download the statement with its signatures as PDF."""
        self.ensure_one()
        self._check_is_staff()
        return {
            "type": "ir.actions.act_url",
            "url": f"/tour/signoff/{self.id}.pdf",
            "target": "download",
        }

    def action_view_lines(self):
        """Open the lines, those that wait for us first."""
        self.ensure_one()
        self._check_is_staff()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_signoff.tour_signoff_line_action"
            ),
            "domain": [("signoff_id", "=", self.id)],
            "context": {"search_default_disputed": self.state == "disputed"},
        }

    def action_withdraw(self):
        """Ask why; the client reads it."""
        self.ensure_one()
        self.check_access("write")
        self._check_money_right()
        return self._open_act("withdraw", signoff=self)

    def action_make_new(self):
        """Ask for the same period anew, as the books are now."""
        self.ensure_one()
        self.check_access("write")
        self._check_money_right()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_signoff.tour_signoff_ask_action"
            ),
            "context": {
                "default_partner_ids": self.partner_id.ids,
                "default_company_id": self.company_id.id,
                "default_currency_id": self.currency_id.id,
                "default_date_from": self.date_from,
                "default_date_to": self.date_to,
                "default_replaces": True,
            },
        }

    @api.model
    def _open_act(self, kind, signoff=None, lines=None):
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_signoff.tour_signoff_act_action"
            ),
            "context": {
                "default_kind": kind,
                "default_signoff_id": signoff and signoff.id,
                "default_line_ids": lines and lines.ids,
            },
        }
