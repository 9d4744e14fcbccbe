from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    tour_bill_lease_minutes = fields.Integer(
        string="Minutes per bill",
        default=7,
        help="A bill dealt to an accountant is his for so long, then it may go to "
        "another.",
        groups="base.group_user",
    )
    tour_bill_near_days = fields.Integer(
        string="Near payment (days)",
        default=3,
        help="The director sees bills first that are wanted paid within so many days.",
        groups="base.group_user",
    )
    tour_bill_four_eyes_amount = fields.Monetary(
        string="Two approvals from",
        help="Bills of this amount and more are approved by two people; 0 for never.",
        groups="base.group_user",
    )
    tour_bill_paid_by = fields.Selection(
        selection=[
            ("bank", "The bank's statement, or an accountant, says so"),
            ("order", "The payment order is made"),
        ],
        string="A bill is paid when",
        default="bank",
        required=True,
        groups="base.group_user",
    )
    tour_bill_journal_id = fields.Many2one(
        comodel_name="account.journal",
        string="Bills are paid from",
        domain="[('type', '=', 'bank'), ('company_id', '=', id)]",
        help="The bank account that payment orders start from.",
        groups="base.group_user",
    )
    tour_bill_wording = fields.Char(
        string="Wording of payments",
        help="{number} and {date} of the bill, {bookings}, {vat} and {supplier} are "
        "filled in. Empty: a sentence with all but the supplier.",
        groups="base.group_user",
    )

    _tour_bill_lease_positive = models.Constraint(
        "CHECK(tour_bill_lease_minutes >= 1 AND tour_bill_near_days >= 0)",
        "A bill is dealt for a minute at least, and near days are not negative.",
    )
    _tour_bill_four_eyes_positive = models.Constraint(
        "CHECK(tour_bill_four_eyes_amount >= 0)",
        "The amount for two approvals cannot be negative.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tour_bill_lease_minutes = fields.Integer(
        related="company_id.tour_bill_lease_minutes", readonly=False
    )
    tour_bill_near_days = fields.Integer(
        related="company_id.tour_bill_near_days", readonly=False
    )
    tour_bill_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of bills"
    )
    tour_bill_four_eyes_amount = fields.Monetary(
        related="company_id.tour_bill_four_eyes_amount",
        readonly=False,
        currency_field="tour_bill_currency_id",
    )
    tour_bill_paid_by = fields.Selection(
        related="company_id.tour_bill_paid_by", readonly=False
    )
    tour_bill_journal_id = fields.Many2one(
        related="company_id.tour_bill_journal_id", readonly=False
    )
    tour_bill_wording = fields.Char(
        related="company_id.tour_bill_wording", readonly=False
    )
