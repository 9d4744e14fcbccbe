"""The conversation of a client and staff on the page of a booking, and who read it."""

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import plaintext2html

MAX_MESSAGE = 10_000
# So many are shown at first, and at most.
SHOWN_MESSAGES = 30
MAX_MESSAGES = 1000

EDITED = '<span class="o-mail-Message-edited"></span>'


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === What is shown === #

    def _get_talk_domain(self):
        """The messages of the booking that its client may see, as on Odoo's page."""
        self.ensure_one()
        messages = self.env["mail.message"]
        own = self._fields["website_message_ids"].get_comodel_domain(self)
        is_filled = Domain("body", "not in", [False, "", EDITED]) | Domain(
            "attachment_ids", "!=", False
        )
        return (
            Domain(own)
            & Domain("res_id", "=", self.id)
            & Domain("subtype_id", "=", self.env.ref("mail.mt_comment").id)
            & Domain(messages._get_search_domain_share())
            & is_filled
        )

    def _get_page_talk(self, read_on, limit=SHOWN_MESSAGES):
        """The latest messages, the oldest of them first, for who may see the booking.

        :param read_on: when the user looked last; what came since is new
        :return: ``messages``, and whether there are ``more`` before them
        :rtype: dict
        """
        self.ensure_one()
        # In sudo: which messages are his is said by the domain; files and names of
        # authors come with them.
        messages_sudo = self.env["mail.message"].sudo()
        found_sudo = messages_sudo.search(
            self._get_talk_domain(), limit=limit + 1, order="id desc"
        )
        more = len(found_sudo) > limit
        # In sudo: how many of his we have not read yet, he may know.
        unread = self.sudo().client_unread_count
        rows = []
        for message_sudo in found_sudo[:limit]:
            by_client = message_sudo.author_id.partner_share
            is_read = not (by_client and unread > 0)
            unread -= by_client
            rows.append(self._prepare_page_message(message_sudo, read_on, is_read))
        return {"messages": rows[::-1], "more": more}

    def _prepare_page_message(self, message_sudo, read_on, is_read):
        author_sudo = message_sudo.author_id
        by_client = author_sudo.partner_share
        return {
            "id": message_sudo.id,
            "author": author_sudo.name or message_sudo.email_from or "",
            "by_client": by_client,
            "is_mine": author_sudo == self.env.user.partner_id,
            "date": message_sudo.date,
            # HTML that Odoo cleaned when it was written.
            "body": message_sudo.body,
            "files": [
                {
                    "id": file_sudo.id,
                    "name": file_sudo.name,
                    "path": f"{self._get_tour_path()}/files/{file_sudo.id}",
                }
                for file_sudo in message_sudo.attachment_ids
            ],
            "is_new": not by_client and bool(read_on) and message_sudo.date > read_on,
            "is_read": is_read,
        }

    def _get_last_read(self):
        """When the user last looked at the booking."""
        self.ensure_one()
        # In sudo: the mark is his own.
        marks_sudo = self.env["tour.portal.mark"].sudo()
        return marks_sudo.search(
            [("order_id", "=", self.id), ("user_id", "=", self.env.uid)], limit=1
        ).read_on

    def _get_talk_file(self, attachment_id):
        """A file of a message that the client may see, in sudo; empty if it is none."""
        self.ensure_one()
        # In sudo: files are for staff; this one is of a message that he may see.
        files_sudo = self.env["ir.attachment"].sudo().browse(attachment_id)
        messages_sudo = self.env["mail.message"].sudo()
        is_shown = messages_sudo.search_count(
            self._get_talk_domain() & Domain("attachment_ids", "in", files_sudo.ids),
            limit=1,
        )
        return files_sudo.exists() if is_shown else files_sudo.browse()

    # === What the client writes === #

    def _check_client_message(self, text, files):
        """The message as it is kept.

        :raise UserError: if there is nothing in it, or too much
        """
        text = text.replace("\0", "").strip() if isinstance(text, str) else ""
        if not text and not files:
            raise UserError(self.env._("Message: write something, or add a file."))
        if len(text) > MAX_MESSAGE:
            raise UserError(
                self.env._(
                    "Message: it is longer than %(count)s characters. Shorten it, or "
                    "add it as a file.",
                    count=MAX_MESSAGE,
                )
            )
        return text

    def _post_client_message(self, text, files=()):
        """Let the user, who is the client's, say something about his booking.

        :param str text: plain text
        :param files: what `tour.portal.upload._check` gave
        :return: the message, in sudo
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user._is_portal():
            raise AccessError(
                self.env._("Here clients write. Write to them on the booking.")
            )
        if self._is_page_archived():
            raise UserError(
                self.env._(
                    "%(order)s is in the archive. Write to the operator instead.",
                    order=self.name,
                )
            )
        text = self._check_client_message(text, files)
        # In sudo: a client may not write on his booking; what he says is checked. Files
        # are kept as they came: Odoo would make big pictures smaller.
        order_sudo = self.sudo().with_context(
            image_no_postprocess=True, mail_post_autofollow_author_skip=True
        )
        return order_sudo.message_post(
            body=plaintext2html(text) if text else "",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=self.env.user.partner_id.id,
            attachments=[(name, content) for name, content, _type in files],
        )
