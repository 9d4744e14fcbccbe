"""What kind of VAT a tax is in 1C: settings, and what follows from the rate."""

from decimal import Decimal

from odoo import api, fields, models

from ..engine.documents import repr_number
from ..engine.taxes import Vat, match

KINDS = [
    ("general", "General rate"),
    ("general_calculated", "General rate, calculated (of 122)"),
    ("reduced", "Reduced rate"),
    ("reduced_calculated", "Reduced rate, calculated (of 110)"),
    ("zero", "Zero rate"),
    ("none", "Without VAT"),
]


class TourAccountingTax(models.Model):
    """A tax whose kind in 1C does not follow from its rate."""

    _name = "tour.accounting.tax"
    _description = "Tax in 1C"
    _order = "tax_id, id"
    _rec_name = "tax_id"
    _check_company_auto = True

    tax_id = fields.Many2one(
        comodel_name="account.tax",
        required=True,
        ondelete="cascade",
        index=True,
        check_company=True,
    )
    company_id = fields.Many2one(related="tax_id.company_id", store=True)
    kind = fields.Selection(selection=KINDS, string="Kind in 1C", required=True)
    rate = fields.Float(
        digits=(5, 2),
        compute="_compute_rate",
        store=True,
        readonly=False,
        precompute=True,
        help="In percent, as 1C shall read it.",
    )

    _tax_uniq = models.Constraint("UNIQUE(tax_id)", "This tax has its kind already.")
    _rate_range = models.Constraint(
        "CHECK(rate >= 0 AND rate <= 100)", "A rate is from 0 to 100 %."
    )

    @api.depends("tax_id", "kind")
    def _compute_rate(self):
        for row in self:
            free = row.kind in ("zero", "none")
            row.rate = 0 if free else row.tax_id.amount

    @api.model
    def _get_known(self, company):
        """Kinds of all taxes of the company, and their names, by id as text.

        Note: in sudo mode.
        """
        taxes = self.env["account.tax"].with_context(active_test=False)
        taxes = taxes.search([("company_id", "parent_of", company.ids)])
        known = {str(tax.id): self._match(tax) for tax in taxes}
        for row in self.search([("tax_id", "in", taxes.ids)]):
            known[str(row.tax_id.id)] = Vat(row.kind, _exact(row.rate))
        names = {str(tax.id): tax.name for tax in taxes}
        return {key: vat for key, vat in known.items() if vat}, names

    @api.model
    def _match(self, tax):
        """The kind that goes with the rate, for taxes in percent only."""
        if tax.amount_type not in ("percent", "division"):
            return None
        return match(_exact(tax.amount))


def _exact(rate):
    return Decimal(repr_number(rate))
