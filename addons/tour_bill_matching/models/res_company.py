from odoo import fields, models

from odoo.addons.tour_hotel.amounts import decimal

from ..engine.spreading import get_allowance


class ResCompany(models.Model):
    _inherit = "res.company"

    tour_bill_match_percent = fields.Float(
        string="Bills may differ by (%)",
        default=0.5,
        digits=(16, 4),
        groups="base.group_user",
        help="From what services cost. With a sum as well the smaller of the two "
        "counts; nothing in both: bills have to agree exactly.",
    )
    tour_bill_match_amount = fields.Monetary(
        string="Bills may differ by",
        default=10.0,
        groups="base.group_user",
        help="See the share beside it.",
    )

    _tour_bill_match_positive = models.Constraint(
        "CHECK(tour_bill_match_percent >= 0 AND tour_bill_match_percent <= 100"
        " AND tour_bill_match_amount >= 0)",
        "By how much bills may differ is between nothing and all.",
    )

    def write(self, vals):
        """What is billed is judged anew where something was billed."""
        result = super().write(vals)
        if vals.keys() & {"tour_bill_match_percent", "tour_bill_match_amount"}:
            # In sudo: of all bookings of the company, whoever changes the setting.
            lines = self.env["sale.order.line"].sudo()
            billed = lines.search(
                [
                    ("company_id", "in", self.ids),
                    ("supplier_billed_amount", "!=", 0),
                ]
            )
            for name in ("supplier_billing_state", "supplier_billing_difference"):
                self.env.add_to_compute(lines._fields[name], billed)
            orders = billed.order_id
            self.env.add_to_compute(orders._fields["supplier_billing_state"], orders)
        return result

    def _get_bill_allowance(self, cost, currency):
        """By how much bills of this cost may differ, in a currency.

        :rtype: Decimal
        """
        # In sudo: settings of the company that hold for all.
        company = self.sudo()
        amount = company.tour_bill_match_amount
        if amount and currency and currency != company.currency_id:
            amount = company.currency_id._convert(
                amount, currency, company, fields.Date.context_today(self)
            )
        return get_allowance(
            cost, decimal(company.tour_bill_match_percent), decimal(amount)
        )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tour_bill_match_percent = fields.Float(
        related="company_id.tour_bill_match_percent", readonly=False
    )
    tour_bill_match_amount = fields.Monetary(
        related="company_id.tour_bill_match_amount",
        readonly=False,
        currency_field="tour_bill_currency_id",
    )
