"""What is news to a client's users: what staff write, and his status that changes."""

from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _count_message(self, message):
        """Count it for the client's users, too, for whom another wrote it."""
        result = super()._count_message(message)
        # In sudo: the author may be anybody.
        message_sudo = message.sudo()
        if not (message_sudo.is_internal or message_sudo.subtype_id.internal):
            self.env["tour.portal.mark"]._add_news(
                self, messages=1, author=message_sudo.author_id
            )
            if message_sudo.author_id.partner_share:
                self._tell_without_responsible(message_sudo)
        return result

    def _tell_without_responsible(self, message_sudo):
        """What a client writes of a booking that nobody is responsible for is told to
        those who might be: it must not stay unread."""
        self.ensure_one()
        # In sudo: who is responsible may be out of the author's reach.
        order_sudo = self.sudo()
        if order_sudo.user_id.active:
            return
        author_sudo = message_sudo.author_id
        self.env["tour.notification.category"]._tell_users(
            "booking_comment",
            self.env["tour.portal.message"]._get_operators(
                author_sudo, order_sudo.company_id
            ),
            lambda env: env._(
                "%(order)s: message from %(client)s, and nobody is responsible",
                order=order_sudo.name,
                client=author_sudo.name,
            ),
            message_sudo.body,
            self,
        )

    def _tell_move(self, from_states, state, reason):
        """A status of *his* that changed is news to the client."""
        result = super()._tell_move(from_states, state, reason)
        wordings = self.env["tour.booking.status"]._get_wordings(self.env.lang)
        shown = wordings[state].client_status_id
        changed = self.filtered(
            lambda order: wordings[from_states[order]].client_status_id != shown
        )
        self.env["tour.portal.mark"]._add_news(changed, author=self.env.user.partner_id)
        return result
