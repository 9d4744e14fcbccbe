"""What clients write to the operator, about a booking or about none."""

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.tour_partner.defaults import plain

MAX_LENGTH = 10_000


class TourPortalMessage(models.AbstractModel):
    """Messages of the user of the environment, who is a client's."""

    _name = "tour.portal.message"
    _description = "Message of a Client to the Operator"

    @api.model
    def _send(self, text, files=(), order=None):
        """Send a message: into the conversation of a booking, or to the operator.

        :param str text: what he wrote
        :param files: as `tour.portal.upload` takes them
        :param order: the booking that it is about, as the client's own record; or none
        :raise UserError: if there is nothing to send, or a file is not taken
        """
        text = text.replace("\0", "").strip()
        checked = self.env["tour.portal.upload"]._check(files)
        if not text and not checked:
            raise UserError(self.env._("Message: write something, or add a file."))
        if len(text) > MAX_LENGTH:
            raise UserError(
                self.env._(
                    "Message: up to %(most)s characters are taken.", most=MAX_LENGTH
                )
            )
        if order:
            order._post_client_message(text, checked)
        else:
            self._send_general(text, checked)

    @api.model
    def _send_general(self, text, checked):
        user = self.env.user
        client = user.commercial_partner_id
        # In sudo: clients write on no contacts; what he sends was checked. Of the
        # caller's context nothing comes in. Files stay as they came.
        client_sudo = plain(client).sudo().with_context(image_no_postprocess=True)
        message_sudo = client_sudo.message_post(
            author_id=user.partner_id.id,
            body=text,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            attachments=[(name, content) for name, content, _type in checked],
        )
        operators = self._get_operators(user.partner_id, self.env.company)
        category = self.env["tour.notification.category"]
        category._tell_users(
            "client_message",
            operators,
            lambda env: env._("Message from %(client)s", client=user.name),
            text,
            client,
        )
        # In sudo: the template is for staff. The answer goes to who wrote.
        template_sudo = self.env.ref("tour_portal.mail_template_message").sudo()
        category._send_mail(
            "client_message",
            template_sudo.with_context(
                tour_message_text=text, tour_message_user=user.name
            ),
            client,
            operators.partner_id,
            {
                "attachment_ids": message_sudo.attachment_ids.ids,
                "reply_to": user.email_formatted,
            },
        )

    @api.model
    def _get_operators(self, partner, company):
        """Who deals with what a client writes, in sudo; there is always somebody.

        His manager; else those who take bookings; else the heads; else whoever
        administers the system.
        """
        # In sudo: clients may not read users.
        users_sudo = self.env["res.users"].sudo()
        # In sudo: as above; a manager may be named on the person or the company.
        partner_sudo = partner.sudo()
        manager = partner_sudo.user_id or partner_sudo.commercial_partner_id.user_id
        head = self.env.ref("tour_partner.tour_group_head")
        system = self.env.ref("base.group_system")
        for candidates in (
            lambda: manager,
            lambda: users_sudo._get_booking_takers(),
            lambda: users_sudo.search([("all_group_ids", "in", head.ids)]),
            lambda: users_sudo.search([("all_group_ids", "in", system.ids)]),
        ):
            found = candidates().filtered(
                lambda user: (
                    user.active and not user.share and company in user.company_ids
                )
            )
            if found:
                return found
        return users_sudo.browse()
