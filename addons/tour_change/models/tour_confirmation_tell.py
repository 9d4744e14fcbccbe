"""Who is told what of a confirmation."""

from odoo import models
from odoo.tools.misc import format_datetime


class TourConfirmation(models.Model):
    _inherit = "tour.confirmation"

    def _render_last_changes(self):
        """What staff changed the last time, as a table for mails.

        Nothing for no question: Odoo tries templates on any booking.
        """
        return self.order_id._render_diff_table(self.last_rows or [])

    def _render_all_changes(self):
        """All that the client has to confirm, as a table for mails; as above."""
        rows = self._get_rows().get(self, [])
        return self.order_id._render_diff_table(rows)

    def _get_deadline_text(self):
        """Until when the client may answer, by the company's clock."""
        self.ensure_one()
        # In sudo: the zone of the company is no secret.
        zone = self.company_id.sudo().partner_id.tz or "UTC"
        text = format_datetime(self.env, self.deadline, tz=zone, dt_format="short")
        return f"{text} ({zone})"

    def _get_silence_text(self):
        """What happens if he does not answer until then."""
        self.ensure_one()
        return {
            "accept": self.env._("If you do not answer, we take it that you accept."),
            "decline": self.env._("If you do not answer, the booking is cancelled."),
        }.get(self.silence, self.env._("Until you answer, the booking waits."))

    def _tell_asked(self):
        """Mail the client what he has to confirm; tell who changed it, too.

        Both are told what was changed just now; all of it is in 'See the changes'.
        """
        Category = self.env["tour.notification.category"]
        orders = self.order_id.sudo(False)
        Category._send_mails(
            "confirmation_asked",
            self.env.ref("tour_change.mail_template_confirmation_asked"),
            {order: order._get_client_recipients() for order in orders},
        )
        user = self.env.user
        Category._tell_users(
            "confirmation_needed",
            user,
            lambda env: env._(
                "%(orders)s: the client has to confirm", orders=orders._get_names()
            ),
            lambda env: env._(
                "You changed what the client sees. Until he confirms it, the booking "
                "is Changed and cannot be moved."
            ),
            orders[0],
        )
        Category._send_mails(
            "confirmation_needed",
            self.env.ref("tour_change.mail_template_confirmation_needed"),
            # In sudo: the responsible may be out of the reach of who changes.
            {order: (order.sudo().user_id | user).partner_id for order in orders},
        )

    def _send_reminder(self):
        """Remind the client of what he has to confirm."""
        self.env["tour.notification.category"]._send_mails(
            "confirmation_asked",
            self.env.ref("tour_change.mail_template_confirmation_reminder"),
            {order: order._get_client_recipients() for order in self.order_id},
        )

    def _tell_answer(self):
        """Mail the responsible the answer; the bell rings with the booking's move."""
        answered = self.filtered(lambda one: one.state in ("accepted", "declined"))
        recipients = {
            # In sudo: the client who answers may not read the manager.
            order: (order.sudo().user_id - self.env.user).partner_id
            for order in answered.order_id
        }
        if recipients:
            self.env["tour.notification.category"]._send_mails(
                "confirmation_answered",
                self.env.ref("tour_change.mail_template_confirmation_answered"),
                recipients,
            )
