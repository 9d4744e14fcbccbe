from odoo.tests import Form, tagged

from odoo.addons.mail.tests.common import MailCase

from .common import TourDocumentCommon


@tagged("post_install", "-at_install")
class TestMail(MailCase, TourDocumentCommon):
    def _send(self, document):
        """Send as the user does: the button, then the composer's button."""
        action = document.action_send()
        composer = Form(
            self.env[action["res_model"]]
            .with_user(document.env.user)
            .with_context(**action["context"])
        ).save()
        with self.mock_mail_gateway():
            composer._action_send_mail()
        return composer, document.message_ids[0]

    def setUp(self):
        super().setUp()
        self.client_user.email = "client@client.example"
        self.invoice = self._make("invoice").with_user(self.manager)

    def test_client_gets_the_pdf(self):
        _composer, message = self._send(self.invoice)
        self.assertEqual(message.partner_ids, self.client_user.partner_id)
        self.assertEqual(
            message.attachment_ids.mapped("name"),
            [f"Invoice for payment {self.order.name}.pdf"],
        )
        self.assertEqual(
            message.attachment_ids.raw,
            self.invoice.current_version_id.attachment_id.raw,
        )

    def test_file_of_the_version_is_not_the_mails(self):
        """Who deletes the mail's file does not delete the document's."""
        _composer, message = self._send(self.invoice)
        self.assertNotEqual(
            message.attachment_ids, self.invoice.current_version_id.attachment_id
        )

    def test_sending_is_noted_and_opens(self):
        self._send(self.invoice)
        self.assertTrue(self.invoice.sent_on)
        self.assertTrue(self.invoice.is_open_to_client)
        note = self.order.message_ids[0]
        self.assertIn("was sent to", note.body)
        self.assertTrue(note.is_internal or note.subtype_id.internal)
        self.assertEqual(note.author_id, self.manager.partner_id)

    def test_saying_so_sends_nothing(self):
        """The words of the context come from whoever calls."""
        invoice = self.invoice.with_context(tour_document_sending=True)
        partners = self.client_user.partner_id.ids
        invoice.message_post(body="Nothing is attached", partner_ids=partners)
        paper = self.invoice.sudo().current_version_id.attachment_id
        other = ("other.pdf", b"%PDF-1.4 another")
        invoice.message_post(body="x", partner_ids=partners, attachments=[other])
        invoice.message_post(body="x", attachments=[(paper.name, paper.raw)])
        self.assertFalse(self.invoice.sent_on or self.invoice.is_open_to_client)
        invoice.message_post(
            body="x", partner_ids=partners, attachments=[(paper.name, paper.raw)]
        )
        self.assertTrue(self.invoice.sent_on)

    def test_what_is_sent_is_as_the_booking_is(self):
        self.stay.price_unit = 20000.0
        self._send(self.invoice)
        self.assertEqual(self.invoice.version_number, 2)

    def test_locked_is_sent_as_it_was_kept(self):
        self.invoice.action_lock()
        self.stay.price_unit = 20000.0
        self._send(self.invoice)
        self.assertEqual(self.invoice.version_number, 1)

    def test_request_goes_to_the_supplier(self):
        request = self._make("supplier_request").filtered(
            lambda d: d.partner_id == self.supplier
        )
        _composer, message = self._send(request.with_user(self.manager))
        self.assertEqual(message.partner_ids, self.supplier)
        self.assertEqual(message.subject, f"Booking request {self.order.name}")
        self.assertFalse(request.is_open_to_client)

    def test_request_leaves_nothing_for_the_client_to_read(self):
        request = self._make("supplier_request")[0]
        self._send(request.with_user(self.manager))
        seen = (
            self.env["mail.message"]
            .with_user(self.client_user)
            .search([("model", "=", "tour.document"), ("res_id", "=", request.id)])
        )
        self.assertFalse(seen)
        told = (
            self.env["mail.message"]
            .with_user(self.client_user)
            .search([("model", "=", "sale.order"), ("res_id", "=", self.order.id)])
        )
        self.assertNotIn("was sent to", "".join(told.sudo().mapped("body")))

    def test_request_goes_to_the_hotel_when_the_supplier_has_no_address(self):
        self.supplier.email = False
        self.hotel.email = "one@hotel.example, two@hotel.example"
        request = self._make("supplier_request").filtered(
            lambda d: d.partner_id == self.supplier
        )
        _composer, message = self._send(request.with_user(self.manager))
        self.assertLessEqual(
            {"one@hotel.example", "two@hotel.example"},
            set(message.partner_ids.mapped("email")),
        )

    def test_mail_in_the_language_of_the_document(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.invoice.lang = "fr_FR"
        template = self.env.ref("tour_document.mail_template_client")
        template.with_context(lang="fr_FR").subject = "Votre {{ object.number }}"
        composer, _message = self._send(self.invoice)
        self.assertEqual(composer.subject, f"Votre {self.invoice.number}")
