"""Contracts with clients: what they say, and what of it may still be changed."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.misc import format_date

from ..contract_states import DATED, MOVER, OPEN, STATES
from ..defaults import without_defaults

# What both sides sign. `date_to` may be prolonged.
TERMS = {
    "company_id",
    "contract_properties",
    "credit_limit",
    "currency_id",
    "date_from",
    "deferral_days",
    "name",
    "partner_id",
    "payment_kind",
    "payment_terms",
    "type_id",
}
SIGNATURES = {
    "signed_client_by",
    "signed_client_on",
    "signed_us_by_id",
    "signed_us_on",
}
# Written by the mover only.
MOVED = SIGNATURES | {"state", "reminded_for"}


class TourContract(models.Model):
    _name = "tour.contract"
    _inherit = ["mail.thread.main.attachment", "mail.activity.mixin"]
    _description = "Contract with a Client"
    _order = "date_from desc, id desc"
    _rec_names_search = ["name", "partner_id"]
    _check_company_auto = True

    name = fields.Char(
        string="Number", copy=False, tracking=True, help="Left empty: the next number."
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        check_company=True,
        domain=[("is_tour_client", "=", True)],
    )
    type_id = fields.Many2one(
        "tour.contract.type",
        string="Type",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        default=lambda self: self._default_type_id(),
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        index=True,
        tracking=True,
        domain=[("share", "=", False)],
    )
    # Dates.
    date_from = fields.Date(
        string="Begins on", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(
        string="Ends on", tracking=True, help="Its last day; empty: it has no end."
    )
    remind_on = fields.Date(
        compute="_compute_remind_on",
        store=True,
        help="From this day on the contract expires soon.",
    )
    reminded_for = fields.Date(
        readonly=True, copy=False, help="The end that somebody was reminded of."
    )
    # Parameters.
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    payment_kind = fields.Selection(
        [
            ("prepaid", "Prepayment"),
            ("deferred", "Deferral"),
            ("credit", "Credit limit"),
        ],
        string="Payment",
        required=True,
        default="prepaid",
        tracking=True,
    )
    deferral_days = fields.Integer(
        string="Deferral (days)", help="Days from the invoice until it is due."
    )
    credit_limit = fields.Monetary(
        help="So much may be unpaid at a time: invoices, and what was sold and is on "
        "no invoice yet. A booking that goes beyond it says so; nothing is refused."
    )
    payment_terms = fields.Text()
    contract_properties = fields.Properties(
        "Other parameters", definition="type_id.contract_properties_definition"
    )
    note = fields.Text(string="Notes")
    # Life.
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        index=True,
        tracking=True,
    )
    signed_us_on = fields.Date(
        string="Signed by us on", readonly=True, copy=False, tracking=True
    )
    signed_us_by_id = fields.Many2one(
        "res.users", string="Signed for us by", readonly=True, copy=False
    )
    signed_client_on = fields.Date(
        string="Signed by client on", readonly=True, copy=False, tracking=True
    )
    signed_client_by = fields.Char(
        string="Signed for the client by", readonly=True, copy=False
    )
    renews_id = fields.Many2one(
        "tour.contract",
        string="Renews",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    _name_uniq = models.UniqueIndex(
        "(company_id, name)", "There is a contract of this number already."
    )
    _ends = models.Index("(remind_on) WHERE state = 'in_force'")
    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)", "The contract ends before it begins."
    )
    _amounts_positive = models.Constraint(
        "CHECK(credit_limit >= 0 AND deferral_days >= 0)",
        "Credit limit and days of deferral cannot be negative.",
    )
    _both_signed = models.Constraint(
        "CHECK(state NOT IN ('signed', 'in_force', 'expired')"
        " OR (signed_us_on IS NOT NULL AND signed_client_on IS NOT NULL))",
        "A contract is in force only when both sides have signed it.",
    )

    @api.model
    def _default_type_id(self):
        return self.env["tour.contract.type"].search(
            [("company_id", "in", (self.env.company.id, False))], limit=1
        )

    # === Computes and checks === #

    @api.depends("date_to", "type_id.reminder_days")
    def _compute_remind_on(self):
        for contract in self:
            days = timedelta(days=contract.type_id.reminder_days)
            contract.remind_on = contract.date_to and contract.date_to - days

    @api.constrains("name")
    def _check_name(self):
        for contract in self:
            if not (contract.name or "").strip():
                raise ValidationError(
                    self.env._(
                        "The contract with %(client)s needs a number.",
                        client=contract.partner_id.name,
                    )
                )

    @api.constrains("payment_kind", "deferral_days", "credit_limit")
    def _check_payment(self):
        for contract in self:
            if contract.payment_kind == "deferred" and not contract.deferral_days:
                raise ValidationError(
                    self.env._(
                        "%(contract)s: enter the days of deferral, or choose another "
                        "way of payment.",
                        contract=contract.name,
                    )
                )
            if contract.payment_kind == "credit" and not contract.credit_limit:
                raise ValidationError(
                    self.env._(
                        "%(contract)s: enter the credit limit, or choose another way "
                        "of payment.",
                        contract=contract.name,
                    )
                )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        is_mover = self._is_mover()
        if not is_mover:
            self = without_defaults(self, MOVED.__contains__)
        for vals in vals_list:
            if not is_mover and any(vals.get(name) for name in MOVED - {"state"}):
                raise AccessError(self._get_moved_message())
            if not is_mover and vals.get("state", "draft") != "draft":
                raise AccessError(self._get_moved_message())
            if not (vals.get("name") or "").strip():
                company = self.env["res.company"].browse(vals.get("company_id"))
                sequence = self.env["ir.sequence"].with_company(
                    company or self.env.company
                )
                vals["name"] = sequence.next_by_code("tour.contract")
        return super().create(vals_list)

    def write(self, vals):
        if not self._is_mover():
            if vals.keys() & MOVED:
                raise AccessError(self._get_moved_message())
            self._check_terms_write(vals)
        result = super().write(vals)
        if "date_to" in vals and not self._is_mover():
            self.filtered(lambda contract: contract.state in DATED)._follow_dates()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        kept = self.filtered(lambda contract: contract.state != "draft")
        if kept:
            raise UserError(
                self.env._(
                    "Only drafts can be deleted. Terminate %(contracts)s instead.",
                    contracts=", ".join(kept.mapped("name")),
                )
            )

    def copy_data(self, default=None):
        """Give a copy a number of its own, unless one is given."""
        return super().copy_data({"name": False, **(default or {})})

    @api.model
    def _is_mover(self):
        return self.env.context.get("tour_contract_mover") is MOVER

    @api.model
    def _get_moved_message(self):
        return self.env._(
            "Status and signatures of a contract are not written but follow from its "
            "moves. Use the buttons of the contract."
        )

    def _check_terms_write(self, vals):
        """Refuse to change what somebody has signed; its end may be put off."""
        signed = self.filtered(lambda contract: contract.state not in OPEN)
        changed = [name for name in TERMS & vals.keys()]
        if signed and changed:
            raise UserError(
                self.env._(
                    "%(contracts)s: it is signed, so %(fields)s cannot be changed. "
                    "Withdraw the signature, or make a new contract.",
                    contracts=", ".join(signed.mapped("name")),
                    fields=", ".join(self._fields[n].string for n in sorted(changed)),
                )
            )
        if "date_to" in vals:
            signed._check_prolonging(fields.Date.to_date(vals["date_to"]))

    def _check_prolonging(self, date_to):
        for contract in self:
            ended = contract.state == "terminated"
            if ended or (date_to and (contract.date_to or date_to) > date_to):
                raise UserError(
                    self.env._(
                        "%(contract)s is signed: its end, %(date)s, can only be put "
                        "off. Terminate it to end it earlier.",
                        contract=contract.name,
                        date=format_date(self.env, contract.date_to),
                    )
                )
            if date_to and not contract.date_to:
                raise UserError(
                    self.env._(
                        "%(contract)s was signed without an end. Terminate it to end "
                        "it.",
                        contract=contract.name,
                    )
                )

    # === Actions === #

    def action_renew(self):
        """Open a draft that follows this contract, with its terms."""
        self.ensure_one()
        self.check_access("read")
        renewal = self.copy(self._prepare_renewal_vals())
        return renewal.get_formview_action()

    def _prepare_renewal_vals(self):
        vals = {"renews_id": self.id}
        if self.date_to:
            start = self.date_to + timedelta(days=1)
            length = self.date_to - self.date_from
            vals |= {"date_from": start, "date_to": start + length}
        return vals
