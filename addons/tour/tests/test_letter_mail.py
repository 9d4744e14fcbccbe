from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from odoo.addons.mail.tests.common import MailCommon
from odoo.addons.tour_correction.tests.common import CorrectionCommon


@tagged("post_install", "-at_install")
class TestLetterMail(CorrectionCommon, MailCommon):
    """Requests bring a link to answer by, letters of refund do not: two add-ons choose
    the mail of a document, and neither knows of the other."""

    def setUp(self):
        super().setUp()
        self.order = self._create_paid()
        self._shorten(self.order, 2)
        self.overpayment = self.order.overpayment_ids
        self.letter = self.overpayment.letter_id
        self.request = self.order.with_user(self.manager)._make_documents(
            "supplier_request"
        )

    def _send(self, document):
        action = document.with_user(self.manager).action_send()
        composer = Form(
            self.env["mail.compose.message"]
            .with_user(self.manager)
            .with_context(**action["context"])
        ).save()
        with self.mock_mail_gateway(mail_unlink_sent=False):
            composer._action_send_mail()
        return self._new_mails

    def _get_links(self):
        return self.env["tour.link"].search([("order_id", "=", self.order.id)])

    def test_each_has_its_mail(self):
        for document, name in (
            (self.letter, "tour_correction.mail_template_refund_letter"),
            (self.request, "tour_link.mail_template_supplier"),
        ):
            self.assertEqual(document._get_mail_template(), self.env.ref(name))

    def test_letter_brings_no_link(self):
        mails = self._send(self.letter)
        self.assertIn("has become cheaper", mails[-1].body_html)
        self.assertNotIn("/tour/link/", mails[-1].body_html)
        self.assertFalse(self._get_links())
        self.assertEqual(self.overpayment.state, "letter_sent")

    def test_request_brings_one_and_asks_for_no_money(self):
        mails = self._send(self.request)
        self.assertIn("/tour/link/", mails[-1].body_html)
        self.assertEqual(self._get_links().document_id, self.request)
        self.assertEqual(self.overpayment.state, "open")

    def test_reminder_brings_no_link(self):
        self.env.company.tour_overpayment_remind_supplier = True
        self._send(self.letter)
        self.overpayment._remind()
        mail = self.env["mail.mail"].search(
            [("model", "=", "tour.document"), ("res_id", "=", self.letter.id)], limit=1
        )
        self.assertIn("Reminder", mail.subject)
        self.assertNotIn("/tour/link/", mail.body_html)
        self.assertFalse(self._get_links())

    def test_nobody_answers_a_letter_by_link(self):
        self.assertFalse(self.letter.wants_answer)
        self.assertTrue(self.request.wants_answer)
        with self.assertRaisesRegex(UserError, "no request to a supplier"):
            self.letter.with_user(self.manager).action_make_supplier_link()

    def test_client_reads_his_papers(self):
        """What kind of letter it is follows from templates, which are not his."""
        client = self._create_client_user("anna")
        self.order.client_user_id = client
        paper = self.order._make_documents("invoice")
        paper.access = "client"
        own = paper.with_user(client)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertIn(self.order.name, own.display_name)
        self.assertFalse(own.wants_answer)

    def test_link_typed_into_the_letter_leads_nowhere(self):
        template = self.env.ref("tour_correction.mail_template_refund_letter")
        template.body_html += '<a href="/tour/link/new">Answer</a>'
        self._send(self.letter)
        self.assertFalse(self._get_links())
