from odoo import models


class ResCurrency(models.Model):
    _inherit = "res.currency"

    def _has_tour_rate(self, company, date):
        """Whether a rate is known on the day; Odoo takes 1 where there is none."""
        self.ensure_one()
        # In sudo: rates are for accountants, and every booking is reckoned by them.
        return bool(
            self.env["res.currency.rate"]
            .sudo()
            .search_count(
                [
                    ("currency_id", "=", self.id),
                    ("company_id", "in", (False, company.root_id.id)),
                    ("name", "<=", date),
                ],
                limit=1,
            )
        )
