"""Mailing reports, seeing whether the mail went, and sending again what did not."""

import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

CODE = "report_sent"
# What mail gateways still take, with a third on top for its encoding.
MAX_MAIL_BYTES = 15 * 1024 * 1024
# A mail that failed is tried so often, after 10, 20, 40 … minutes.
MAX_TRIES = 5
FIRST_WAIT = timedelta(minutes=10)
MAIL_STATES = [
    ("queued", "Queued"),
    ("sent", "Sent"),
    ("failed", "Failed"),
]
# Odoo's states of a notification, the worst first.
WORST = {
    "failed": ("exception", "bounce"),
    "queued": ("ready", "process", "pending"),
    "sent": ("sent",),
}
TOLD = (
    "tour_partner.tour_group_accountant",
    "tour_partner.tour_group_director",
    "tour_partner.tour_group_head",
)


class TourReportRun(models.Model):
    _inherit = "tour.report.run"

    recipient_ids = fields.Many2many(
        comodel_name="res.partner",
        relation="tour_report_run_recipient_rel",
        column1="run_id",
        column2="partner_id",
        string="Mailed to",
        readonly=True,
    )
    sent_on = fields.Datetime(string="Mailed on", readonly=True)
    mail_refusal = fields.Char(string="Why no mail was written", readonly=True)
    mail_tries = fields.Integer(string="Tries", readonly=True)
    mail_look_on = fields.Datetime(string="Look after the mail on", readonly=True)
    mail_state = fields.Selection(
        MAIL_STATES,
        string="Mail",
        compute="_compute_mail_state",
        search="_search_mail_state",
    )
    mail_failure = fields.Char(
        string="Why the mail failed", compute="_compute_mail_state"
    )

    _mail_look_idx = models.Index("(mail_look_on) WHERE mail_look_on IS NOT NULL")

    @api.depends("sent_on", "mail_refusal")
    def _compute_mail_state(self):
        """The worst of what became of the mails to each recipient."""
        found = {}
        for notification in self._find_notifications():
            run_id = notification.mail_message_id.res_id
            found.setdefault(run_id, []).append(notification)
        for run in self:
            told = found.get(run.id, [])
            run.mail_state = "failed" if run.mail_refusal else False
            run.mail_failure = run.mail_refusal
            for state, codes in WORST.items():
                ours = [each for each in told if each.notification_status in codes]
                if ours and not run.mail_refusal:
                    run.mail_state = state
                    run.mail_failure = state == "failed" and ours[0]._explain_failure()
                    break

    def _find_notifications(self):
        # In sudo: whether the mail went is for whoever may see the run.
        return (
            self.env["mail.notification"]
            .sudo()
            .search(
                [
                    ("mail_message_id.model", "=", self._name),
                    ("mail_message_id.res_id", "in", self.ids),
                    ("notification_type", "=", "email"),
                ]
            )
        )

    @api.model
    def _search_mail_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        worse = Domain("mail_refusal", "!=", False)
        domains = {"failed": worse}
        for state, codes in WORST.items():
            notified = Domain("id", "in", self._find_notified(codes))
            domains[state] = domains.get(state, Domain.FALSE) | (notified & ~worse)
            worse |= notified
        domains[False] = ~worse
        return Domain.OR(domains[state] for state in value if state in domains)

    def _find_notified(self, codes):
        """The runs with a mail in one of Odoo's states, as a query."""
        # In sudo, as above; the rules decide about the runs.
        messages = self.env["mail.message"].sudo()
        query = messages._search(
            [
                ("model", "=", self._name),
                ("notification_ids.notification_type", "=", "email"),
                ("notification_ids.notification_status", "in", codes),
            ]
        )
        return query.subselect(SQL.identifier(messages._table, "res_id"))

    # === Sending === #

    def _after_done(self):
        result = super()._after_done()
        # By itself it is for somebody, even if the settings name nobody any more.
        if self.recipient_ids or self.slot:
            self._send_safely()
        return result

    def _send_safely(self):
        """Whatever is wrong with the mail, the report has been made."""
        try:
            with self.env.cr.savepoint():
                self._send()
        except OperationalError:
            # Somebody else changes the same: the report is made again.
            raise
        except Exception as error:
            _logger.exception("Report %s was not mailed", self.id)
            self.mail_refusal = self._explain_error(error)
        if self.mail_refusal:
            self._tell_mail_failure()

    def _send(self):
        """Queue the mails; they go when the transaction is committed.

        Note: in sudo mode.

        :return: the mails
        """
        self.ensure_one()
        self._give_up_mails()
        values = {}
        if not self._is_too_large_to_mail():
            values["attachment_ids"] = self.attachment_id.ids
        mails = self.env["tour.notification.category"]._send_mail(
            CODE,
            self.env.ref("tour_report.mail_template_report"),
            self,
            self.recipient_ids,
            values,
        )
        now = fields.Datetime.now()
        self.write(
            {
                "sent_on": now if mails else False,
                "mail_refusal": False if mails else self._explain_refusal(),
                "mail_tries": 0,
                "mail_look_on": now + FIRST_WAIT if mails else False,
            }
        )
        if mails:
            self._tell_sent()
        return mails

    def _explain_refusal(self):
        if not self.recipient_ids:
            return self.env._(
                "Nobody is named to mail it to. Name them under Configuration, "
                "Settings, Reports."
            )
        return self.env._(
            "Nobody of %(names)s has an address and wants these mails.",
            names=", ".join(self.recipient_ids.mapped("display_name")),
        )

    def _give_up_mails(self):
        """What failed is not tried any more: it goes anew."""
        failed = self._find_notifications().filtered(
            lambda each: each.notification_status in WORST["failed"]
        )
        failed._get_failed_mails().cancel()
        failed.notification_status = "canceled"

    def _is_too_large_to_mail(self):
        return self.file_size > MAX_MAIL_BYTES

    def _tell_sent(self):
        def title(env):
            return env._(
                "%(report)s has been sent", report=self.with_env(env).sudo().name
            )

        self._tell(title, ", ".join(self.recipient_ids.mapped("display_name")))

    def _tell(self, title, body):
        """Tell who has to do with reports of the company, at once."""
        groups = [self.env.ref(name) for name in TOLD]
        users = self.env["res.users"].union(*(group.all_user_ids for group in groups))
        users = (users | self.user_id).filtered(
            lambda user: not user.share and self.company_id in user.company_ids
        )
        self.env["tour.notification.category"]._tell_users(
            CODE, users, title, body, self
        )

    def _fail(self, reason):
        """A report that nobody waits for must be missed by somebody."""
        result = super()._fail(reason)
        if self.schedule_id:
            self._tell(
                lambda env: env._(
                    "%(report)s failed", report=self.with_env(env).sudo().name
                ),
                reason,
            )
        return result

    def action_send(self):
        """Mail the same file again."""
        self.ensure_one()
        self.check_access("read")
        if not self.attachment_id:
            raise UserError(self.env._("%(report)s has no file yet.", report=self.name))
        # In sudo: runs are written by the program only.
        run_sudo = self.sudo()
        if not run_sudo.recipient_ids:
            run_sudo.recipient_ids = run_sudo.company_id.tour_report_partner_ids
        if not run_sudo._send():
            raise UserError(run_sudo._explain_refusal())
        return True

    # === Trying again === #

    @api.model
    def _cron_mails(self):
        """Look after the mails of reports: what failed is sent again."""
        runs = self.search(
            [("mail_look_on", "<=", fields.Datetime.now())], order="mail_look_on"
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(runs))
        for run in runs:
            run._look_after_mail()
            if not cron._commit_progress(1):
                break

    def _look_after_mail(self):
        self.ensure_one()
        if not self.try_lock_for_update():
            return
        state, tries = self.mail_state, self.mail_tries
        mails = self._find_notifications()._get_failed_mails()
        # A mail that bounced, or has a wrong address, is not there to be tried again.
        if state == "failed" and mails and tries < MAX_TRIES:
            self._queue_again(mails)
            tries += 1
            state = "queued"
        waits = state == "queued"
        wait = FIRST_WAIT * 2**tries
        self.write(
            {
                "mail_tries": tries,
                "mail_look_on": waits and fields.Datetime.now() + wait,
            }
        )
        if state == "failed":
            self._tell_mail_failure()

    def _queue_again(self, mails):
        mails.mark_outgoing()
        self._find_notifications().filtered(
            lambda each: each.mail_mail_id in mails
        ).notification_status = "ready"
        # In sudo: whoever acts may wake up the mail queue.
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _tell_mail_failure(self):
        self._tell(
            lambda env: env._(
                "%(report)s could not be mailed",
                report=self.with_env(env).sudo().name,
            ),
            self.mail_failure or "",
        )


class MailNotification(models.Model):
    _inherit = "mail.notification"

    def _get_failed_mails(self):
        """Mails that can be tried again."""
        return self.mail_mail_id.filtered(lambda mail: mail.state == "exception")

    def _explain_failure(self):
        types = dict(self._fields["failure_type"]._description_selection(self.env))
        reason = (
            self.failure_reason
            or self.mail_mail_id.failure_reason
            or types.get(self.failure_type)
        )
        return ": ".join(filter(None, [self.res_partner_id.email, reason]))
