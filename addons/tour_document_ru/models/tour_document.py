from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.tour_document.models.sale_order_facts import exact
from odoo.addons.tour_document.models.tour_document import CONTENT_FIELDS

from ..kinds import KIND_NAMES, VAT_KINDS

SEQUENCE_CODE = "tour.vat.invoice"
UPD_STATUSES = [
    ("1", "1: VAT invoice and transfer document"),
    ("2", "2: transfer document only"),
]
FORM_FIELDS = {
    "move_id", "upd_status", "seller_id", "correction_number", "correction_date",
    "payment_documents", "advance_invoices", "state_contract", "transfer_basis",
    "transfer_date", "transfer_note",
}  # fmt: skip
CONTENT_FIELDS.update(FORM_FIELDS)


class TourDocument(models.Model):
    """VAT invoices and universal transfer documents.

    Until there is something to issue them for (a posted invoice, or a booking that is
    done) they are drafts without a number, which the client does not see.
    """

    _inherit = "tour.document"

    kind = fields.Selection(
        selection_add=KIND_NAMES, ondelete=dict.fromkeys(VAT_KINDS, "cascade")
    )
    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Customer invoice",
        domain="[('id', 'in', vat_move_ids)]",
        copy=False,
        index="btree_not_null",
        help="What the form is filled in from; from the booking while it is empty.",
    )
    vat_move_ids = fields.Many2many(
        comodel_name="account.move",
        string="Invoices to choose from",
        compute="_compute_vat_move_ids",
        groups="tour_partner.tour_group_staff",
    )
    vat_number = fields.Char(
        string="Number of the VAT invoice",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Given once, by company and year, when the form is issued.",
    )
    upd_status = fields.Selection(
        selection=UPD_STATUSES,
        string="Status of the form",
        compute="_compute_upd_status",
        store=True,
        readonly=False,
        precompute=True,
    )
    seller_id = fields.Many2one(
        comodel_name="res.partner",
        string="Seller (principal)",
        domain=[("is_company", "=", True)],
        help="Whom we sell for as an agent: he stands in lines 2 to 2б. Empty: we are"
        " the seller ourselves.",
    )
    correction_number = fields.Char(string="Correction No.", copy=False)
    correction_date = fields.Date(string="Corrected on", copy=False)
    payment_documents = fields.Char(
        string="Payment orders of advances",
        help="Line 5: as in “№ 17 от 01.10.2026”.",
    )
    advance_invoices = fields.Char(
        string="VAT invoices of advances",
        help="Line 5б: as in “№ 12 от 01.09.2026”.",
    )
    state_contract = fields.Char(
        string="State contract", help="Line 8: its identifier."
    )
    transfer_basis = fields.Char(
        string="Basis of transfer",
        compute="_compute_transfer",
        store=True,
        readonly=False,
        precompute=True,
        help="Line 10: contract and booking.",
    )
    transfer_date = fields.Date(
        string="Date of transfer",
        compute="_compute_transfer",
        store=True,
        readonly=False,
        precompute=True,
        help="Line 13, and the document of line 5а.",
    )
    transfer_note = fields.Char(string="Notes on the transfer", help="Line 14.")

    # One VAT invoice is issued for one invoice, once.
    _vat_number_of_move_unique = models.UniqueIndex(
        "(move_id) WHERE vat_number IS NOT NULL AND active AND move_id IS NOT NULL",
        "The customer invoice has a VAT invoice already.",
    )
    _correction_has_date = models.Constraint(
        "CHECK((COALESCE(correction_number, '') = '') = (correction_date IS NULL))",
        "A correction has a number and a date.",
    )

    # === Computes === #

    @api.depends("order_id", "kind")
    def _compute_vat_move_ids(self):
        for document in self:
            document.vat_move_ids = document.order_id._get_vat_moves()

    @api.depends("kind", "order_id", "move_id")
    def _compute_upd_status(self):
        """Who charges no VAT, or has made out a VAT invoice already, transfers only."""
        for document in self:
            if document.kind == "upd" and document.order_id:
                # In sudo: taxes are for accountants.
                has_vat = document.order_id.sudo().order_line.tax_ids
                is_both = has_vat and not document._get_other_vat_document()
                document.upd_status = document.upd_status or ("1" if is_both else "2")
            else:
                document.upd_status = False

    @api.depends("kind", "order_id")
    def _compute_transfer(self):
        for document in self:
            order = document.order_id
            if document.kind in VAT_KINDS and order:
                basis = document.transfer_basis or order._get_transfer_basis()
                date = document.transfer_date or order.service_date_to or document.date
                document.transfer_basis = basis
                document.transfer_date = date
            else:
                document.transfer_basis = document.transfer_date = False

    @api.depends("kind")
    def _compute_lang(self):
        """The forms are in Russian, and so are the services on them."""
        vat = self.filtered(lambda document: document.kind in VAT_KINDS)
        result = super()._compute_lang()
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        russian = next((code for code in installed if code.startswith("ru")), False)
        for document in vat:
            document.lang = russian or document.lang
        return result

    @api.depends("vat_number", "upd_status")
    def _compute_is_open_to_client(self):
        """A draft is not for the client, whatever becomes of its booking."""
        result = super()._compute_is_open_to_client()
        for document in self:
            if document.kind in VAT_KINDS and not document._is_issued():
                document.is_open_to_client = False
        return result

    @api.model
    def _get_open_domain(self):
        issued = (
            Domain("kind", "not in", VAT_KINDS)
            | Domain("vat_number", "!=", False)
            | Domain("upd_status", "=", "2")
        )
        return super()._get_open_domain() & issued

    @api.depends("vat_number")
    def _compute_display_name(self):
        """The number of a VAT invoice is what it is asked for by."""
        result = super()._compute_display_name()
        names = dict(self._fields["kind"]._description_selection(self.env))
        for document in self.filtered("vat_number"):
            document.display_name = (
                f"{names[document.kind]} {document.vat_number} ({document.number})"
            )
        return result

    # === Constraints === #

    @api.constrains("move_id", "order_id")
    def _check_move_id(self):
        for document in self:
            if document.move_id - document.order_id._get_vat_moves():
                raise ValidationError(
                    self.env._(
                        "%(document)s: choose a posted invoice of the same booking.",
                        document=document.display_name,
                    )
                )

    # === Numbers === #

    def _needs_vat_number(self):
        """Whether the paper is a VAT invoice, alone or within another form."""
        self.ensure_one()
        return self.kind == "vat_invoice" or (
            self.kind == "upd" and self.upd_status == "1"
        )

    def _is_issued(self):
        return bool(self.vat_number) or not self._needs_vat_number()

    def _give_vat_number(self):
        """Give the next number, if there is something to issue a VAT invoice for.

        However often it is drawn, by however many people: the number is given once.
        """
        self.ensure_one()
        if self._is_issued() or not self._can_be_issued():
            return
        self._wait_for(self)
        self.invalidate_recordset(["vat_number"])
        if self.vat_number:
            return
        other = self._get_other_vat_document()
        if other:
            raise UserError(
                self.env._(
                    "%(document)s is the VAT invoice already. A transfer document"
                    " beside it has status 2.",
                    document=other.display_name,
                )
            )
        sequence_sudo = self._get_vat_sequence()
        number = sequence_sudo.next_by_id(sequence_date=self.date)
        self._write_own({"vat_number": number})

    def _can_be_issued(self):
        """Whether the service is rendered: invoiced, or the booking done."""
        # In sudo: the state of both, for who may draw the paper.
        move_sudo, order_sudo = self.move_id.sudo(), self.order_id.sudo()
        return move_sudo.state == "posted" or order_sudo._is_tour_done()

    def _get_other_vat_document(self):
        """Another paper that is the VAT invoice of the same invoice, or booking."""
        others = self.search(
            Domain("order_id", "=", self.order_id.id)
            & Domain("kind", "in", VAT_KINDS)
            & Domain("move_id", "=", self.move_id.id)
            & Domain("vat_number", "!=", False)
        )
        return (others - self._origin)[:1]

    def _get_vat_sequence(self):
        """The company's own row of numbers, which begins anew each year; in sudo, as
        nobody draws a number from it otherwise."""
        company = self.company_id
        sequences_sudo = self.env["ir.sequence"].sudo()
        domain = [("code", "=", SEQUENCE_CODE), ("company_id", "=", company.id)]
        sequence_sudo = sequences_sudo.search(domain, limit=1)
        if not sequence_sudo:
            # Two who issue the first one at once must not begin two rows.
            self._wait_for(company)
            sequence_sudo = sequences_sudo.create(
                {
                    "name": self.env._("VAT invoices"),
                    "code": SEQUENCE_CODE,
                    "company_id": company.id,
                    "implementation": "no_gap",
                    "use_date_range": True,
                }
            )
        # Its years are added one at a time.
        self._wait_for(sequence_sudo)
        return sequence_sudo

    def _wait_for(self, record):
        """Wait until nobody else works on the record.

        If somebody has, the database refuses this transaction, and Odoo runs it again
        from its start, when it sees what was done meanwhile.
        """
        record.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET write_date = write_date WHERE id = %s",
                SQL.identifier(record._table),
                record.id,
            )
        )

    # === Facts === #

    def _get_facts(self):
        """Add what the official form says."""
        facts = super()._get_facts()
        if self.kind in VAT_KINDS:
            facts["vat_form"] = self._get_vat_form(facts)
        return facts

    def _get_vat_form(self, facts):
        own = self.with_context(lang=self.lang)
        # In sudo: the invoice and our signatories, for who may draw the paper.
        order, company = own.order_id, own.company_id.sudo()
        move_sudo = own.move_id.sudo()
        seller = own.seller_id._get_paper_facts() or facts["issuer"]
        number = self.vat_number if self._needs_vat_number() else self.number
        rows, is_advance = order._get_vat_rows(
            move_sudo if move_sudo.state == "posted" else move_sudo.browse()
        )
        currency = move_sudo.currency_id or order.currency_id
        entrepreneur = company.partner_id.ogrn or ""
        form = {
            "number": number or "",
            "seller": seller,
            "buyer": facts["recipient"],
            "author": facts["issuer"],
            "consignee": facts["consignee"],
            "shipping": self._get_shipping_text(number, len(rows), is_advance),
            "currency": {
                "code": currency.name,
                "name": currency.full_name or currency.name,
                "number": f"{currency.iso_numeric:03d}" if currency.iso_numeric else "",
            },
            "rows": rows,
            "is_advance": is_advance,
            "signatory": company.tour_signatory_name or "",
            "signatory_title": company.tour_signatory_title or "",
            "accountant": company.tour_accountant_name or "",
            # An entrepreneur's number of registration has 15 digits.
            "entrepreneur": entrepreneur if len(entrepreneur) == 15 else "",
            "status": self.upd_status or "",
            "basis": self.transfer_basis or "",
            "transport": "",
        }
        texts = (
            "date", "correction_number", "correction_date", "payment_documents",
            "advance_invoices", "state_contract", "transfer_date", "transfer_note",
        )  # fmt: skip
        return form | {name: self[name] or "" for name in texts}

    def _get_enclosed_facts(self, lang):
        """The cover sheet names a form by its own number and sum."""
        facts = super()._get_enclosed_facts(lang)
        if self.kind in VAT_KINDS:
            # In sudo: the sum of the invoice that the form is made of.
            move_sudo = self.move_id.sudo()
            facts["number"] = self.vat_number or self.number
            facts["copies"] = 2 if self.kind == "upd" else 1
            if move_sudo:
                facts["total"] = exact(move_sudo.amount_total)
        return facts

    def _get_shipping_text(self, number, count, is_advance):
        """Line 5а: the document by which the services were handed over; in Russian,
        as all of the form."""
        if is_advance:
            return ""
        rows = "1" if count == 1 else f"1–{count}"
        if self.kind == "upd":
            name, date = "Универсальный передаточный документ", self.date
        else:
            name, date, number = "Акт", self.transfer_date, self.order_id.name
        return f"{name}, № п/п {rows} № {number or '–'} от {date:%d.%m.%Y}"
