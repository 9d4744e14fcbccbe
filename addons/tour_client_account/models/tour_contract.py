"""What happens above the credit limit of a contract: it is said, or it is refused."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

MONEY = ("tour_partner.tour_group_accountant", "tour_partner.tour_group_head")


class TourContract(models.Model):
    _inherit = "tour.contract"

    credit_limit = fields.Monetary(
        help="So much may be unpaid at a time: invoices, and what was sold and is on "
        "no invoice yet. Above it a booking says so, or is not confirmed."
    )
    credit_policy = fields.Selection(
        selection=[
            ("warn", "Say so"),
            ("block", "Do not confirm bookings"),
        ],
        string="Above the limit",
        default="warn",
        required=True,
        tracking=True,
        help="A head of department may confirm nevertheless, with a reason.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        contracts = super().create(vals_list)
        if any(contract.credit_policy == "block" for contract in contracts):
            contracts._check_policy_right()
        return contracts

    def write(self, vals):
        if "credit_policy" in vals and any(
            contract.credit_policy != vals["credit_policy"] for contract in self
        ):
            self._check_policy_right()
        return super().write(vals)

    def _check_policy_right(self):
        if not (self.env.su or any(map(self.env.user.has_group, MONEY))):
            raise AccessError(
                self.env._(
                    "What happens above the credit limit is for accountants and heads "
                    "of department."
                )
            )
