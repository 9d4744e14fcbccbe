"""Clients, one or many, are asked to sign off the statement of a period."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError


class TourSignoffAsk(models.TransientModel):
    _name = "tour.signoff.ask"
    _description = "Ask Clients to Sign Off"

    partner_ids = fields.Many2many(
        comodel_name="res.partner",
        string="Clients",
        domain=[("is_tour_client", "=", True), ("parent_id", "=", False)],
        help="Left empty: all clients with anything in the books of the period.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        ondelete="cascade",
    )
    date_from = fields.Date(
        string="From", required=True, default=lambda self: self._default_days()[0]
    )
    date_to = fields.Date(
        string="To", required=True, default=lambda self: self._default_days()[1]
    )
    deadline = fields.Date(
        required=True,
        default=lambda self: (
            fields.Date.context_today(self)
            + timedelta(days=self.env.company.tour_signoff_days)
        ),
        help="Until when the clients should have signed.",
    )
    replaces = fields.Boolean(
        string="In place of the one before",
        help="What is before the client for the same period is withdrawn.",
    )

    @api.model
    def _default_days(self):
        """The last month."""
        last = fields.Date.context_today(self).replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last

    @api.constrains("date_from", "date_to", "deadline")
    def _check_days(self):
        today = fields.Date.context_today(self)
        for wizard in self:
            if wizard.date_to < wizard.date_from:
                raise ValidationError(self.env._("The period ends before it begins."))
            if wizard.deadline < today:
                raise ValidationError(self.env._("The deadline is over already."))

    def action_apply(self):
        """Ask them all; say of whom nothing could be asked, and why."""
        self.ensure_one()
        self.check_access("write")
        Signoff = self.env["tour.signoff"]
        Signoff._check_money_right()
        self._check_own_company()
        partners = self.partner_ids.commercial_partner_id or self._find_all()
        made, faults = Signoff, []
        for partner in partners:
            try:
                # What is begun for one is taken back, and the others go on.
                with self.env.cr.savepoint():
                    made |= self._ask_client(partner)
            except UserError as error:
                faults.append(str(error))
        if not made:
            faults = faults or [self.env._("There is nothing in the books to sign.")]
            raise UserError("\n".join(faults[:50]))
        return self._show(made, faults)

    def _check_own_company(self):
        if not self.env.su and self.company_id not in self.env.companies:
            raise AccessError(
                self.env._("Choose one of the companies that you work for.")
            )

    def _get_period(self):
        return {
            "company_id": self.company_id,
            "currency_id": self.currency_id,
            "date_from": self.date_from,
            "date_to": self.date_to,
        }

    def _find_all(self):
        found = self.env["tour.signoff"]._find_clients(
            self.company_id, self.date_from, self.date_to
        )
        ids = {client for client, currency in found if currency == self.currency_id.id}
        return self.env["res.partner"].browse(sorted(ids))

    def _ask_client(self, partner):
        if self.replaces:
            # In sudo: found by what was chosen; who may withdraw is checked there.
            before = (
                self.env["tour.signoff"].sudo()._find_open(partner, self._get_period())
            )
            if before:
                before.sudo(False)._withdraw(
                    self.env._("The books have changed. A new statement follows.")
                )
        return self.env["tour.signoff"]._ask(
            partner, self._get_period(), deadline=self.deadline, user=self.env.user
        )

    def _show(self, made, faults):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_signoff.tour_signoff_action"
        )
        if len(made) == 1:
            action |= {"res_id": made.id, "views": [(False, "form")]}
        else:
            action |= {"domain": [("id", "in", made.ids)], "context": {}}
        if not faults:
            return action
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._(
                    "%(count)s clients were not asked", count=len(faults)
                ),
                "message": "\n".join(faults[:20]),
                "next": action,
            },
        }
