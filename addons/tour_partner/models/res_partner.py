from collections import defaultdict

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.modules.db import FunctionStatus

from odoo.addons.phone_validation.tools.phone_validation import phone_format

from .. import requisites

SHOWN_TWINS = 5


def _trigram(column):
    """Return the definition of a trigram index, empty where the server has none."""

    def definition(registry):
        if not registry.has_trigram:
            return ""
        expression = f'"{column}"'
        if registry.has_unaccent == FunctionStatus.INDEXABLE:
            expression = registry.unaccent(expression)
        return f"USING gin (({expression}) gin_trgm_ops)"

    return definition


class ResPartner(models.Model):
    _inherit = "res.partner"

    _complete_name_displayed_types = ("invoice", "delivery", "other", "consignee")

    # Kinds: one company may be of several.
    tour_client_agent = fields.Boolean(string="Client: agent")
    tour_client_corporate = fields.Boolean(string="Client: corporate")
    tour_supplier = fields.Boolean(
        string="Supplier", help="The legal entity that hotels and services bill from."
    )
    tour_channel_manager = fields.Boolean(string="Channel manager")
    is_tour_client = fields.Boolean(
        string="Client",
        compute="_compute_is_tour_client",
        precompute=True,
        store=True,
    )
    company_group_id = fields.Many2one(
        "tour.company.group",
        string="Group of companies",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    type = fields.Selection(
        selection_add=[("consignee", "Consignee")],
        ondelete={"consignee": "set other"},
    )
    consignee_ids = fields.One2many(
        "res.partner",
        "parent_id",
        string="Consignees",
        domain=[("type", "=", "consignee")],
    )
    # A consignee may have a KPP of its own under the tax id of its company, so
    # this is no commercial field that the company would overwrite.
    kpp = fields.Char(string="KPP", help="Reason of registration: 9 characters.")
    ogrn = fields.Char(
        string="OGRN", help="State registry number: 13 digits, 15 for a sole trader."
    )
    tax_id_warning = fields.Html(
        string="Tax id warning", compute="_compute_tax_id_warning"
    )
    is_curator = fields.Boolean(
        string="Curator",
        compute="_compute_is_curator",
        inverse="_inverse_is_curator",
        help="A client's user who sees all users and bookings of his company.",
    )
    tour_login = fields.Char(
        string="Logins",
        compute="_compute_tour_login",
        groups="tour_partner.tour_group_staff",
    )
    # What staff note about a client: Odoo lets his own users read it.
    comment = fields.Html(groups="base.group_user")
    tour_user_count = fields.Integer(
        string="Number of users", compute="_compute_tour_counts"
    )
    consignee_count = fields.Integer(
        string="Number of consignees", compute="_compute_tour_counts"
    )
    tour_bill_count = fields.Integer(
        string="Number of supplier bills", compute="_compute_tour_bill_count"
    )

    # Clients are found by any part of these while a booking is typed.
    _complete_name_trigram = models.Index(_trigram("complete_name"))
    _vat_trigram = models.Index(_trigram("vat"))
    _ref_trigram = models.Index(_trigram("ref"))
    _email_trigram = models.Index(_trigram("email"))
    # The lists of clients and of suppliers hold few of all the contacts.
    _tour_client = models.Index("(complete_name, id DESC) WHERE is_tour_client")
    _tour_supplier_name = models.Index("(complete_name, id DESC) WHERE tour_supplier")

    # === Computes === #

    @api.depends("tour_client_agent", "tour_client_corporate")
    def _compute_is_tour_client(self):
        for partner in self:
            partner.is_tour_client = (
                partner.tour_client_agent or partner.tour_client_corporate
            )

    @api.depends("vat", "kpp", "ogrn", "country_id", "parent_id", "is_company")
    @api.depends_context("company", "lang")
    def _compute_tax_id_warning(self):
        twins = self._get_tax_id_twins()
        for partner in self:
            lines = partner._get_requisite_faults()
            if partner_twins := twins[partner]:
                lines.append(partner._get_twins_message(partner_twins))
            partner.tax_id_warning = Markup("<br/>").join(lines)

    @api.depends("user_ids.is_curator")
    def _compute_is_curator(self):
        for partner in self:
            partner.is_curator = any(partner.user_ids.mapped("is_curator"))

    def _inverse_is_curator(self):
        if not self.env.su and not self.env.user.has_group(
            "tour_partner.tour_group_manager_own"
        ):
            raise AccessError(self.env._("Only a manager names a client's curator."))
        for partner in self:
            # Managers don't write users; this right to one flag is checked above.
            users_sudo = partner.sudo().user_ids.filtered("share")
            if partner.is_curator and not users_sudo:
                raise UserError(
                    self.env._(
                        "%(name)s is no portal user yet. Grant portal access first.",
                        name=partner.display_name,
                    )
                )
            users_sudo.is_curator = partner.is_curator

    @api.depends("user_ids.login")
    def _compute_tour_login(self):
        for partner in self:
            # Logins are for staff's eyes by the field's groups.
            partner.tour_login = ", ".join(partner.sudo().user_ids.mapped("login"))

    def _compute_tour_counts(self):
        users = defaultdict(int)
        members = self._read_group(
            [
                ("commercial_partner_id", "in", self.ids),
                ("user_ids", "!=", False),
            ],
            ["commercial_partner_id"],
            ["__count"],
        )
        for company, count in members:
            users[company] = count
        consignees = dict(
            self._read_group(
                [("parent_id", "in", self.ids), ("type", "=", "consignee")],
                ["parent_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.tour_user_count = users[partner]
            partner.consignee_count = consignees.get(partner, 0)

    def _compute_tour_bill_count(self):
        counts = {}
        if self._has_tour_bills():
            groups = self.env["account.move"]._read_group(
                self._get_tour_bill_domain(), ["commercial_partner_id"], ["__count"]
            )
            counts = dict(groups)
        for partner in self:
            partner.tour_bill_count = counts.get(partner, 0)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._normalize_requisites(vals)
            if vals.get("phone"):
                country = self.env["res.country"].browse(vals.get("country_id"))
                vals["phone"] = self._normalize_phone(vals["phone"], country)
        return super().create(vals_list)

    def write(self, vals):
        self._normalize_requisites(vals)
        if not vals.get("phone"):
            return super().write(vals)
        by_phone = defaultdict(self.browse)
        for partner in self:
            country = partner.country_id
            if "country_id" in vals:
                country = country.browse(vals["country_id"])
            by_phone[self._normalize_phone(vals["phone"], country)] += partner
        for phone, partners in by_phone.items():
            super(ResPartner, partners).write({**vals, "phone": phone})
        return True

    # === Actions === #

    def action_view_tour_users(self):
        self.ensure_one()
        action = self._get_tour_action("res_partner_action_client_users")
        action["domain"] = [
            ("commercial_partner_id", "=", self.commercial_partner_id.id),
            ("user_ids", "!=", False),
        ]
        action["context"] = {"default_parent_id": self.id}
        return action

    def action_view_consignees(self):
        self.ensure_one()
        action = self._get_tour_action("res_partner_action_consignees")
        action["domain"] = [("parent_id", "=", self.id), ("type", "=", "consignee")]
        action["context"] = {
            "default_parent_id": self.id,
            "default_type": "consignee",
        }
        return action

    def action_view_tour_bills(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_move_in_invoice_type"
        )
        action["domain"] = list(self._get_tour_bill_domain())
        action["context"] = {
            "default_move_type": "in_invoice",
            "default_partner_id": self.id,
        }
        return action

    # === Requisites === #

    def _get_requisite_faults(self):
        """Return a line of text for each requisite that is malformed."""
        self.ensure_one()
        country = self.country_id or self.env.company.country_id
        faults = []
        if self._has_own_tax_id():
            fault = requisites.check_tax_id(country.code, self.vat)
            if fault:
                faults.append(self._get_tax_id_message(fault, country))
        if country.code == "RU":
            if fault := requisites.check_kpp(self.kpp):
                faults.append(self._get_kpp_message(fault))
            if fault := requisites.check_ogrn(self.ogrn):
                faults.append(self._get_ogrn_message(fault))
        return faults

    def _get_tax_id_message(self, fault, country):
        values = {
            "label": country.vat_label or self.env._("Tax ID"),
            "number": self.vat,
            "country": country.name,
        }
        if fault == requisites.LENGTH:
            return self.env._(
                "%(label)s %(number)s has not as many characters as in %(country)s.",
                **values,
            )
        if fault == requisites.CHECKSUM:
            return self.env._(
                "%(label)s %(number)s has a mistake: its check digits differ.", **values
            )
        return self.env._(
            "%(label)s %(number)s is not written as in %(country)s.", **values
        )

    def _get_kpp_message(self, fault):
        if fault == requisites.LENGTH:
            return self.env._(
                "KPP %(number)s is not 9 characters long.", number=self.kpp
            )
        return self.env._("KPP %(number)s is malformed.", number=self.kpp)

    def _get_ogrn_message(self, fault):
        if fault == requisites.CHECKSUM:
            return self.env._(
                "OGRN %(number)s has a mistake: its check digit differs.",
                number=self.ogrn,
            )
        return self.env._(
            "OGRN %(number)s is not 13 digits long (15 for a sole trader).",
            number=self.ogrn,
        )

    def _get_tax_id_twins(self):
        """Return the other companies of the same tax id, of each of these.

        The user's own access applies: what he may not see is not named to him.
        """
        wanted = {
            partner: requisites.normalize_tax_id(partner.vat)
            for partner in self
            if partner._has_own_tax_id()
        }
        numbers = {*wanted.values(), *(partner.vat for partner in wanted)}
        found = self.browse()
        if numbers:
            # Contacts repeat the number of their company: they are no twins.
            found = self.with_context(active_test=False).search(
                [
                    ("vat", "in", list(numbers)),
                    "|",
                    ("parent_id", "=", False),
                    ("is_company", "=", True),
                ]
            )
        by_number = found.grouped(lambda twin: requisites.normalize_tax_id(twin.vat))
        return {
            partner: by_number.get(wanted.get(partner), found.browse())
            - partner._origin
            for partner in self
        }

    def _has_own_tax_id(self):
        """Say whether a tax id is given, and is not that of the company above."""
        self.ensure_one()
        return len((self.vat or "").strip()) > 1 and (
            self.is_company or not self.parent_id
        )

    def _get_twins_message(self, twins):
        """Return the sentence that names the twins, with links that open beside."""
        links = Markup(", ").join(
            Markup('<a href="%s" target="_blank">%s</a>')
            % (f"/odoo/res.partner/{twin.id}", twin._get_twin_name())
            for twin in twins[:SHOWN_TWINS]
        )
        if len(twins) > SHOWN_TWINS:
            return self.env._(
                "Also with this tax id: %(links)s and %(count)s more.",
                links=links,
                count=len(twins) - SHOWN_TWINS,
            )
        return self.env._("Also with this tax id: %(links)s.", links=links)

    def _get_twin_name(self):
        parts = [self.display_name]
        if self.kpp:
            parts.append(self.env._("KPP %(number)s", number=self.kpp))
        if not self.active:
            parts.append(self.env._("archived"))
        return ", ".join(parts)

    @api.model
    def _normalize_requisites(self, vals):
        """Write numbers without the separators people type, in place."""
        if vals.get("vat"):
            vals["vat"] = requisites.normalize_tax_id(vals["vat"])
        for name in ("kpp", "ogrn"):
            if vals.get(name):
                vals[name] = requisites.compact(vals[name]).upper()

    @api.model
    def _normalize_phone(self, phone, country):
        """Return the phone in international form, as typed where it is none."""
        country = country or self.env.company.country_id
        return phone_format(
            phone,
            country.code,
            country.phone_code,
            force_format="INTERNATIONAL",
            raise_exception=False,
        )

    # === What depends on a company === #

    @api.model
    def _get_tour_action(self, name):
        return self.env["ir.actions.act_window"]._for_xml_id(f"tour_partner.{name}")

    @api.model
    def _has_tour_bills(self):
        """Say whether there are supplier bills, and this user may read them."""
        return "account.move" in self.env and self.env["account.move"].has_access(
            "read"
        )

    def _get_tour_bill_domain(self):
        """Return the domain of the bills that these companies have sent."""
        return Domain("commercial_partner_id", "in", self.ids) & Domain(
            "move_type", "in", ("in_invoice", "in_refund")
        )
