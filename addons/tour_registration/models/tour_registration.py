"""Requests for registration (PPL-1): what somebody filled in, and what became of it."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.tour_partner import requisites

from ..registration_form import AGENTS, KINDS, LEGAL
from ..registration_states import MOVER, STATES

NO_ACCESS = "."
SHOWN_TWINS = 5
# Written by the form and by the mover only. The rest an operator may correct.
OURS = {
    "agreed_from",
    "agreed_lang",
    "agreed_on",
    "agreement_id",
    "address",
    "company_id",
    "decided_by_id",
    "decided_on",
    "form_token",
    "lang",
    "partner_id",
    "password_hash",
    "reject_reason",
    "state",
    "user_id",
}


class TourRegistration(models.Model):
    _name = "tour.registration"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Request for Registration"
    _order = "id desc"
    _rec_names_search = ["company_name", "name", "email", "vat", "login"]
    _mail_post_access = "read"

    state = fields.Selection(
        selection=STATES,
        string="Status",
        required=True,
        readonly=True,
        copy=False,
        default="new",
        index=True,
        tracking=True,
        group_expand=True,
    )
    kind = fields.Selection(
        selection=KINDS, string="Who registers", required=True, tracking=True
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, index=True
    )
    # The legal entity.
    company_name = fields.Char(string="Name of the company", tracking=True)
    vat = fields.Char(string="Tax id", index="btree_not_null", tracking=True)
    kpp = fields.Char(string="KPP")
    ogrn = fields.Char(string="OGRN")
    # The person.
    name = fields.Char(string="Your full name", required=True, tracking=True)
    function = fields.Char(string="Your position")
    email = fields.Char(string="E-mail", required=True, tracking=True)
    email_normalized = fields.Char(
        compute="_compute_email_normalized", store=True, index=True
    )
    phone = fields.Char()
    # The address and the bank.
    country_id = fields.Many2one(comodel_name="res.country", index="btree_not_null")
    zip = fields.Char(string="Postal code")
    city = fields.Char()
    street = fields.Char(string="Street, house, office")
    bank_name = fields.Char(string="Bank")
    bank_bic = fields.Char(string="Bank's BIC")
    bank_account = fields.Char(string="Account number")
    note = fields.Text(string="Comment")
    # The login that was chosen; the password is kept as a hash that none reads.
    login = fields.Char(required=True, tracking=True)
    password_hash = fields.Char(readonly=True, copy=False, groups=NO_ACCESS)
    has_password = fields.Boolean(
        string="Password kept",
        compute="_compute_has_password",
        help="Without it the new user gets a mail to choose a password.",
    )
    lang = fields.Char(string="Language", readonly=True)
    address = fields.Char(
        string="Network address", readonly=True, help="Where the request came from."
    )
    # What was agreed to with the form.
    agreement_id = fields.Many2one(
        comodel_name="tour.usage.agreement",
        string="Usage agreement",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    agreed_on = fields.Datetime(readonly=True)
    agreed_from = fields.Char(string="Agreed from address", readonly=True)
    agreed_lang = fields.Char(string="Agreed in language", readonly=True)
    # What became of it.
    decided_by_id = fields.Many2one(
        comodel_name="res.users", string="Decided by", readonly=True, copy=False
    )
    decided_on = fields.Datetime(readonly=True, copy=False)
    reject_reason = fields.Text(
        string="Why it was rejected",
        readonly=True,
        copy=False,
        help="It was mailed to whoever registered.",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Client",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="User",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    # Who else it might be.
    twin_partner_ids = fields.Many2many(
        comodel_name="res.partner",
        string="Companies and contacts like this",
        compute="_compute_twins",
    )
    twin_ids = fields.Many2many(
        comodel_name="tour.registration",
        string="Requests like this",
        compute="_compute_twins",
    )
    duplicate_note = fields.Html(
        string="Duplicates", compute="_compute_duplicate_note", sanitize=False
    )

    # A form that is sent twice makes one request.
    _form_token_uniq = models.UniqueIndex(
        "(form_token) WHERE form_token IS NOT NULL", "This form was sent already."
    )
    _old = models.Index("(decided_on) WHERE state != 'new'")
    _password_gone = models.Constraint(
        "CHECK(state = 'new' OR password_hash IS NULL)",
        "The password of a request that was decided is not kept.",
    )
    form_token = fields.Char(readonly=True, copy=False, groups=NO_ACCESS)

    # === Computes === #

    @api.depends("company_name", "name")
    def _compute_display_name(self):
        for registration in self:
            registration.display_name = ", ".join(
                filter(None, (registration.company_name, registration.name))
            )

    @api.depends("email")
    def _compute_email_normalized(self):
        for registration in self:
            registration.email_normalized = (registration.email or "").strip().lower()

    @api.depends("state")
    def _compute_has_password(self):
        for registration in self:
            # In sudo: that there is a hash is no secret; the hash is.
            registration.has_password = bool(registration.sudo().password_hash)

    @api.depends("vat", "email_normalized", "login")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_twins(self):
        partners = self._search_twin_partners()
        requests = self._search_twin_requests()
        for registration in self:
            registration.twin_partner_ids = partners.filtered(
                registration._is_twin_partner
            )
            registration.twin_ids = requests.filtered(registration._is_twin_request)

    def _search_twin_partners(self):
        vats = list(filter(None, self.mapped("vat")))
        emails = list(filter(None, self.mapped("email_normalized")))
        # Contacts repeat the number of their company: they are no twins.
        by_vat = Domain("vat", "in", vats) & (
            Domain("parent_id", "=", False) | Domain("is_company", "=", True)
        )
        domain = by_vat | Domain("email_normalized", "in", emails)
        partners = self.env["res.partner"].with_context(active_test=False)
        return partners.search(domain, limit=100, order="id")

    def _search_twin_requests(self):
        emails = list(filter(None, self.mapped("email_normalized")))
        domain = Domain.OR(
            [
                Domain("vat", "in", list(filter(None, self.mapped("vat")))),
                Domain("email_normalized", "in", emails),
                Domain("login", "in", list(filter(None, self.mapped("login")))),
            ]
        )
        return self.search(domain, limit=100)

    def _is_twin_partner(self, partner):
        # In sudo: whom the request became need not be readable.
        became = self.partner_id | self.sudo().user_id.partner_id
        if partner in became:
            return False
        return partner.email_normalized == self.email_normalized or (
            self.vat
            and partner.vat == self.vat
            and (partner.is_company or not partner.parent_id)
        )

    def _is_twin_request(self, other):
        return other != self._origin and (
            (self.vat and other.vat == self.vat)
            or other.email_normalized == self.email_normalized
            or other.login == self.login
        )

    @api.depends("twin_partner_ids", "twin_ids", "login", "state")
    @api.depends_context("lang", "uid")
    def _compute_duplicate_note(self):
        for registration in self:
            lines = registration._get_duplicate_lines()
            registration.duplicate_note = Markup("<br/>").join(lines)

    def _get_duplicate_lines(self):
        """A sentence for each sort of twin, with links that open beside."""
        lines = []
        if self.state == "new" and self._find_login_user():
            lines.append(
                self.env._(
                    "The login %(login)s is taken: choose another when you approve.",
                    login=self.login,
                )
            )
        if self.twin_partner_ids:
            lines.append(
                self.env._(
                    "With the same tax id or e-mail: %(links)s",
                    links=self._get_links(self.twin_partner_ids),
                )
            )
        if self.twin_ids:
            lines.append(
                self.env._(
                    "Other requests with the same tax id, e-mail or login: %(links)s",
                    links=self._get_links(self.twin_ids),
                )
            )
        return lines

    @api.model
    def _get_links(self, records):
        links = [
            Markup('<a href="%s" target="_blank">%s</a>')
            % (f"/odoo/{record._name}/{record.id}", record.display_name)
            for record in records[:SHOWN_TWINS]
        ]
        if len(records) > SHOWN_TWINS:
            links.append(
                self.env._("and %(count)s more", count=len(records) - len(links))
            )
        return Markup(", ").join(links)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_mover():
            raise AccessError(
                self.env._("Requests for registration come from the form only.")
            )
        for vals in vals_list:
            self._normalize(vals)
        return super().create(vals_list)

    def write(self, vals):
        # Before the thread reads what it tracks: who may not write is told just that.
        self.check_access("write")
        if not self._is_mover():
            if vals.keys() & OURS:
                raise AccessError(
                    self.env._(
                        "A request is not decided by writing: approve or reject it."
                    )
                )
            self._check_open()
        self._normalize(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_by_cron_only(self):
        if not self._is_mover():
            raise AccessError(
                self.env._("Requests are kept; old ones are erased by themselves.")
            )

    def copy_data(self, default=None):
        """Refuse: a request is what somebody filled in."""
        raise AccessError(
            self.env._("Requests for registration come from the form only.")
        )

    def _check_open(self):
        decided = self.filtered(lambda registration: registration.state != "new")
        if decided:
            raise UserError(
                self.env._(
                    "%(requests)s: it was decided, and is not changed any more.",
                    requests=", ".join(decided.mapped("display_name")),
                )
            )

    @api.model
    def _normalize(self, vals):
        """Write numbers without the separators people type, in place."""
        if vals.get("vat"):
            vals["vat"] = requisites.normalize_tax_id(vals["vat"])
        for name in ("kpp", "ogrn", "bank_bic", "bank_account"):
            if vals.get(name):
                vals[name] = requisites.compact(vals[name]).upper()

    @api.model
    def _is_mover(self):
        return self.env.context.get("tour_registration_mover") is MOVER

    # === What it says === #

    def _is_legal(self):
        return self.kind in LEGAL

    def _is_agent(self):
        return self.kind in AGENTS

    def _find_login_user(self, login=None):
        """The user who has the login, in whatever case, archived or not."""
        login = login or self.login
        users = self.env["res.users"].with_context(active_test=False)
        # In sudo: a login is taken by whomever.
        found = users.sudo().search([("login", "=ilike", _escape_like(login))], limit=1)
        return found

    # === Buttons === #

    def action_approve(self):
        """Ask what the new user belongs to."""
        self.ensure_one()
        self._check_move("approved")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_registration.tour_registration_approve_action"
            ),
            "context": {"default_registration_id": self.id},
        }

    def action_reject(self):
        """Ask why; whoever registered reads it."""
        self.ensure_one()
        # The reason is asked for by the window.
        self._check_move("rejected", "-")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_registration.tour_registration_reject_action"
            ),
            "context": {"default_registration_id": self.id},
        }


def _escape_like(text):
    r"""The text for ``ilike``, where some signs mean something.

    >>> _escape_like("a_b%")
    'a\\_b\\%'
    """
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, "\\" + sign)
    return text
