"""Mailing reports, seeing whether the mail went, and sending again what did not."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

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

    @api.depends("sent_on")
    def _compute_mail_state(self):
        """The worst of what became of the mails to each recipient."""
        found = {}
        for notification in self._find_notifications():
            run_id = notification.mail_message_id.res_id
            found.setdefault(run_id, []).append(notification)
        for run in self:
            told = found.get(run.id, [])
            run.mail_state = run.mail_failure = False
            for state, codes in WORST.items():
                ours = [each for each in told if each.notification_status in codes]
                if ours:
                    run.mail_state = state
                    run.mail_failure = state == "failed" and (
                        ours[0].failure_reason or ours[0].res_partner_id.email
                    )
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
        # In sudo, as above; the rules decide about the runs.
        runs = self.sudo().search([("sent_on", "!=", False)])
        return [("id", "in", runs.filtered(lambda run: run.mail_state in value).ids)]

    # === Sending === #

    def _after_done(self):
        super()._after_done()
        if self.recipient_ids:
            self._send()

    def _send(self):
        """Queue the mails; they go when the transaction is committed.

        Note: in sudo mode.

        :return: the mails
        """
        self.ensure_one()
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
        if mails:
            now = fields.Datetime.now()
            self.write(
                {"sent_on": now, "mail_tries": 0, "mail_look_on": now + FIRST_WAIT}
            )
            self._tell_sent()
        return mails

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
        super()._fail(reason)
        if self.schedule_id:
            self._tell(
                lambda env: env._(
                    "%(report)s failed", report=self.with_env(env).sudo().name
                ),
                reason,
            )

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
        if not run_sudo.recipient_ids:
            raise UserError(
                self.env._(
                    "Nobody is named to mail it to. Name them under Configuration, "
                    "Settings, Reports."
                )
            )
        if not run_sudo._send():
            raise UserError(
                self.env._(
                    "Nobody of %(names)s has an address and wants these mails.",
                    names=", ".join(run_sudo.recipient_ids.mapped("display_name")),
                )
            )
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
        if state == "failed" and tries < MAX_TRIES:
            failed = self._find_notifications().filtered(
                lambda each: each.notification_status in WORST["failed"]
            )
            failed.mail_mail_id.filtered(
                lambda mail: mail.state == "exception"
            ).mark_outgoing()
            failed.notification_status = "ready"
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
            self._tell(
                lambda env: env._(
                    "%(report)s could not be mailed",
                    report=self.with_env(env).sudo().name,
                ),
                self.mail_failure or "",
            )
