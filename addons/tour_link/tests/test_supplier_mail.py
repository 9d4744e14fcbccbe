"""The request's mail brings the link, and nothing else keeps it."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.mail.tests.common import MailCommon

from .common import LinkCommon


@tagged("post_install", "-at_install")
class TestSupplierMail(LinkCommon, MailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls.order._make_documents("supplier_request")

    def _send(self):
        action = self.request.with_user(self.manager).action_send()
        composer = Form(
            self.env["mail.compose.message"]
            .with_user(self.manager)
            .with_context(**action["context"])
        ).save()
        with self.mock_mail_gateway(mail_unlink_sent=False):
            composer._action_send_mail()
        return self._new_mails

    def test_link_is_in_the_mail_only(self):
        mails = self._send()
        self.assertTrue(mails)
        link = self.env["tour.link"].search([("document_id", "=", self.request.id)])
        self.assertEqual(len(link), 1)
        self.assertRecordValues(
            link, [{"kind": "supplier", "order_id": self.order.id, "state": "active"}]
        )
        body = mails[-1].body_html
        token = body.partition("/tour/link/")[2].partition('"')[0]
        self.assertEqual(self.env["tour.link"]._find(token), link)
        kept = " ".join(map(str, self.request.message_ids.mapped("body")))
        self.assertIn("/tour/link/new", kept)
        self.assertNotIn(token, kept)

    def test_each_mail_has_a_link_of_its_own(self):
        self._send()
        self._send()
        links = self.env["tour.link"].search([("document_id", "=", self.request.id)])
        self.assertEqual(len(links), 2)

    def test_papers_for_the_client_have_none(self):
        invoice = self._make("invoice")
        self.assertEqual(
            invoice._get_mail_template(),
            self.env.ref("tour_document.mail_template_client"),
        )
        with self.assertRaises(UserError):
            invoice.with_user(self.manager).action_make_supplier_link()

    def test_link_is_shown_once(self):
        action = self.request.with_user(self.manager).action_make_supplier_link()
        token = action["params"]["url"].rpartition("/")[2]
        self.assertTrue(self.env["tour.link"]._find(token))
        notes = " ".join(map(str, self.order.message_ids.mapped("body")))
        self.assertNotIn(token, notes)
        for role in ("director", "hotel_editor"):
            with self.assertRaises(AccessError):
                self.request.with_user(self.users[role]).action_make_supplier_link()
