from odoo import api, models

from ..change_states import DRY_RUN


class TourNotificationCategory(models.Model):
    _inherit = "tour.notification.category"

    @api.model
    def _is_dry_run(self):
        """Whether all that is done now is taken back, so that nobody must be told."""
        return self.env.context.get("tour_change_mode") is DRY_RUN

    @api.model
    def _send_mails(self, code, template, partners_by_record, email_values=None):
        """Send nothing in a dry run."""
        if self._is_dry_run():
            return self.env["mail.mail"].sudo()
        return super()._send_mails(code, template, partners_by_record, email_values)

    def _tell_users(self, code, users, title, body, record):
        """Tell nobody in a dry run."""
        if self._is_dry_run():
            return self.env["mail.message"].sudo()
        return super()._tell_users(code, users, title, body, record)
