from odoo import api, fields, models
from odoo.exceptions import UserError


class TourDocument(models.Model):
    """Sending: by mail, to the client or the supplier, in his language."""

    _inherit = "tour.document"

    wants_answer = fields.Boolean(
        string="To be confirmed by the supplier", compute="_compute_wants_answer"
    )

    def action_send(self):
        """Open the mail composer with the PDF attached.

        The document is drawn first, unless it is locked. The message is kept on the
        document and not on the booking: the client reads the booking's messages, and
        a request is not for his eyes.
        """
        self.ensure_one()
        self.check_access("write")
        self._draw()
        template = self._get_mail_template()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send %(document)s", document=self.display_name),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_template_id": template.id,
                "default_email_layout_xmlid": "mail.mail_notification_light",
                "tour_document_sending": True,
                "force_email": True,
                "hide_mail_template_management_options": True,
            },
        }

    def message_post(self, **kwargs):
        """Note that the document was sent."""
        message = super().message_post(**kwargs)
        # Whoever calls says that he sends it; that it is there the message shows.
        if self.env.context.get("tour_document_sending") and self._is_in(message):
            self.with_context(tour_document_sending=False)._note_sent(message)
        return message

    def _is_in(self, message):
        """Whether the message takes the current file to somebody."""
        # In sudo: versions and files of mails are read by fewer than mails.
        message_sudo, document_sudo = message.sudo(), self.sudo()
        file_sudo = document_sudo.current_version_id.attachment_id
        return bool(
            message_sudo.partner_ids
            and file_sudo
            and file_sudo.checksum in message_sudo.attachment_ids.mapped("checksum")
        )

    def _note_sent(self, message):
        """Say when, and to whom on the booking; what is sent to him is open to him."""
        self.ensure_one()
        self._write_own({"sent_on": fields.Datetime.now()})
        if self.audience == "client" and self.access == "staff":
            self.action_open_to_client()
        # In sudo: who sends it may not write on the booking. An internal note.
        self.order_id.sudo().message_post(
            body=self.env._(
                "%(document)s, version %(version)s, was sent to %(partners)s.",
                document=self.display_name,
                version=self.version_number,
                partners=", ".join(message.sudo().partner_ids.mapped("display_name"))
                or self.partner_id.display_name,
            ),
            subtype_xmlid="mail.mt_note",
            author_id=self.env.user.partner_id.id,
        )

    @api.depends("kind")
    def _compute_wants_answer(self):
        """Override for letters to a supplier that ask him for something else."""
        for document in self:
            document.wants_answer = document.kind == "supplier_request"

    def _get_mail_template(self):
        """The mail that goes with a document of the kind."""
        name = "client" if self.audience == "client" else "letter"
        if self.kind == "supplier_request":
            name = "supplier"
        template = self.env.ref(
            f"tour_document.mail_template_{name}", raise_if_not_found=False
        )
        if not template:
            raise UserError(
                self.env._("The mail template of documents was deleted. Restore it.")
            )
        return template

    def _get_mail_partner(self):
        """Whom the document is sent to: the client's user who ordered, or the
        addressee."""
        self.ensure_one()
        if self.audience == "client":
            return self.order_id.client_user_id.partner_id or self.partner_id
        return self.partner_id

    def _get_mail_addresses(self):
        """Addresses besides the partner's own: those of the hotels asked."""
        self.ensure_one()
        if self.audience == "client" or self.partner_id.email:
            return ""
        hotels = self.order_id.order_line.filtered(
            lambda line: line.supplier_id == self.partner_id
        ).hotel_id
        return ",".join(filter(None, hotels.mapped("email")))

    def _process_attachments_for_template_post(self, mail_template):
        """Attach the current files to mails made of a template.

        As copies, since who edits a message may take its files away; the file of the
        version must stay.
        """
        values = super()._process_attachments_for_template_post(mail_template)
        for document in self:
            # In sudo: versions are read only, and the copy is the composer's own.
            file_sudo = document.sudo().current_version_id.attachment_id
            if file_sudo:
                files = values.setdefault(document.id, {}).setdefault("attachments", [])
                files.append((file_sudo.name, file_sudo.datas))
        return values
