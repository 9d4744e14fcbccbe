"""Layouts of bills that people add: which words stand beside which field."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.layouts import FIELDS, FLAGS, MAX_LABEL, MAX_LABELS, Layout, check_pattern

ROLES = [
    ("without_vat", "There is no VAT"),
    ("payee", "The payee's requisites follow"),
    ("payer", "Our requisites follow"),
]
NAMES = [
    ("number", "Number"),
    ("date", "Date"),
    ("amount", "Sum"),
    ("vat_rate", "Rate of VAT"),
    ("vat_amount", "Sum of VAT"),
    ("tax_id", "Payee's tax id"),
    ("kpp", "Payee's KPP"),
    ("name", "Payee"),
    ("account", "Account"),
    ("bic", "BIC or SWIFT"),
    ("corr_account", "Correspondent account"),
    ("purpose", "Wording"),
]


class TourBillLayout(models.Model):
    """One look of bills. Where all its marks are on a page, its labels come first."""

    _name = "tour.bill.layout"
    _description = "Layout of supplier bills"
    _order = "sequence, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        comodel_name="res.company", help="Empty: for all companies.", index=True
    )
    marks = fields.Text(
        string="Only where the page says",
        help="Words that are on every bill of this look, such as the supplier's name;"
        " one to a line. Empty: on all bills.",
    )
    line_ids = fields.One2many(
        comodel_name="tour.bill.layout.line",
        inverse_name="layout_id",
        string="Labels",
        copy=True,
    )

    @api.model
    def _get_engine_layouts(self, company):
        """The layouts of the company as the engine takes them."""
        layouts = self.search([("company_id", "in", (company.id, False))])
        return tuple(layout._prepare_engine_layout() for layout in layouts)

    def _prepare_engine_layout(self):
        labels, patterns = {}, {}
        for line in self.line_ids[:MAX_LABELS]:
            labels[line.field] = (*labels.get(line.field, ()), line.label.strip())
            if line.pattern:
                patterns[line.field] = line.pattern.strip()
        marks = (mark.strip() for mark in (self.marks or "").splitlines())
        return Layout(self.name, labels, tuple(filter(None, marks)), patterns)


class TourBillLayoutLine(models.Model):
    """A label, and what stands beside it."""

    _name = "tour.bill.layout.line"
    _description = "Label in a layout of bills"
    _order = "sequence, id"
    _rec_name = "label"

    layout_id = fields.Many2one(
        comodel_name="tour.bill.layout", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="layout_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    field = fields.Selection(selection=NAMES + ROLES, string="Says", required=True)
    label = fields.Char(
        required=True,
        help="The words as they stand on the bill; case, spaces and signs don't matter."
        " … at the end: other words may follow before the value. ^ before them: the"
        " value stands above.",
    )
    pattern = fields.Char(
        string="Looks like",
        help="How the value is written, where it is not as usual: # for some digits, ?"
        " for a letter, * for anything without spaces. For example INV-#/#.",
    )

    @api.constrains("label", "pattern", "field")
    def _check_engine(self):
        for line in self:
            if not any(map(str.isalnum, line.label)) or len(line.label) > MAX_LABEL:
                raise ValidationError(
                    self.env._(
                        "“%(label)s”: a label is some words, of %(limit)s letters at"
                        " most.",
                        label=line.label,
                        limit=MAX_LABEL,
                    )
                )
            if line.pattern and not check_pattern(line.pattern):
                raise ValidationError(
                    self.env._(
                        "“%(pattern)s”: a pattern has at most three of # ? * and"
                        " %(limit)s signs in all.",
                        pattern=line.pattern,
                        limit=MAX_LABEL,
                    )
                )


assert {name for name, _title in NAMES} == set(FIELDS)
assert {name for name, _title in ROLES} == set(FLAGS)
