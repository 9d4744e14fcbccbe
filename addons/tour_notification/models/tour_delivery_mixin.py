from markupsafe import Markup, escape

from odoo import api, fields, models, tools
from odoo.tools.mail import append_content_to_html


class TourDeliveryMixin(models.AbstractModel):
    """How a category reaches people: by mail, or at once in the browser.

    Mixed into the category, which says who wants it (`_filter_recipients`).
    """

    _name = "tour.delivery.mixin"
    _description = "Delivery of Notifications"

    # By mail

    @api.model
    def _send_mail(self, code, template, record, partners, email_values=None):
        """Queue a mail of `template` on `record` to each of `partners` who wants it.

        Each gets his own, in his language, with the reason and a link that ends it.
        The mails go out by the mail queue once the transaction is committed.

        :param code: code of the category
        :param template: `mail.template` of the model of `record`
        :param dict email_values: what replaces the rendered values of message or mail
        :return: the queued `mail.mail`, in sudo mode
        """
        return self._send_mails(code, template, {record: partners}, email_values)

    @api.model
    def _send_mails(self, code, template, partners_by_record, email_values=None):
        """Like `_send_mail` for many records of one model at once."""
        category = self._get_by_code(code)
        wanted = category._filter_recipients(
            self.env["res.partner"].union(*partners_by_record.values())
        )
        jobs = {}
        for record, partners in partners_by_record.items():
            for partner in category._get_mailable(partners & wanted):
                lang = category._get_lang(partner)
                jobs.setdefault(lang, {}).setdefault(record, []).append(partner)
        mails = self.env["mail.mail"].sudo()
        for lang, recipients in jobs.items():
            mails += category._queue_mails(lang, template, recipients, email_values)
        if mails:
            # In sudo: whoever acts may wake up the mail queue.
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        return mails

    def _get_mailable(self, partners):
        """Return the active partners with an address, each address once."""
        by_email = {}
        # In sudo: contacts of a client may be out of the acting user's reach.
        for partner in partners.sudo():
            if partner.active and partner.email_normalized:
                by_email.setdefault(partner.email_normalized, partner)
        return list(by_email.values())

    def _get_lang(self, partner):
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        for lang in (partner.lang, self.env.company.partner_id.lang, self.env.lang):
            if lang in installed:
                return lang
        return "en_US"

    def _queue_mails(self, lang, template, recipients, email_values):
        """Queue the mails in `lang`; `recipients` is {record: [partner]}."""
        # In sudo: templates are read by staff only, and a client's act may cause mail.
        template_sudo = template.sudo().with_context(
            lang=lang, template_preview_lang=lang
        )
        rendered = template_sudo._generate_template(
            [record.id for record in recipients],
            (
                "attachment_ids",
                "auto_delete",
                "body_html",
                "email_from",
                "mail_server_id",
                "reply_to",
                "report_template_ids",
                "scheduled_date",
                "subject",
            ),
        )
        mails = self.env["mail.mail"].sudo()
        for record, partners in recipients.items():
            values = {**rendered[record.id], **(email_values or {})}
            values["body_html"] = self._get_mail_body(template_sudo, record, values)
            message = self._create_mail_message(record, partners, values)
            mails += self._create_mails(lang, message, record, partners, values)
        return mails

    def _get_mail_body(self, template, record, values):
        if not template.email_layout_xmlid:
            return values["body_html"]
        return template._render_encapsulate(
            template.email_layout_xmlid,
            values["body_html"],
            context_record=record.with_context(lang=template.env.lang),
        )

    def _create_mail_message(self, record, partners, values):
        """Create the message that the mails of one language share."""
        vals = {
            "author_id": self.env.user.partner_id.id,
            "body": values["body_html"],
            # The recipients have it as a mail; the client's conversation stays free
            # of what is told to staff or to another.
            "is_internal": True,
            "message_type": "email_outgoing",
            "model": record._name,
            "partner_ids": [partner.id for partner in partners],
            "res_id": record.id,
            "subject": values.get("subject"),
            "subtype_id": self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note"),
        }
        for name in ("email_from", "mail_server_id", "reply_to"):
            if values.get(name):
                vals[name] = values[name]
        # In sudo: the message is written on behalf of the suite.
        message = self.env["mail.message"].sudo().create(vals)
        self._attach(message, values)
        return message

    def _attach(self, message, values):
        generated = [
            {
                "datas": datas,
                "name": name,
                "res_id": message.id,
                "res_model": "mail.message",
            }
            for name, datas in values.get("attachments") or []
        ]
        # In sudo, as the message: reports rendered for the recipients.
        attachments = self.env["ir.attachment"].sudo().create(generated)
        attachment_ids = [*(values.get("attachment_ids") or []), *attachments.ids]
        if attachment_ids:
            message.attachment_ids = [
                item if isinstance(item, (tuple, list)) else fields.Command.link(item)
                for item in attachment_ids
            ]

    def _create_mails(self, lang, message, record, partners, values):
        """Create one mail per recipient, with his own footer and headers."""
        base_url = record.get_base_url()
        vals_list = []
        for partner in partners:
            url = self._get_unsubscribe_url(partner, base_url)
            footer = self._render_footer(lang, partner, record, url, base_url)
            vals_list.append(
                {
                    "auto_delete": values.get("auto_delete", True),
                    # The link is the recipient's only: the message that staff read
                    # goes without the footer.
                    "body_html": append_content_to_html(
                        values["body_html"], footer, plaintext=False
                    ),
                    "headers": repr(self._prepare_mail_headers(url)),
                    "mail_message_id": message.id,
                    "recipient_ids": [fields.Command.link(partner.id)],
                    "scheduled_date": values.get("scheduled_date"),
                }
            )
        # In sudo: mails are for the system only, as in `mail.template`.
        mails = self.env["mail.mail"].sudo().create(vals_list)
        # In sudo, as above: shows in the record whether the mail went out.
        self.env["mail.notification"].sudo().create(
            [
                {
                    "author_id": message.author_id.id,
                    "is_read": True,
                    "mail_mail_id": mail.id,
                    "mail_message_id": message.id,
                    "notification_status": "ready",
                    "notification_type": "email",
                    "res_partner_id": partner.id,
                }
                for mail, partner in zip(mails, partners, strict=True)
            ]
        )
        return mails

    def _prepare_mail_headers(self, unsubscribe_url):
        return {
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "X-Auto-Response-Suppress": "OOF",
        }

    def _render_footer(self, lang, partner, record, url, base_url):
        """Return the HTML that says why the mail came and how to end it."""
        companies = record._mail_get_companies(default=self.env.company)
        category = self.with_context(lang=lang)
        reason = category.env._(
            "You receive this message because %(company)s sends you messages on the "
            "subject “%(subject)s”.",
            # In sudo: the sender's name is for whoever gets the mail.
            company=companies[record.id].sudo().name,
            subject=category.name,
        )
        return category.env["ir.qweb"]._render(
            "tour_notification.mail_footer",
            {
                "reason": reason,
                "settings_url": partner.user_ids and f"{base_url}/my/notifications",
                "unsubscribe_url": url,
            },
            minimal_qcontext=True,
        )

    # In the browser

    @api.model
    def _tell_users(self, code, users, title, body, record):
        """Tell those of `users` who want it, at once: pop-up and unread in the bell.

        Their preference for mail or inbox does not matter; a click leads to `record`.

        :param code: code of the category
        :param users: `res.users`; inactive and portal users are left out
        :param title: text, or a function of the environment in the user's language
        :param body: text or `Markup`, or such a function
        :param record: what it is about
        :return: the messages, in sudo mode
        """
        category = self._get_by_code(code)
        # In sudo: who is told need not be readable by who acts.
        users = users.sudo().filtered(lambda user: user.active and not user.share)
        wanted = category._filter_recipients(users.partner_id)
        users = users.filtered(lambda user: user.partner_id in wanted)
        messages = self.env["mail.message"].sudo()
        for lang, lang_users in users.grouped(
            lambda user: category._get_lang(user.partner_id)
        ).items():
            lang_env = self.with_context(lang=lang).env
            messages += category._tell(
                lang_users,
                title(lang_env) if callable(title) else title,
                body(lang_env) if callable(body) else body,
                record,
            )
        return messages

    def _tell(self, users, title, body, record):
        """Create the unread message for `users` and pop it up."""
        paragraph = self._to_paragraph(body)
        # In sudo: the message is written on behalf of the suite.
        message = (
            self.env["mail.message"]
            .sudo()
            .create(
                {
                    "author_id": self.env.user.partner_id.id,
                    "body": Markup("<p><strong>%s</strong></p>%s") % (title, paragraph),
                    "is_internal": True,
                    "message_type": "user_notification",
                    "model": record._name,
                    "partner_ids": users.partner_id.ids,
                    "res_id": record.id,
                    "subject": title,
                    "subtype_id": self.env["ir.model.data"]._xmlid_to_res_id(
                        "mail.mt_note"
                    ),
                }
            )
        )
        # The base model serves records without a thread as well; `inbox` is forced
        # because the bell shows nothing else.
        self.env["mail.thread"]._notify_thread_by_inbox(
            message,
            [
                {"id": user.partner_id.id, "uid": user.id, "notif": "inbox"}
                for user in users
            ],
        )
        payload = {
            "message": tools.html2plaintext(paragraph).strip(),
            "message_id": message.id,
            "model": record._name,
            "res_id": record.id,
            "title": title,
        }
        for user in users:
            user._bus_send("tour_notification.popup", payload)
        return message

    def _to_paragraph(self, body):
        if not body:
            return Markup()
        if isinstance(body, Markup):
            return body
        return Markup("<p>%s</p>") % Markup("<br/>").join(
            escape(line) for line in body.splitlines()
        )
