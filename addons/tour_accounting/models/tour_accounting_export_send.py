"""Telling that an export is made, and mailing it."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..formats import SEES

CODE = "accounting_export"
# What mail gateways still take, with a third on top for its encoding.
MAX_MAIL_BYTES = 15 * 1024 * 1024


class TourAccountingExport(models.Model):
    _inherit = "tour.accounting.export"

    # === Mail === #

    def action_send(self):
        """Mail the same file again, to whom the export is for."""
        export = self._act("done")
        if not export.attachment_id:
            raise UserError(self.env._("%(export)s has no file.", export=self.name))
        recipients = export.recipient_ids or export._get_default_recipients()
        if not recipients:
            raise UserError(
                self.env._(
                    "Nobody is named to mail it to: see Configuration, Settings, "
                    "Accounting."
                )
            )
        mails = export._send(recipients)
        if not mails:
            raise UserError(
                self.env._(
                    "Nobody of %(names)s has an address and wants these mails.",
                    names=", ".join(recipients.mapped("display_name")),
                )
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Mailed to %(names)s.",
                    names=", ".join(mails.recipient_ids.mapped("display_name")),
                ),
            },
        }

    def _get_default_recipients(self):
        return self.company_id.tour_export_partner_ids

    def _send(self, recipients):
        """Queue the mails with the file; they go when the transaction is committed.

        Note: in sudo mode.

        :return: the mails
        """
        self.ensure_one()
        values = {}
        if not self._is_too_large_to_mail():
            values["attachment_ids"] = self.attachment_id.ids
        mails = self.env["tour.notification.category"]._send_mail(
            CODE,
            self.env.ref("tour_accounting.mail_template_export"),
            self,
            recipients,
            values,
        )
        if mails:
            self.write(
                {
                    "sent_on": fields.Datetime.now(),
                    "sent_count": self.sent_count + 1,
                    "recipient_ids": [
                        fields.Command.link(each.id) for each in mails.recipient_ids
                    ],
                }
            )
        return mails

    def _is_too_large_to_mail(self):
        return self.file_size > MAX_MAIL_BYTES

    # === The bell === #

    def _tell_done(self):
        """Mail it where that is wanted, and tell that it has gone."""
        if not self.attachment_id and not self.fault_count:
            return
        sent = self.attachment_id and self._send(self.recipient_ids)

        def title(env):
            if sent and self.is_auto:
                return env._("The daily report has been sent to accounting")
            return env._(
                "%(export)s to accounting is ready", export=self.with_env(env).name
            )

        self.env["tour.notification.category"]._tell_users(
            CODE, self._get_readers(), title, self._get_summary, self
        )

    def _get_summary(self, env):
        """What it has, in a line."""
        # In sudo: who is told may read it; the environment is only in his language.
        export = self.with_env(env).sudo()
        lines = [
            env._(
                "Documents: %(count)s (corrections %(corrections)s, cancellations "
                "%(cancellations)s).",
                count=export.item_count,
                corrections=export.correction_count,
                cancellations=export.cancellation_count,
            )
        ]
        if export.fault_count:
            lines.append(
                env._("Left out: %(count)s. See why.", count=export.fault_count)
            )
        return "\n".join(lines)

    def _tell_failure(self):
        def title(env):
            return env._("%(export)s to accounting failed", export=self.name)

        self.env["tour.notification.category"]._tell_users(
            CODE, self._get_readers(), title, self.failure, self
        )

    def _get_readers(self):
        """Who of the company sees exports."""
        groups = [self.env.ref(name) for name in SEES.split(",")]
        users = self.env["res.users"].union(*(group.all_user_ids for group in groups))
        return users.filtered(
            lambda user: not user.share and self.company_id in user.company_ids
        )

    # === The mail's text === #

    def _get_mail_lines(self):
        """What the file has, by kind."""
        groups = self.env["tour.accounting.item"]._read_group(
            [("export_id", "=", self.id)], ["kind"], ["__count"]
        )
        kinds = self.env["tour.accounting.item"]._fields["kind"]
        names = dict(kinds._description_selection(self.env))
        return [(names[kind], count) for kind, count in groups]
