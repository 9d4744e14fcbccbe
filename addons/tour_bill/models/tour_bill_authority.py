"""Who may approve bills, up to what, and who stands in for whom (BIL-18)."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..bill_states import ACCOUNTANT, DIRECTOR, HEAD

ROLES = [("director", "Director"), ("head", "Head"), ("accountant", "Accountant")]
GROUPS = {"director": DIRECTOR, "head": HEAD, "accountant": ACCOUNTANT}


class TourBillAuthority(models.Model):
    """Up to what a role, or a person, may approve a payment.

    A person's own line counts before those of his roles. A director for whom no line
    is there approves any amount; nobody else approves without one.
    """

    _name = "tour.bill.authority"
    _description = "Authority to approve bills"
    _order = "role, user_id, id"
    _rec_name = "role"

    role = fields.Selection(selection=ROLES, help="Empty: one person's own line.")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Person",
        domain=[("share", "=", False)],
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        default=lambda self: self.env.company,
        required=True,
        index=True,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    limit = fields.Monetary(
        string="Up to", required=True, help="In the currency of the company."
    )

    _one_of_both = models.Constraint(
        "CHECK((role IS NULL) <> (user_id IS NULL))",
        "A line is for a role or for a person: fill in one of both.",
    )
    _limit_positive = models.Constraint(
        'CHECK("limit" >= 0)', "A limit cannot be negative."
    )
    _role_once = models.UniqueIndex(
        "(company_id, role) WHERE role IS NOT NULL",
        "There is a line for this role already.",
    )
    _user_once = models.UniqueIndex(
        "(company_id, user_id) WHERE user_id IS NOT NULL",
        "There is a line for this person already.",
    )

    @api.model
    def _get_limit(self, user, company):
        """Up to what the user may approve by himself, in the company's currency.

        :return: the amount; None for any amount, 0.0 for nothing
        """
        # In sudo: limits are kept by few, and hold for all.
        lines = self.sudo().search([("company_id", "=", company.id)])
        own = lines.filtered(lambda line: line.user_id == user)
        if own:
            return own.limit
        limits = [
            line.limit
            for line in lines
            if line.role and user.has_group(GROUPS[line.role])
        ]
        ruled = any(line.role == "director" for line in lines)
        if user.has_group(DIRECTOR) and not ruled:
            return None
        return max(limits, default=0.0)


class TourBillSubstitute(models.Model):
    """Who approves in place of somebody, from a day until a day."""

    _name = "tour.bill.substitute"
    _description = "Substitute for approving bills"
    _order = "date_to desc, id desc"
    _rec_name = "substitute_id"

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Away",
        required=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        ondelete="cascade",
        index=True,
    )
    substitute_id = fields.Many2one(
        comodel_name="res.users",
        string="Substitute",
        required=True,
        domain=[("share", "=", False)],
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        default=lambda self: self.env.company,
        required=True,
    )
    date_from = fields.Date(
        string="From", default=fields.Date.context_today, required=True
    )
    date_to = fields.Date(string="Until", required=True)

    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)", "A substitute ends after he begins."
    )

    @api.constrains("user_id", "substitute_id", "company_id")
    def _check_people(self):
        for line in self:
            if line.user_id == line.substitute_id:
                raise ValidationError(
                    self.env._(
                        "%(user)s cannot stand in for himself.", user=line.user_id.name
                    )
                )
            if line.substitute_id.share or (
                line.company_id not in line.substitute_id.company_ids
            ):
                raise ValidationError(
                    self.env._(
                        "%(user)s does not work in %(company)s.",
                        user=line.substitute_id.name,
                        company=line.company_id.name,
                    )
                )

    @api.model
    def _get_substituted(self, user, company):
        """Whose authority the user has today besides his own."""
        today = fields.Date.context_today(self)
        # In sudo: who is away is kept by few, and holds for all.
        lines = self.sudo().search(
            [
                ("substitute_id", "=", user.id),
                ("company_id", "=", company.id),
                ("date_from", "<=", today),
                ("date_to", ">=", today),
            ]
        )
        return lines.user_id
