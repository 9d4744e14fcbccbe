from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.tour_partner.defaults import without_defaults

from ..papers import KINDS, get_codes

DOCUMENT_KINDS = [
    ("voucher", "Voucher"),
    ("booking_sheet", "Booking sheet"),
    ("invoice", "Invoice for payment"),
    ("supplier_request", "Request to supplier"),
    ("contract", "Contract"),
    ("service_act", "Service act"),
    ("apartment_act", "Apartment act"),
    ("cover_sheet", "Cover sheet of acts"),
    ("cancellation_letter", "Cancellation letter"),
    ("cancellation_accounting", "Cancellation, to accounting"),
    ("guarantee_letter", "Guarantee letter"),
]
AUDIENCES = [("client", "Client"), ("supplier", "Supplier"), ("staff", "Staff")]

# Sentinel in the context of what the document itself writes. An object can't come
# through RPC, so that nobody else writes numbers, versions and the like.
OWN_WRITE = object()
OWN_FIELDS = {"number", "copy_number", "current_version_id", "sent_on"}
# What a document is about is settled when it is made.
FIXED_FIELDS = {"order_id", "kind", "line_id", "company_id"}
# What a lock keeps as it is.
CONTENT_FIELDS = {
    "template_id", "lang", "date", "wording", "row_wording", "partner_id", "is_sealed",
}  # fmt: skip


