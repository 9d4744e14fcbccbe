"""What a client does with his requests, and what he sees of them.

A client has no right on the model: these methods are called by his pages, ask first
whether the request is his, and do what they do in sudo mode.
"""

from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import plaintext2html

from odoo.addons.tour_partner.defaults import plain

from ..conversation import clean
from ..help_states import CLIENT

MESSAGES_SHOWN = 50
PATH = "/my/tour/help"


class TourHelpRequest(models.Model):
    _inherit = "tour.help.request"

    def _get_client_path(self):
        self.ensure_one()
        return f"{PATH}/{self.id}"

    # === Which are his === #

    @api.model
    def _get_client_domain(self):
        """His own requests; a curator's, all of his company and what belongs to it."""
        user = self.env.user
        if not user._is_portal():
            return Domain.FALSE
        company = Domain("partner_id", "child_of", user.commercial_partner_id.ids)
        if user.is_curator:
            return company
        return company & Domain("client_user_id", "=", user.id)

    @api.model
    def _find_of_client(self, request_id):
        """The request, if it is the user's; else nothing. In sudo."""
        # In sudo: the domain says whose it is.
        return self.sudo().search(
            self._get_client_domain() & Domain("id", "=", request_id)
        )

    @api.model
    def _list_of_client(self, is_closed, after, limit):
        """A page of his requests, the newest first; ``after`` is the last one seen.

        :return: the requests, in sudo; the key of the next page, or False
        """
        domain = self._get_client_domain()
        domain &= Domain("state", "=" if is_closed else "!=", "closed")
        if after:
            domain &= Domain("id", "<", after)
        # In sudo: the domain says whose they are.
        found_sudo = self.sudo().search(domain, limit=limit + 1, order="id desc")
        page_sudo = found_sudo[:limit]
        return page_sudo, page_sudo[-1:].id if len(found_sudo) > limit else False

    # === What he does === #

    @api.model
    def _make_by_client(self, values, files):
        """Make a request of the user's, with his words as the first message.

        :param dict values: subject, description, kind_id, order_id; checked
        :param list files: as `tour.portal.upload` has checked them
        :return: the request, in sudo
        """
        user = self.env.user
        client = user.commercial_partner_id
        owners = {"partner_id": client.id, "client_user_id": user.id}
        # In sudo: a client reads no companies.
        order_sudo = self.env["sale.order"].sudo().browse(values.get("order_id") or ())
        company = order_sudo.company_id or self._get_client_company(owners)
        request_sudo = self._as_mover().create(
            {
                **values,
                **owners,
                "contact_id": user.partner_id.id,
                "by_client": True,
                "company_id": company.id,
            }
        )
        request_sudo.with_context(tour_help_first=True)._post_by_client(
            values["description"], files
        )
        return request_sudo

    def _post_by_client(self, text, files):
        """Write in the conversation as the user; note: in sudo mode."""
        self.ensure_one()
        # As if from Odoo's own window: others' files than these a client cannot post.
        composer = self.env["mail.compose.message"]
        attachments = self.env["tour.portal.upload"]._attach(files, composer)
        first = self.env.context.get("tour_help_first")
        # No more of the caller's context than that.
        request = plain(self).with_context(tour_help_first=first)
        return request.message_post(
            body=plaintext2html(text),
            author_id=self.env.user.partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachment_ids=attachments.ids,
        )

    def _write_by_client(self, text, files):
        """Add to the conversation, which opens a closed request again.

        Note: in sudo mode.
        """
        self._lock_for_move()
        if faults := self._get_reopen_faults():
            raise UserError("\n".join(faults))
        return self._post_by_client(text, files)

    def _close_by_client(self):
        """Nothing is left to ask; note: in sudo mode. Twice is once."""
        if self.state != "closed":
            self._move_to("closed", CLIENT)

    def _read_by_client(self):
        """He has looked at it; note: in sudo mode.

        A curator who looks reads nothing for whom it is for.
        """
        if self.client_unread and self.client_user_id in (
            self.env.user,
            self.env["res.users"],
        ):
            self._as_mover().write(
                {"client_unread": False, "client_read_on": fields.Datetime.now()}
            )

    # === What he sees === #

    def _client_view(self):
        """Exactly what the client sees of it, as plain data; note: in sudo mode.

        :rtype: dict
        """
        self.ensure_one()
        texts = self._get_client_states()
        until = self._get_reopen_until()
        return {
            "id": self.id,
            "number": self.name,
            "subject": self.subject,
            "kind": self.kind_id.name,
            "state": self.state,
            "status": texts[self.state],
            "created_on": self.create_date,
            "asked_by": self.client_user_id.name or self.contact_id.name or "",
            "booking": self.order_id.name or "",
            "order_id": self.order_id.id,
            "unread": self.client_unread,
            "url": self._get_client_path(),
            "may_close": self.state != "closed",
            "may_write": self.state != "closed" or self._is_reopenable(),
            "reopen_until": until,
        }

    @api.model
    def _get_client_states(self):
        return {
            "new": self.env._("Sent"),
            "in_work": self.env._("We work on it"),
            "answered": self.env._("Answered"),
            "closed": self.env._("Closed"),
        }

    def _get_message_domain(self):
        """What was said between client and staff, and nothing of staff's own."""
        return Domain(
            [
                ("model", "=", self._name),
                ("res_id", "=", self.id),
                ("message_type", "in", ("comment", "email")),
                ("is_internal", "=", False),
                ("subtype_id", "=", self.env.ref("mail.mt_comment").id),
            ]
        )

    def _get_client_messages(self, before=None):
        """The last messages, in order; note: in sudo mode.

        :return: dicts of what the page shows; the key of those before, or False
        """
        domain = self._get_message_domain()
        if before:
            domain &= Domain("id", "<", before)
        found = self.env["mail.message"].search(
            domain, limit=MESSAGES_SHOWN + 1, order="id desc"
        )
        shown = found[:MESSAGES_SHOWN]
        earlier = shown[-1:].id if len(found) > MESSAGES_SHOWN else False
        return [self._get_message_view(message) for message in reversed(shown)], earlier

    def _get_message_view(self, message):
        author = message.author_id
        is_ours = bool(author) and not author.partner_share
        read_on = self.client_read_on or datetime.min
        return {
            "id": message.id,
            "author": author.name or message.email_from or "",
            "is_ours": is_ours,
            "date": message.date,
            "body": clean(message.body),
            "files": [
                {
                    "name": file.name,
                    "size": file.file_size,
                    "url": f"{self._get_client_path()}/file/{file.id}",
                }
                for file in message.attachment_ids.sorted("id")
            ],
            "is_mine": author == self.env.user.partner_id,
            "is_new": is_ours and self.client_unread and message.date > read_on,
            # Whether staff have read what the client wrote.
            "is_read": bool(self.staff_read_on and self.staff_read_on >= message.date),
        }

    def _find_client_file(self, attachment_id):
        """A file that stands in the conversation; else nothing. Note: in sudo mode."""
        domain = self._get_message_domain() & Domain(
            "attachment_ids", "in", [attachment_id]
        )
        found = self.env["mail.message"].search_count(domain, limit=1)
        return self.env["ir.attachment"].browse([attachment_id] if found else [])
