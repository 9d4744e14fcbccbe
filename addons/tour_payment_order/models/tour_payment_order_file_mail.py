"""Files by mail: who may send them, and what he is answered."""

import logging
from email.message import Message

import psycopg2

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import email_normalize

from odoo.addons.mail.tools.alias_error import AliasError

from ..engine.senders import is_authentic
from ..payment_order_states import HEADERS_KEY, Headers

_logger = logging.getLogger(__name__)

CATEGORY = "payment_order"
# Rows of an answer; the rest is on the screen.
MAX_ROWS = 100


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        """Hand the headers on, by which files of payment orders are trusted.

        Not those that somebody without the gateway's rights brings over RPC.
        """
        if self.env.su or self.env.user._is_system():
            # As they came: decoded, they might say what the server did not write.
            self = self.with_context(**{HEADERS_KEY: Headers(message.raw_items())})
        return super()._message_route_process(message, message_dict, routes)


class TourPaymentOrderFile(models.Model):
    _inherit = "tour.payment.order.file"

    # === Coming in === #

    @api.model
    def _alias_get_error(self, message, message_dict, alias):
        """Refuse what strangers send; Odoo answers them so."""
        # In sudo: nobody is logged in when a mail arrives.
        companies = self.env["res.company"].sudo()
        company = companies.search([("tour_payment_alias_id", "=", alias.id)], limit=1)
        # An alias that somebody made besides the settings opens no other door.
        company = company or self.env.company
        if not company._may_mail_payment_orders(message_dict.get("email_from")):
            return AliasError(
                "error_payment_orders_sender",
                self.env._("restricted to our accountants and to known addresses"),
            )
        return super()._alias_get_error(message, message_dict, alias)

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Keep each file of the mail by itself."""
        company_id = (custom_values or {}).get("company_id")
        company = self.env["res.company"].browse(company_id or self.env.company.id)
        company = company.exists() or self.env.company
        # The gateway's values are the alias's; others name companies of their own.
        if not self.env.su and company - self.env.user.company_ids:
            raise AccessError(self.env._("You do not work in this company."))
        return self._receive_mail(msg_dict, company)[:1]

    def message_update(self, msg_dict, update_vals=None):
        """Files in an answer to an answer of ours are files like others."""
        self.ensure_one()
        if self.company_id._may_mail_payment_orders(
            msg_dict.get("email_from")
        ) and self._get_mailed_files(msg_dict):
            self._receive_mail(msg_dict, self.company_id)
        return super().message_update(msg_dict, update_vals)

    @api.model
    def _receive_mail(self, msg_dict, company):
        # The gateway acts in sudo; over RPC it is an upload like another.
        self._check_may_upload()
        sender = email_normalize(msg_dict.get("email_from")) or ""
        values = {
            "source": "mail",
            "sender": sender,
            "is_trusted": self._is_sender_authentic(sender, company),
            # In sudo: nobody is logged in when a mail arrives.
            "user_id": company.sudo()._find_payment_order_keeper(sender).id,
        }
        # Kept with the records; twice is too much for what may have 100 MB.
        contents = self._get_mailed_files(msg_dict)
        msg_dict["attachments"] = []
        if contents:
            return self._receive(company, contents, **values)
        name = msg_dict.get("subject") or self.env._("Mail without a file")
        return self._receive(company, [(name, b"")], fault="no_file", **values)

    @api.model
    def _is_sender_authentic(self, sender, company):
        """Whether our mail server says that the mail is from whom it says."""
        headers = self.env.context.get(HEADERS_KEY)
        # In sudo: a setting, read when a mail arrives.
        server = company.sudo().tour_payment_mail_server
        return isinstance(headers, Headers) and is_authentic(headers, server, sender)

    @api.model
    def _get_mailed_files(self, msg_dict):
        """Names and contents of the files, without the pictures of a signature."""
        files, body = [], str(msg_dict.get("body") or "")
        for attachment in msg_dict.get("attachments") or []:
            name, content = attachment[0], attachment[1]
            info = attachment[2] if len(attachment) > 2 else None
            # Many programs give each file such an id; the body shows what is a picture.
            cid = (info or {}).get("cid")
            if cid and f"cid:{cid}" in body:
                continue
            if isinstance(content, str):
                content = content.encode()
            elif isinstance(content, Message):
                # A mail in the mail; its own files are among the attachments, too.
                content = content.as_bytes()
            files.append((name, content))
        return files

    # === Answering === #

    def _get_answer_lang(self):
        # In sudo: the language of who is answered.
        file = self.sudo()
        return file.user_id.lang or file.company_id.partner_id.lang or "en_US"

    def _answer_safely(self):
        """Answer; what was read is kept even if that fails."""
        try:
            with self.env.cr.savepoint():
                self._answer()
        except psycopg2.OperationalError:
            raise
        except Exception:
            _logger.exception("The sender of file %s got no answer", self.id)

    def _answer(self):
        """Say what was read, what waits and why: by mail, or in the bell."""
        self.ensure_one()
        if self.source == "mail":
            self._answer_by_mail()
        else:
            self.env["tour.notification.category"]._tell_users(
                CATEGORY,
                self.user_id,
                lambda env: self.with_env(env)._get_answer_title(),
                lambda env: self.with_env(env)._get_answer_text(),
                self,
            )

    def _answer_by_mail(self):
        template = self.env.ref(
            "tour_payment_order.mail_template_answer", raise_if_not_found=False
        )
        if not template or not self.sender:
            return
        # Through the queue: it leaves when this is committed.
        template.send_mail(
            self.id,
            email_values={
                "email_to": self.sender,
                "headers": repr({"Auto-Submitted": "auto-replied"}),
            },
        )

    def _get_answer_title(self):
        self.ensure_one()
        if self.state == "failed":
            return self.env._("%(file)s could not be read", file=self.name)
        return self.env._(
            "%(file)s: %(attached)s of %(count)s payment orders attached",
            file=self.name,
            attached=self.attached_count,
            count=self.order_count,
        )

    def _get_answer_text(self):
        self.ensure_one()
        rows = [self.fault_text] if self.state == "failed" else []
        if self.waiting_count:
            rows.append(self.env._("Waiting: %(count)s.", count=self.waiting_count))
        if self.duplicate_count:
            rows.append(
                self.env._("Known already: %(count)s.", count=self.duplicate_count)
            )
        return "\n".join(rows) or self.env._("Nothing waits.")

    def _get_answer_rows(self):
        """What the answer says of each order, as plain data for the template."""
        self.ensure_one()
        return [
            {
                "name": order.display_name,
                "amount": order._format_amount(),
                "booking": order.order_id.name if order.state == "attached" else "",
                "reason": order.reason_text or "",
            }
            for order in self.payment_order_ids.sorted("page_first")[:MAX_ROWS]
        ]
