"""The request to a supplier brings a link to answer it by."""

import re

from odoo import models
from odoo.exceptions import UserError

from .tour_link import PLACEHOLDER

LINK = re.compile(rf'href="[^"]*{re.escape(PLACEHOLDER)}"')


class TourDocument(models.Model):
    _inherit = "tour.document"

    def _get_mail_template(self):
        """Send requests with a link to answer by; other letters keep their mails."""
        template = super()._get_mail_template()
        if template != self.env.ref(
            "tour_document.mail_template_supplier", raise_if_not_found=False
        ):
            return template
        own = self.env.ref("tour_link.mail_template_supplier", raise_if_not_found=False)
        return own or template

    def _notify_by_email_render_layout(
        self, message, recipients_group, msg_vals=False, render_values=None
    ):
        """Put a link in place of the one in the text, in the mail only.

        The message that stays on the document keeps the place, not the link. Staff
        who follow the document get no link: it is the supplier's.
        """
        body = super()._notify_by_email_render_layout(
            message, recipients_group, msg_vals=msg_vals, render_values=render_values
        )
        if (
            not self.wants_answer
            or recipients_group.get("notification_group_name") == "user"
            or not LINK.search(body)
        ):
            return body
        _link, url = self._make_supplier_link()
        return type(body)(LINK.sub(lambda _match: f'href="{url}"', str(body)))

    def _make_supplier_link(self):
        """A link for the supplier to answer this request by."""
        self.ensure_one()
        if not (self.wants_answer and self.partner_id):
            raise UserError(
                self.env._(
                    "%(document)s is no request to a supplier.",
                    document=self.display_name,
                )
            )
        # In sudo: a setting of the company.
        days = self.company_id.sudo().tour_supplier_link_days
        return self.env["tour.link"]._make(
            self.order_id,
            "supplier",
            days,
            document_id=self.id,
            recipient=self.partner_id.display_name,
            lang=self.lang,
            content_hash=self._get_content_hash(),
        )

    def action_make_supplier_link(self):
        """Show a new link for the supplier, to give to him otherwise than by mail."""
        self.check_access("write")
        link, url = self._make_supplier_link()
        link._note_given(link.recipient)
        return link._show(url, link)
