from odoo import fields, models

ACCOUNTANT = "tour_partner.tour_group_accountant"


class ResCompany(models.Model):
    _inherit = "res.company"

    tour_accounting_partner_ids = fields.Many2many(
        comodel_name="res.partner",
        relation="tour_accounting_partner_rel",
        string="Repostings go to",
        help="Who gets the document when a reposting is finished. Empty: all users "
        "who are accountants.",
        groups="base.group_user",
    )
    tour_overpayment_reminder_days = fields.Integer(
        string="Remind of overpayments every (days)",
        default=7,
        help="The responsible is reminded of what a supplier still owes; 0 for never.",
        groups="base.group_user",
    )
    tour_overpayment_remind_supplier = fields.Boolean(
        string="Remind suppliers too",
        help="The refund letter is sent to the supplier again with each reminder.",
        groups="base.group_user",
    )

    _tour_overpayment_reminder_days_positive = models.Constraint(
        "CHECK(tour_overpayment_reminder_days >= 0)",
        "The number of days between reminders cannot be negative.",
    )

    def _get_accounting_partners(self):
        """Whom the document of a reposting is sent to."""
        self.ensure_one()
        if self.tour_accounting_partner_ids:
            return self.tour_accounting_partner_ids
        # In sudo: who is an accountant is not secret to who finishes a reposting.
        users = self.env.ref(ACCOUNTANT).sudo().all_user_ids
        people = users.filtered(
            lambda user: user.active
            and not user.share
            and self in user.company_ids
            # Administrators have every role, but accounting is not their work.
            and not user.has_group("tour_partner.tour_group_admin")
        )
        return (people or users.filtered(lambda user: user.active)).partner_id


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tour_accounting_partner_ids = fields.Many2many(
        related="company_id.tour_accounting_partner_ids", readonly=False
    )
    tour_overpayment_reminder_days = fields.Integer(
        related="company_id.tour_overpayment_reminder_days", readonly=False
    )
    tour_overpayment_remind_supplier = fields.Boolean(
        related="company_id.tour_overpayment_remind_supplier", readonly=False
    )
