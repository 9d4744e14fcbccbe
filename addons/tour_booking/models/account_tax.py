from odoo import fields, models


class AccountTax(models.Model):
    _inherit = "account.tax"

    tour_date_from = fields.Date(
        string="For services from",
        help="The tax applies to services that begin on this day or later.",
    )
    tour_date_to = fields.Date(
        string="For services to",
        help="The tax applies to services that begin on this day or earlier.",
    )

    _tour_dates = models.Constraint(
        "CHECK(tour_date_from <= tour_date_to)",
        "The tax ends before it begins.",
    )

    def _filter_by_service_date(self, date):
        """Taxes that apply to a service which begins on ``date``."""
        if not date:
            return self
        return self.filtered(
            lambda tax: (
                (not tax.tour_date_from or tax.tour_date_from <= date)
                and (not tax.tour_date_to or tax.tour_date_to >= date)
            )
        )
