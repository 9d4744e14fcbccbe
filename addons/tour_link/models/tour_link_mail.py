"""Sending a private link: it stands in the mail that goes out and nowhere else."""

from odoo import models
from odoo.tools.misc import format_date


class TourLink(models.Model):
    _inherit = "tour.link"

    def _send_to_guests(self, url, email):
        """Queue a mail with the link, in the link's language.

        The mail goes once it is sent; what stays on the booking is that it was.
        """
        self.ensure_one()
        # In sudo: mails are for the system only, and the company's name is no secret.
        link = self.sudo().with_context(lang=self.lang)
        order = link.order_id
        company = link.company_id
        body = link.env["ir.qweb"]._render(
            "tour_link.guest_mail",
            {
                "company": company.name,
                "services": link._get_guest_page()["services"],
                "until": format_date(link.env, link.expires_on),
                "url": url,
            },
            minimal_qcontext=True,
        )
        mail = link.env["mail.mail"].create(
            {
                "subject": link.env._(
                    "%(company)s: your data for the trip", company=company.name
                ),
                "body_html": body,
                "email_to": email,
                "email_from": order.user_id.email_formatted
                or company.email_formatted
                or self.env.user.email_formatted,
                "auto_delete": True,
            }
        )
        # In sudo: whoever acts may wake up the mail queue.
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        self._note_given(email)
        return mail

    def _note_given(self, recipient):
        """Note on the booking, for staff, who was given a link; never the link."""
        # In sudo: a note of the suite.
        self.order_id.sudo().message_post(
            body=self.env._(
                "A private link (%(kind)s) was given to %(recipient)s. It works until "
                "%(date)s.",
                kind=dict(self._fields["kind"]._description_selection(self.env))[
                    self.kind
                ],
                recipient=recipient,
                date=format_date(self.env, self.expires_on),
            ),
            subtype_xmlid="mail.mt_note",
            author_id=self.env.user.partner_id.id,
        )