class TourDocument(models.Model):
    """A paper of ours about a booking: voucher, booking sheet, invoice, request.

    It holds what people decide (template, wording, language, who may see it); what
    the booking says is drawn anew each time, into a version, until it is locked.
    """

    _name = "tour.document"
    _description = "Document"
    _inherit = ["mail.thread", "portal.mixin"]
    _order = "id desc"
    _rec_name = "number"

    number = fields.Char(readonly=True, copy=False, index="trigram")
    copy_number = fields.Integer(
        readonly=True,
        copy=False,
        help="Which document of its kind in the booking it is.",
    )
    active = fields.Boolean(default=True)
    kind = fields.Selection(selection=DOCUMENT_KINDS, required=True)
    audience = fields.Selection(
        selection=AUDIENCES,
        string="Written to",
        compute="_compute_audience",
        search="_search_audience",
    )
    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        required=True,
        ondelete="cascade",
        domain=[("is_tour_booking", "=", True)],
        index=True,
    )
    line_id = fields.Many2one(
        comodel_name="sale.order.line",
        string="Service",
        ondelete="set null",
        domain="[('order_id', '=', order_id), ('service_type_id', '!=', False)]",
        index="btree_not_null",
        help="Of what a voucher or an apartment act is; other documents are of all.",
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True, index=True
    )
    user_id = fields.Many2one(related="order_id.user_id", string="Manager")
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Addressee",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        help="The client, or the supplier of a request.",
    )
    consignee_id = fields.Many2one(related="order_id.consignee_id")
    # What people decide.
    template_id = fields.Many2one(
        comodel_name="tour.document.template",
        compute="_compute_template_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        ondelete="restrict",
        domain="[('kind', '=', kind), ('company_id', 'in', (company_id, False))]",
        index="btree_not_null",
        tracking=True,
    )
    lang = fields.Selection(
        selection="_selection_lang",
        string="Language",
        compute="_compute_lang",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        tracking=True,
    )
    date = fields.Date(
        default=fields.Date.context_today, required=True, copy=False, tracking=True
    )
    wording = fields.Html(
        compute="_compute_wording",
        store=True,
        readonly=False,
        precompute=True,
        sanitize_style=True,
        strip_classes=True,
    )
    row_wording = fields.Text(
        string="Wording of services",
        compute="_compute_wording",
        store=True,
        readonly=False,
        precompute=True,
        help="Replaces the description of each service.",
    )
    locked = fields.Boolean(
        copy=False,
        tracking=True,
        help="A locked document stays as it is, whatever becomes of the booking.",
    )
    access = fields.Selection(
        selection=[("staff", "Staff"), ("client", "Staff and client")],
        string="Seen by",
        default="staff",
        required=True,
        copy=False,
        tracking=True,
    )
    is_open_to_client = fields.Boolean(
        string="Client sees it",
        compute="_compute_is_open_to_client",
        search="_search_is_open_to_client",
        help="The client sees it on the portal: it was opened to him, or the booking"
        " is done.",
    )
    # What was made of it.
    version_ids = fields.One2many(
        comodel_name="tour.document.version",
        inverse_name="document_id",
        string="Versions",
        readonly=True,
        groups="tour_partner.tour_group_staff",
    )
    current_version_id = fields.Many2one(
        comodel_name="tour.document.version",
        readonly=True,
        copy=False,
        groups="tour_partner.tour_group_staff",
    )
    version_number = fields.Integer(
        related="current_version_id.number", string="Version", compute_sudo=True
    )
    drawn_on = fields.Datetime(
        related="current_version_id.create_date", string="Drawn on", compute_sudo=True
    )
    pdf_file = fields.Binary(
        compute="_compute_pdf_file",
        string="PDF",
        groups="tour_partner.tour_group_staff",
    )
    is_outdated = fields.Boolean(
        compute="_compute_is_outdated",
        groups="tour_partner.tour_group_staff",
        help="The booking says something else than the current version.",
    )
    sent_on = fields.Datetime(
        string="Sent on", readonly=True, copy=False, tracking=True
    )
    placeholders = fields.Char(related="template_id.placeholders")

    _copy_number_unique = models.UniqueIndex(
        "(order_id, kind, copy_number)",
        "The booking has another document of this number.",
    )
    # `_get_open_domain` looks for these.
    _open_idx = models.Index("(order_id) WHERE access = 'client'")

    def _selection_lang(self):
        return self.env["res.lang"].get_installed()

    # Computes

    @api.model
    def _get_kind_names(self):
        return self._fields["kind"]._description_selection(self.env)

    @api.depends("kind", "number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        names = dict(self._get_kind_names())
        for document in self:
            parts = (names.get(document.kind), document.number)
            document.display_name = " ".join(filter(None, parts))

    @api.depends("kind")
    def _compute_audience(self):
        for document in self:
            known = KINDS.get(document.kind)
            document.audience = known and known.audience

    def _search_audience(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(
            Domain("kind", "in", get_codes(audience=audience)) for audience in value
        )

    @api.depends("kind", "order_id", "line_id")
    def _compute_partner_id(self):
        """The client, or our own company; what becomes of it when the booking gets
        another client is told in `sale_order_client_change`."""
        for document in self:
            order = document.order_id
            partner = document.partner_id
            if not partner and document.audience == "client":
                partner = order.partner_id
            elif not partner and document.audience == "staff":
                partner = order.company_id.partner_id
            document.partner_id = partner

    @api.depends("kind", "order_id", "partner_id")
    def _compute_template_id(self):
        templates = self.env["tour.document.template"]
        for document in self:
            company = document.order_id.company_id or self.env.company
            known = document.template_id
            is_kept = not document.kind or known.kind == document.kind
            # In a form the kind comes first, and the client may have a template.
            if is_kept and known and not document._origin:
                is_kept = known != templates._get_default(document.kind, company)
            if is_kept:
                document.template_id = known
                continue
            document.template_id = templates._get_default(
                document.kind, company, document.partner_id
            )

    @api.depends("partner_id")
    def _compute_lang(self):
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        for document in self:
            known = (document.lang, document.partner_id.lang, self.env.lang, "en_US")
            document.lang = next((code for code in known if code in installed), False)

    @api.depends("template_id", "lang")
    def _compute_wording(self):
        for document in self:
            template = document.template_id.with_context(lang=document.lang)
            document.wording = template.wording
            document.row_wording = template.row_wording

    @api.depends("kind", "access", "order_id.booking_state")
    def _compute_is_open_to_client(self):
        # In sudo: the client may read the document, the booking's status is its own.
        for document, document_sudo in zip(self, self.sudo(), strict=True):
            document.is_open_to_client = document_sudo.access == "client" or bool(
                document_sudo.kind in get_codes(open_when_done=True)
                and document_sudo.order_id._is_tour_done()
            )

    def _search_is_open_to_client(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain.FALSE
        if True in value:
            domain |= self._get_open_domain()
        if False in value:
            domain |= ~self._get_open_domain()
        return domain

    @api.model
    def _get_open_domain(self):
        """Documents that their clients may see; the portal's rule asks for them."""
        # Past access: the client may ask for his papers, not for our status.
        is_done = self.env["sale.order"]._get_tour_done_domain()
        done = Domain("order_id", "any!", is_done)
        return Domain("access", "=", "client") | (
            Domain("kind", "in", get_codes(open_when_done=True)) & done
        )

    @api.depends("current_version_id")
    def _compute_pdf_file(self):
        for document in self:
            document.pdf_file = document.current_version_id.attachment_id.datas

    def _compute_access_url(self):
        for document in self:
            document.access_url = f"/my/tour/documents/{document.id}"

    # Constraints

    @api.constrains("line_id", "order_id")
    def _check_line_id(self):
        for document in self:
            if document.line_id and document.line_id.order_id != document.order_id:
                raise ValidationError(
                    self.env._("The service is not one of this booking.")
                )

    @api.constrains("template_id", "kind")
    def _check_template_id(self):
        for document in self:
            if document.template_id.kind != document.kind:
                raise ValidationError(
                    self.env._(
                        "“%(template)s” is a template for another kind of document.",
                        template=document.template_id.name,
                    )
                )

    @api.constrains("wording")
    def _check_wording(self):
        for document in self:
            document.template_id._check_wording_length(document.wording)

    @api.constrains("kind", "access")
    def _check_access_of_client(self):
        if self.filtered(lambda d: d.access == "client" and d.audience != "client"):
            raise ValidationError(
                self.env._("What is not for the client is never opened to him.")
            )

    @api.constrains("kind", "partner_id")
    def _check_partner_id(self):
        """A client's paper goes to the client of the booking, to nobody else."""
        for document in self:
            if document.audience != "client" or document.locked:
                continue
            if document.partner_id != document.order_id.partner_id:
                raise ValidationError(
                    self.env._(
                        "%(document)s is for the client of the booking.",
                        document=document.display_name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_own_fields(vals)
        self = without_defaults(self, OWN_FIELDS.__contains__)
        # Versions tell who made what, and nobody asked to follow every paper.
        quiet = self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        documents = super(TourDocument, quiet).create(vals_list)
        documents._give_numbers()
        return documents.with_env(self.env)

    def write(self, vals):
        self._check_own_fields(vals)
        changed = vals.keys() & FIXED_FIELDS
        if changed and not self._is_own_write():
            raise UserError(
                self.env._(
                    "A document stays with its booking and kind. Make another one."
                )
            )
        if (
            vals.keys() & CONTENT_FIELDS
            and vals.get("locked") is not False
            and not self._is_own_write()
        ):
            self._check_not_locked()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_locked_or_sent(self):
        kept = self.filtered(lambda document: document.locked or document.sent_on)
        if kept:
            raise UserError(
                self.env._(
                    "%(documents)s: locked or sent already. Archive them instead.",
                    documents=", ".join(kept.mapped("display_name")),
                )
            )

    def unlink(self):
        """Take the versions along; each takes its file along as the ORM does."""
        # In sudo: nobody may delete a version by itself.
        versions_sudo = self.sudo().version_ids
        self.check_access("unlink")
        self._unlink_except_locked_or_sent()
        self.with_context(tour_document_own_write=OWN_WRITE).write(
            {"current_version_id": False}
        )
        versions_sudo.unlink()
        return super().unlink()

    def _is_own_write(self):
        return self.env.context.get("tour_document_own_write") is OWN_WRITE

    def _write_own(self, vals):
        """Write what only the document itself writes."""
        self.with_context(tour_document_own_write=OWN_WRITE).write(vals)

    def _check_own_fields(self, vals):
        names = vals.keys() & OWN_FIELDS
        if names and not self._is_own_write():
            raise AccessError(
                self.env._(
                    "%(fields)s are given by the document itself.",
                    fields=", ".join(sorted(names)),
                )
            )

    def _check_not_locked(self):
        locked = self.filtered("locked")
        if locked:
            raise UserError(
                self.env._(
                    "%(documents)s: locked. Unlock the document to change it.",
                    documents=", ".join(locked.mapped("display_name")),
                )
            )

    def _give_numbers(self):
        """Number new documents after their booking: S00012, S00012-2 …"""
        fresh = self.filtered(lambda document: not document.copy_number)
        taken = fresh._get_last_numbers()
        for document in fresh:
            key = (document.order_id, document.kind)
            taken[key] = number = taken.get(key, 0) + 1
            name = document.order_id.name
            document._write_own(
                {
                    "copy_number": number,
                    "number": name if number == 1 else f"{name}-{number}",
                }
            )

    def _get_last_numbers(self):
        # In sudo and with the archived ones: a number is never given twice.
        groups = (
            self.sudo()
            .with_context(active_test=False)
            ._read_group(
                [("order_id", "in", self.order_id.ids)],
                ["order_id", "kind"],
                ["copy_number:max"],
            )
        )
        return {
            (order.sudo(False), kind): number or 0 for order, kind, number in groups
        }

    # Actions

    def action_lock(self):
        """Keep the documents as they are."""
        self.write({"locked": True})
        return True

    def action_unlock(self):
        self.write({"locked": False})
        return True

    def action_open_to_client(self):
        """Let the client see the documents on the portal."""
        wrong = self.filtered(lambda document: document.audience != "client")
        if wrong:
            raise UserError(
                self.env._(
                    "%(documents)s: not for the client.",
                    documents=", ".join(wrong.mapped("display_name")),
                )
            )
        undrawn = self.filtered(lambda document: not document.current_version_id)
        undrawn._draw()
        self.write({"access": "client"})
        return True

    def action_close_to_client(self):
        """Hide the documents again, and spoil the links that were given away."""
        self.write({"access": "staff"})
        # In sudo: the token is nobody's to write.
        self.sudo().write({"access_token": False})
        return True
