import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import papers, pdf, sample
from .tour_document import AUDIENCES, DOCUMENT_KINDS

# Wording is set by WeasyPrint, letter by letter: a book of it would take minutes.
MAX_WORDING = 20000
DATA_ADDRESS = re.compile(r"data:[^\"')\s]+")


class TourDocumentTemplate(models.Model):
    """How documents of a kind look and what they say besides the booking's data."""

    _name = "tour.document.template"
    _description = "Template of Documents"
    _order = "kind, sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(
        default=10, help="The first template of a kind is taken by default."
    )
    kind = fields.Selection(selection=DOCUMENT_KINDS, required=True)
    audience = fields.Selection(
        selection=AUDIENCES, string="Written to", compute="_compute_audience"
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        index="btree_not_null",
        help="Leave it empty for a template that all companies share.",
    )
    wording = fields.Html(
        translate=True,
        sanitize_style=True,
        strip_classes=True,
        help="Stands on the document, where it can be edited for the one booking.",
    )
    row_wording = fields.Text(
        string="Wording of services",
        translate=True,
        help="Replaces the description of each service. Empty: the hotel, room, meal,"
        " dates and guests are written.",
    )
    row_layout = fields.Selection(
        selection=[
            ("plain", "One row for a service"),
            ("commission", "Commission as a row of its own"),
            ("parts", "Early arrival and late departure as rows"),
        ],
        string="Rows",
        default="plain",
        required=True,
        help="Commission: the discount of each service is set off from its price and "
        "stands in a row of its own. Early arrival and late departure: they have rows "
        "of their own, and sums that can be edited on the document.",
    )
    open_to_client = fields.Boolean(
        string="Open to client",
        help="The client sees documents of this template as soon as they are made.",
    )
    view_key = fields.Char(
        string="Design",
        groups="base.group_system",
        help="External id of another QWeb view to draw the paper with.",
    )
    placeholders = fields.Char(compute="_compute_placeholders")

    @api.depends("kind")
    def _compute_audience(self):
        for template in self:
            known = papers.KINDS.get(template.kind)
            template.audience = known and known.audience

    def _compute_placeholders(self):
        self.placeholders = " ".join(f"{{{name}}}" for name in papers.PLACEHOLDERS)

    @api.constrains("kind", "open_to_client")
    def _check_open_to_client(self):
        for template in self:
            if template.open_to_client and template.audience != "client":
                raise ValidationError(
                    self.env._(
                        "“%(template)s” is not for clients: they must not see it.",
                        template=template.name,
                    )
                )

    @api.constrains("kind", "row_layout")
    def _check_row_layout(self):
        for template in self:
            if template.row_layout != "plain" and template.kind != "invoice":
                raise ValidationError(
                    self.env._(
                        "“%(template)s”: only invoices have rows of their own.",
                        template=template.name,
                    )
                )

    @api.constrains("wording")
    def _check_wording(self):
        for template in self:
            self._check_wording_length(template.wording)

    @api.constrains("view_key")
    def _check_view_key(self):
        for template in self:
            key = template.view_key
            view = key and self.env.ref(key, raise_if_not_found=False)
            if key and (not view or view._name != "ir.ui.view" or view.type != "qweb"):
                raise ValidationError(
                    self.env._("There is no QWeb view “%(key)s”.", key=key)
                )

    @api.model
    def _check_wording_length(self, wording):
        """Refuse a wording that would take the engine minutes to set."""
        text = DATA_ADDRESS.sub("", wording or "")
        if len(text) > MAX_WORDING:
            raise ValidationError(
                self.env._(
                    "The wording has %(length)s characters; %(limit)s are allowed.",
                    length=len(text),
                    limit=MAX_WORDING,
                )
            )
        if len(wording or "") > pdf.MAX_RESOURCE_BYTES:
            raise ValidationError(
                self.env._("The pictures in the wording are too large.")
            )

    @api.model
    def _get_default(self, kind, company, partner=None):
        """The template that a new document of the kind takes.

        Override to prefer one by client, supplier or hotel.

        :param company: the one of ours that the document is of
        :param partner: whom the document is addressed to, if that is known
        """
        return self.search(
            [("kind", "=", kind), ("company_id", "in", (company.id, False))], limit=1
        )

    def _get_view_key(self):
        """External id of the view that draws the paper."""
        # In sudo: only an administrator chooses the view, everybody is drawn by it.
        return self.sudo().view_key or papers.KINDS[self.kind].view

    def _render_html(self, facts):
        """The paper as HTML in its language, from plain data and nothing else."""
        paper = self._present(facts)
        # The view gets no records, no environment and no request, so that no design
        # of a paper can show what is not among its facts.
        return str(
            self.env["ir.qweb"]._render(
                self._get_view_key(),
                {"paper": paper},
                lang=facts["lang"],
                minimal_qcontext=True,
            )
        )

    def _present(self, facts):
        """What the paper shows, as text; override to add what your design shows."""
        return papers.present(facts)

    # Preview

    def action_preview(self):
        """Show the template with a made-up booking, in the user's language."""
        self.ensure_one()
        lang = self.env.lang or "en_US"
        return {
            "type": "ir.actions.act_url",
            "url": f"/tour/document/templates/{self.id}/preview?lang={lang}",
            "target": "new",
        }

    def _render_preview(self, lang):
        """The template as PDF, with a made-up booking of our own company."""
        self.ensure_one()
        template = self.with_context(lang=lang)
        company = self.company_id or self.env.company
        facts = sample.sample_facts(
            self.kind,
            lang=lang,
            wording=template.wording or "",
            row_wording=template.row_wording or "",
            issuer=company._get_paper_facts(company.currency_id),
        )
        facts["services"] = sample.arrange_rows(facts["services"], self.row_layout)
        if self.is_sealed and self.env["tour.document.seal"].has_access("read"):
            facts["seals"] = company._get_paper_seals()
        return pdf.render(template._render_html(facts))
