"""Reminders: what a supplier still owes is not forgotten."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..correction_states import OWED

CHUNK = 50


class TourOverpayment(models.Model):
    _inherit = "tour.overpayment"

    @api.model
    def _cron_remind(self):
        """Remind of what is owed for as long as the company's setting says, again
        and again; a chunk is committed at a time."""
        # In sudo: the cron serves all companies.
        companies = (
            self.env["res.company"]
            .sudo()
            .search([("tour_overpayment_reminder_days", ">", 0)])
        )
        for company in companies:
            due = self.sudo().search(self._get_remind_domain(company), order="date, id")
            for start in range(0, len(due), CHUNK):
                chunk = due[start : start + CHUNK]
                chunk._remind()
                if not self.env["ir.cron"]._commit_progress(
                    len(chunk), remaining=len(due) - start - len(chunk)
                ):
                    return

    @api.model
    def _get_remind_domain(self, company):
        limit = fields.Date.context_today(self) - relativedelta(
            days=company.tour_overpayment_reminder_days
        )
        never = Domain("last_reminder_on", "=", False) & Domain("date", "<=", limit)
        return (
            Domain("company_id", "=", company.id)
            & Domain("state", "in", OWED)
            & (Domain("last_reminder_on", "<=", limit) | never)
        )

    def _remind(self):
        """Remind the responsible of each, and the supplier where the company wants."""
        for user, overpayments in self.grouped("user_id").items():
            overpayments._remind_user(user)
        for overpayment in self:
            overpayment._as_mover().write(
                {
                    "last_reminder_on": fields.Date.context_today(self),
                    "reminder_count": overpayment.reminder_count + 1,
                }
            )
        self.filtered(
            lambda overpayment: overpayment.company_id.tour_overpayment_remind_supplier
            and overpayment.state == "letter_sent"
        )._remind_suppliers()

    def _remind_user(self, user):
        """Give the responsible something to do, and tell him at once."""
        if not user.active:
            return
        for overpayment in self.filtered(lambda o: not o.activity_ids):
            overpayment.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("The supplier has not paid back yet"),
                note=overpayment.with_context(lang=user.lang)._get_reminder_text(),
                user_id=user.id,
            )
        self.env["tour.notification.category"]._tell_users(
            "overpayment",
            user,
            lambda env: env._("Suppliers still owe us: %(count)s", count=len(self)),
            lambda env: "\n".join(
                overpayment.with_env(env)._get_reminder_text()
                for overpayment in self[:5]
            ),
            self[0],
        )

    def _get_reminder_text(self):
        # In sudo: said to the responsible, whatever he may read himself.
        record = self.sudo()
        return self.env._(
            "%(order)s: %(supplier)s owes %(amount)s for %(days)s days.",
            order=record.order_id.name,
            supplier=record.supplier_id.name,
            amount=record._format(record.amount),
            days=record.age_days,
        )

    def _remind_suppliers(self):
        """Send the letters again: to those only who got them before."""
        template = self.env.ref(
            "tour_correction.mail_template_refund_reminder", raise_if_not_found=False
        )
        if template:
            letters = self.letter_id.filtered("sent_on")
            letters._draw()
            template.send_mail_batch(letters.ids)
