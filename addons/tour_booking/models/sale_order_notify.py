"""Who is told what of a booking: the client by mail, the staff by bell and mail."""

from collections import defaultdict

from odoo import models

SHOWN_ORDERS = 20


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === Moves === #

    def _tell_move(self, from_states, state, reason):
        """Tell the client if *his* status changed, and the responsible if another
        made the move."""
        self._mail_client_status(from_states, state)
        self._tell_responsible_of_move(state, reason)

    def _mail_client_status(self, from_states, state):
        wordings = self.env["tour.booking.status"]._get_wordings(self.env.lang)
        client_status_id = wordings[state].client_status_id
        # In sudo: templates are for staff, and a client may move his booking too.
        status = self.env["tour.client.status"].sudo().browse(client_status_id)
        template = status.mail_template_id
        if not template:
            return
        recipients = {
            order: order._get_client_recipients()
            for order in self
            if wordings[from_states[order]].client_status_id != client_status_id
        }
        if recipients:
            self.env["tour.notification.category"]._send_mails(
                "booking_status", template, recipients
            )

    def _get_client_recipients(self):
        """Partners who get the client's mails: who ordered, else the client."""
        self.ensure_one()
        # In sudo: a client's contacts may be out of the reach of who moves.
        order = self.sudo()
        return order.client_user_id.partner_id or order.partner_id

    def _tell_responsible_of_move(self, state, reason):
        others = self.filtered(
            lambda order: order.user_id and order.user_id != self.env.user
        )
        for user, orders in others.grouped("user_id").items():
            self.env["tour.notification.category"]._tell_users(
                "booking_moved",
                user,
                lambda env, orders=orders: env._(
                    "%(orders)s: %(state)s",
                    orders=orders._get_names(),
                    state=orders.with_env(env)._get_state_name(state),
                ),
                reason or "",
                orders[0],
            )

    def _get_names(self):
        names = self[:SHOWN_ORDERS].mapped("name")
        return ", ".join(names) + (" …" if len(self) > SHOWN_ORDERS else "")

    # === The responsible === #

    def _tell_responsible(self, before):
        """Tell the new responsible and the old one, by bell and mail (BKG-15).

        :param dict before: {booking: the user who was responsible}
        """
        told = defaultdict(self.browse)
        for order in self:
            for user in (order.user_id | before[order]) - self.env.user:
                if order.user_id != before[order]:
                    told[user] += order
        category = self.env["tour.notification.category"]
        recipients = defaultdict(self.env["res.partner"].browse)
        for user, orders in told.items():
            category._tell_users(
                "booking_responsible",
                user,
                lambda env, user=user, orders=orders: orders._get_responsible_title(
                    env, user
                ),
                "",
                orders[0],
            )
            for order in orders:
                recipients[order] |= user.sudo().partner_id
        if recipients:
            template = self.env.ref("tour_booking.mail_template_responsible")
            category._send_mails("booking_responsible", template, dict(recipients))

    def _get_responsible_title(self, env, user):
        names = self._get_names()
        if self[0].user_id == user:
            return env._("%(orders)s: you are responsible now", orders=names)
        return env._(
            "%(orders)s: %(user)s is responsible now",
            orders=names,
            # In sudo: the name of a colleague.
            user=self[0].sudo().user_id.name or env._("nobody"),
        )

    # === Conversation with the client === #

    def action_mark_read(self):
        """Say that the client's messages were read."""
        unread = self.filtered("client_unread_count")
        unread.with_context(tracking_disable=True).write({"client_unread_count": 0})
        return True

    def _message_post_after_hook(self, message, msg_vals):
        """Count what the client wrote until the staff reads or answers."""
        result = super()._message_post_after_hook(message, msg_vals)
        if self.is_tour_booking and message.message_type in ("comment", "email"):
            self._count_message(message)
        return result

    def _count_message(self, message):
        self.ensure_one()
        # In sudo: the author may be anybody, and the counter is no field of his.
        message_sudo, order_sudo = message.sudo(), self.sudo()
        if message_sudo.is_internal or message_sudo.subtype_id.internal:
            return
        order_sudo = order_sudo.with_context(tracking_disable=True)
        if not message_sudo.author_id.partner_share:
            order_sudo.client_unread_count = 0
            return
        order_sudo.client_unread_count += 1
        self.env["tour.notification.category"]._tell_users(
            "booking_comment",
            order_sudo.user_id,
            lambda env: env._(
                "%(order)s: message from %(client)s",
                order=order_sudo.name,
                client=message_sudo.author_id.name or message_sudo.email_from,
            ),
            message_sudo.body,
            self,
        )

    def message_post(self, **kwargs):
        """Send what staff says in the conversation to the client, and keep from him
        what others answer to the booking by mail, as a supplier does."""
        if self.is_tour_booking and self._is_of_others(kwargs):
            return self._post_of_others(kwargs)
        if self.is_tour_booking and self._is_to_client(kwargs):
            partners = self._get_client_recipients()
            kwargs["partner_ids"] = [
                *(kwargs.get("partner_ids") or []),
                *(partners.filtered("email").ids),
            ]
        return super().message_post(**kwargs)

    def _is_of_others(self, values):
        """Whether a mail that came in is neither the client's nor one of staff's."""
        if values.get("message_type") != "email":
            return False
        # In sudo: whose mail it is, whoever fetches it.
        author = self.env["res.partner"].sudo().browse(values.get("author_id") or ())
        order = self.sudo()
        clients = (order.partner_id | order.client_user_id.partner_id).sudo()
        return not author or (
            author.partner_share
            and author.commercial_partner_id not in clients.commercial_partner_id
        )

    def _post_of_others(self, values):
        """Keep it as a note, with nobody but the responsible told."""
        skipped = ("partner_ids", "subtype_id", "subtype_xmlid")
        values = {name: value for name, value in values.items() if name not in skipped}
        message = super().message_post(
            **{**values, "is_internal": True, "subtype_xmlid": "mail.mt_note"}
        )
        # In sudo: as above.
        message_sudo = message.sudo()
        self.env["tour.notification.category"]._tell_users(
            "booking_comment",
            self.sudo().user_id,
            lambda env: env._(
                "%(order)s: mail from %(author)s",
                order=self.sudo().name,
                author=message_sudo.author_id.name or message_sudo.email_from,
            ),
            message_sudo.body,
            self,
        )
        return message

    def _is_to_client(self, values):
        return (
            values.get("message_type") == "comment"
            and values.get("subtype_xmlid") == "mail.mt_comment"
            and not self.env.user.share
        )
