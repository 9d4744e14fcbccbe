"""Where bills go when they are handed over: rules as records (BIL-5, BIL-18)."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

TARGETS = [("director", "Director"), ("accounting", "Accounting")]
STATES = [("trial", "On trial"), ("live", "Counts")]
# How far back a rule is tried.
TRIAL_DAYS = 31
# What a trial was of; a rule that changes has to be tried again.
TRIED = ("target", "domain", "company_id")


class TourBillRule(models.Model):
    """Which bills go to the director, and why. The first rule that fits counts.

    A bill that no rule fits goes to accounting. A rule on trial counts for nothing: it
    shows which of last month's bills it would have sent another way.
    """

    _name = "tour.bill.rule"
    _description = "Routing rule of supplier bills"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    state = fields.Selection(
        selection=STATES, default="trial", required=True, readonly=True, copy=False
    )
    company_id = fields.Many2one(
        comodel_name="res.company", help="Empty: it counts in every company."
    )
    target = fields.Selection(
        selection=TARGETS, string="Goes to", default="director", required=True
    )
    domain = fields.Char(string="Which bills", default="[]", required=True)
    sentence = fields.Char(
        required=True,
        translate=True,
        help="What the bill says: why it went there. Begin with 'because'.",
    )
    tried_on = fields.Datetime(readonly=True, copy=False)
    tried_count = fields.Integer(
        string="Would have gone another way", readonly=True, copy=False
    )
    tried_total = fields.Integer(
        string="Bills of last month", readonly=True, copy=False
    )

    @api.constrains("domain")
    def _check_domain(self):
        Move = self.env["account.move"]
        for rule in self:
            try:
                domain = rule._get_domain()
                domain.validate(Move)
            except Exception as error:
                # Whatever is typed there: Python's own errors are of all kinds.
                raise ValidationError(
                    self.env._(
                        "Rule %(rule)s: its condition cannot be read (%(error)s). "
                        "Choose it again with the editor.",
                        rule=rule.name,
                        error=error,
                    )
                ) from error

    @api.constrains("state", "tried_on")
    def _check_tried(self):
        for rule in self:
            if rule.state == "live" and not rule.tried_on:
                raise ValidationError(
                    self.env._(
                        "Try %(rule)s on last month's bills before it counts.",
                        rule=rule.name,
                    )
                )

    def write(self, vals):
        """A rule that is changed goes on trial again."""
        changed = self.filtered(
            lambda rule: any(
                name in vals
                and rule._fields[name].convert_to_write(rule[name], rule) != vals[name]
                for name in TRIED
            )
        )
        if not changed:
            return super().write(vals)
        anew = {"state": "trial", "tried_on": False, "tried_count": 0, "tried_total": 0}
        super(TourBillRule, changed).write({**vals, **anew})
        return super(TourBillRule, self - changed).write(vals)

    def _get_domain(self):
        self.ensure_one()
        return Domain(safe_eval(self.domain or "[]", {}))

    @api.model
    def _get_live(self, company):
        """The rules that count in the company, in order."""
        # In sudo: rules are kept by few, and hold for all.
        return self.sudo().search(
            [("state", "=", "live"), ("company_id", "in", (False, company.id))]
        )

    def _find(self, move):
        """The first of these rules that fits the bill; none if none does.

        :param move: the bill, in sudo mode
        """
        for rule in self:
            if move.filtered_domain(rule._get_domain()):
                return rule
        return self.browse()

    # === Buttons === #

    def action_try(self):
        """Show which of last month's bills the rule would have sent another way."""
        self.ensure_one()
        self.check_access("write")
        bills, differing = self._try()
        self.write(
            {
                "tried_on": fields.Datetime.now(),
                "tried_count": len(differing),
                "tried_total": len(bills),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Would have gone another way"),
            "res_model": "account.move",
            "views": self.env["account.move"]._get_bill_form_views(),
            "domain": [("id", "in", differing.ids)],
            "context": {"create": False},
        }

    def _try(self):
        """Last month's bills, and those of them that would have gone another way.

        :rtype: tuple
        """
        since = fields.Datetime.now() - timedelta(days=TRIAL_DAYS)
        domain = Domain("move_type", "=", "in_invoice") & Domain(
            "tour_bill_handed_on", ">=", since
        )
        companies = self.company_id or self.env.companies
        # In sudo: a rule is for all bills of the company, whoever tries it.
        bills = (
            self.env["account.move"]
            .sudo()
            .search(domain & Domain("company_id", "in", companies.ids))
        )
        differing = bills.browse()
        for company in bills.company_id:
            live = self._get_live(company) - self
            ruled = (live | self.sudo()).sorted(lambda r: (r.sequence, r.id))
            for move in bills.filtered(lambda m, c=company: m.company_id == c):
                before, after = live._find(move), ruled._find(move)
                if (before.target or "accounting") != (after.target or "accounting"):
                    differing |= move
        return bills.sudo(False), differing.sudo(False)

    def action_make_live(self):
        """Let the rules count from now on."""
        self.write({"state": "live"})
        return True

    def action_put_on_trial(self):
        self.check_access("write")
        self.write({"state": "trial"})
        return True
