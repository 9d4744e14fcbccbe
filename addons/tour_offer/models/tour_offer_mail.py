"""Sending offers, and telling managers of the answers."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..offer_states import OPEN


class TourOffer(models.Model):
    _inherit = "tour.offer"

    link_ids = fields.One2many("tour.offer.link", "offer_id", string="Links")
    link_count = fields.Integer(string="Open links", compute="_compute_link_count")

    def _compute_link_count(self):
        counts = dict(
            self.env["tour.offer.link"]._read_group(
                [
                    ("offer_id", "in", self.ids),
                    ("revoked_on", "=", False),
                    ("expires_on", ">", fields.Datetime.now()),
                ],
                ["offer_id"],
                ["__count"],
            )
        )
        for offer in self:
            offer.link_count = counts.get(offer, 0)

    def action_send(self):
        """Mail the offer to the client: the first time, or once more."""
        for offer in self:
            offer.check_access("write")
            if offer.state not in OPEN:
                offer._move_to("sent")
            offer._send_offer()
        return True

    def action_copy_link(self):
        """Show a new link to the page, to be sent by other means than our mail."""
        self.ensure_one()
        self.check_access("write")
        if self.state not in OPEN:
            self._move_to("sent")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Link to the offer"),
            "res_model": "tour.offer.copy.link",
            "views": [(False, "form")],
            "target": "new",
            # Shown, and kept nowhere.
            "context": {"default_url": self.env["tour.offer.link"]._make(self)},
        }

    def action_revoke_links(self):
        """End all links that were given away; the client gets a new one by sending."""
        self.check_access("write")
        # In sudo: links are written by the program only.
        self.sudo().link_ids._revoke()
        return True

    def action_preview(self):
        """Open the page as the client sees it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/offers/{self.id}/preview",
            "target": "new",
        }

    def _send_offer(self):
        self.ensure_one()
        url = self.env["tour.offer.link"]._make(self)
        template = self.env.ref("tour_offer.mail_template_offer")
        mails = self.env["tour.notification.category"]._send_mail(
            "offer_sent",
            template.with_context(tour_offer_url=url),
            self,
            self._get_recipient(),
            {"attachments": self._prepare_paper_attachment()},
        )
        if not mails:
            raise UserError(
                self.env._(
                    "%(client)s has no e-mail address, or wants no offers by mail. "
                    "Enter an address, or use 'Copy link'.",
                    client=self._get_recipient().display_name,
                )
            )
        for message in mails.mail_message_id:
            # The link is the client's only: the message that staff read goes without.
            message.body = str(message.body).replace(url, "#")

    def _get_recipient(self):
        self.ensure_one()
        return self.contact_id or self.partner_id

    def _tell_manager_of_answer(self):
        """Tell each manager what became of his offer."""
        for offer in self:
            user = offer.sudo().user_id  # Who is told need not be readable.
            offer.env["tour.notification.category"]._tell_users(
                "offer_answered",
                user,
                lambda env, offer=offer: env._(
                    "%(offer)s for %(client)s: %(state)s",
                    offer=offer.sudo().name,
                    client=offer.sudo().partner_id.name,
                    state=offer.with_env(env)._get_state_name(offer.sudo().state),
                ),
                offer.sudo().answer_reason or "",
                offer,
            )

    def _tell_manager_of_failure(self, reason):
        """Tell the manager that the client could not answer, and why."""
        self.ensure_one()
        self.env["tour.notification.category"]._tell_users(
            "offer_answered",
            self.user_id,
            lambda env: env._(
                "%(offer)s: the client tried to accept it and could not",
                offer=self.name,
            ),
            reason,
            self,
        )
