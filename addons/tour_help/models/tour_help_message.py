"""The conversation: who may write in it, and what a message does to the request."""

from odoo import fields, models

from ..help_states import CLIENT, STAFF, WAITING


class TourHelpRequest(models.Model):
    _inherit = "tour.help.request"

    def action_mark_read(self):
        """Say that the client's messages were read."""
        self.check_access("write")
        self._mark_read_by_staff()
        return True

    def _mark_read_by_staff(self):
        # In sudo: nobody writes a read mark himself.
        unread = self.sudo().filtered("staff_unread")
        unread._as_mover().write(
            {"staff_unread": False, "staff_read_on": fields.Datetime.now()}
        )
        self.invalidate_recordset(["staff_unread", "staff_read_on"])

    # === Posting === #

    def message_post(self, **kwargs):
        """Send what staff says to the client, and keep from him what others answer by
        mail. Clients write on their page only, where what they send is checked."""
        self._check_staff()
        if kwargs.get("message_type") == "email" and self._is_of_others(kwargs):
            return self._post_of_others(kwargs)
        if self._is_to_client(kwargs):
            # In sudo: the client's people may be out of the reach of who answers.
            partners = self.sudo()._get_recipients()
            kwargs["partner_ids"] = [*(kwargs.get("partner_ids") or []), *partners.ids]
        return super().message_post(**kwargs)

    def _is_to_client(self, values):
        return (
            values.get("message_type") == "comment"
            and not self.env.user.share
            and (
                values.get("subtype_xmlid") == "mail.mt_comment"
                or values.get("subtype_id") == self.env.ref("mail.mt_comment").id
            )
        )

    def _get_recipients(self):
        """Who gets the answers by mail; note: in sudo mode."""
        self.ensure_one()
        partner = self.client_user_id.partner_id or self.contact_id or self.partner_id
        return partner.filtered("email")

    def _is_of_others(self, values):
        """Whether a mail is neither the client's nor one of staff's.

        What comes from an unknown sender belongs to the request that it made.
        """
        # In sudo: whose mail it is, whoever fetches it.
        request = self.sudo()
        author = request.env["res.partner"].browse(values.get("author_id") or ())
        if author and not author.partner_share:
            return False
        if not request.partner_id:
            return False
        return author.commercial_partner_id != request.partner_id

    def _post_of_others(self, values):
        """Keep it as a note, with nobody but the responsible told."""
        skipped = ("partner_ids", "subtype_id", "subtype_xmlid")
        values = {name: value for name, value in values.items() if name not in skipped}
        message = super().message_post(
            **{**values, "is_internal": True, "subtype_xmlid": "mail.mt_note"}
        )
        author = values.get("email_from") or ""
        self._tell_of_client(
            lambda env, request: env._(
                "%(request)s: mail from %(author)s", request=request.name, author=author
            )
        )
        return message

    def _message_post_after_hook(self, message, msg_vals):
        """Move on by what was said, and count the time anew."""
        result = super()._message_post_after_hook(message, msg_vals)
        if message.message_type in ("comment", "email"):
            self._follow_message(message)
        return result

    def _follow_message(self, message):
        self.ensure_one()
        # In sudo: the author may be anybody, and these are no fields of his.
        message_sudo, request_sudo = message.sudo(), self.sudo()
        if message_sudo.is_internal or message_sudo.subtype_id.internal:
            return
        author = message_sudo.author_id
        if author and not author.partner_share:
            request_sudo._after_answer(author)
        else:
            request_sudo._after_client_wrote(message_sudo)
        self.invalidate_recordset()

    def _after_answer(self, author):
        """Staff wrote: what was nobody's is his who answers; note: in sudo mode."""
        vals = {
            "client_unread": True,
            "staff_unread": False,
            "staff_read_on": fields.Datetime.now(),
        }
        if not self.user_id:
            users = author.user_ids.filtered(lambda user: not user.share)
            vals["user_id"] = users[:1].id
        self._as_mover().write(vals)
        if self.state in WAITING:
            self._move_to("answered", STAFF)

    def _after_client_wrote(self, message):
        """The client wrote; note: in sudo mode."""
        self._as_mover().write(
            {"staff_unread": True, "client_wrote_on": fields.Datetime.now()}
        )
        if self.state == "answered" or self._is_reopenable():
            self._move_to("in_work", CLIENT)
        # Of the first message staff learn by the request.
        if not self.env.context.get("tour_help_first"):
            self._tell_of_client(
                lambda env, request: env._(
                    "%(request)s: message from %(author)s",
                    request=request.name,
                    author=message.author_id.name or message.email_from,
                ),
                message.body,
            )

    # === Mails === #

    def _notify_get_recipients_groups(self, message, model_description, msg_vals=False):
        """Lead clients from the mail to their page."""
        groups = super()._notify_get_recipients_groups(
            message, model_description, msg_vals=msg_vals
        )
        if not self:
            return groups
        self.ensure_one()
        button = {
            "url": f"{self.get_base_url()}{self._get_client_path()}",
            "title": self.env._("See your request"),
        }
        for name, _is_of_group, data in groups:
            if name == "portal":
                data |= {
                    "active": True,
                    "has_button_access": True,
                    "button_access": button,
                }
        return groups

    def _mail_get_partner_fields(self, introspect_fields=False):
        """Who asked is proposed as the recipient."""
        return ["contact_id"]
