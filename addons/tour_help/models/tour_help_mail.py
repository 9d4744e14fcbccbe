"""Requests that come by mail, at the alias of the settings."""

from odoo import api, models
from odoo.tools import html2plaintext

SUBJECT_SIZE = 200
TEXT_SIZE = 10_000
# What an alias may say of the requests that it makes.
ALIAS_VALUES = ("company_id", "kind_id", "priority", "tag_ids")


class TourHelpRequest(models.Model):
    _inherit = "tour.help.request"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Make a request for the author's own company; a stranger's waits for staff."""
        self.check_access("create")
        given = custom_values if isinstance(custom_values, dict) else {}
        values = {name: given[name] for name in ALIAS_VALUES if name in given}
        values |= self._prepare_mail_vals(msg_dict)
        if "company_id" not in values:
            values["company_id"] = self._get_client_company(values).id
        request = self._as_mover().create(values).with_env(self.env)
        request._send_received()
        # Of the mail itself, which is posted next, nobody is told once more.
        return request.with_context(tour_help_first=True)

    @api.model
    def _prepare_mail_vals(self, msg_dict):
        subject = (msg_dict.get("subject") or "").strip()
        email = msg_dict.get("email_from") or ""
        # In sudo: whose mail it is, whoever fetches it.
        author = self.env["res.partner"].sudo().browse(msg_dict.get("author_id") or ())
        user = self._get_user_of(author)
        return {
            "subject": subject[:SUBJECT_SIZE] or self.env._("Without a subject"),
            "description": html2plaintext(msg_dict.get("body") or "")[:TEXT_SIZE],
            "email_from": email,
            "contact_id": author.filtered("partner_share").id,
            "client_user_id": user.id,
            "partner_id": user.commercial_partner_id.id,
            "by_client": bool(user),
        }

    @api.model
    def _get_user_of(self, partner):
        """The client's user that a partner is, or nobody; note: in sudo mode."""
        users = partner.user_ids.filtered(
            lambda user: user.active
            and user._is_portal()
            and user.commercial_partner_id.is_tour_client
        )
        return users[:1]

    @api.model
    def _get_client_company(self, values):
        """The company that a client's request is for."""
        # In sudo: a client reads no companies.
        client = self.env["res.partner"].sudo().browse(values.get("partner_id") or ())
        user = self.env["res.users"].sudo().browse(values.get("client_user_id") or ())
        return client.company_id or user.company_id or self.env.company

    def _send_received(self):
        """Say to a client's user that his mail came, under which number."""
        template = self.env.ref("tour_help.mail_template_received")
        for request in self:
            if partner := request.client_user_id.partner_id:
                self.env["tour.notification.category"]._send_mail(
                    "help", template, request, partner
                )
