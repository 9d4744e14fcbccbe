from odoo.tests import Form, tagged

from odoo.addons.mail.tests.common import MailCase

from .common import CorrectionCommon


@tagged("post_install", "-at_install")
class TestLetter(MailCase, CorrectionCommon):
    def setUp(self):
        super().setUp()
        self.order = self._create_paid(self._stay([{"last_name": "Orlov"}]))
        self._shorten(self.order, 2)
        self.overpayment = self.order.overpayment_ids.with_user(self.manager)
        self.letter = self.overpayment.letter_id

    def _read(self, letter):
        letter._draw()
        content = letter.sudo().current_version_id.attachment_id.raw
        return self._read_pdf(content)

    def _send(self, user=None):
        action = self.overpayment.with_user(user or self.manager).action_send_letter()
        composer = Form(
            self.env[action["res_model"]]
            .with_user(user or self.manager)
            .with_context(**action["context"])
        ).save()
        with self.mock_mail_gateway():
            composer._action_send_mail()
        return self.letter.message_ids[0]

    def test_letter_is_there_by_itself(self):
        self.assertRecordValues(
            self.letter,
            [
                {
                    "kind": "supplier_request",
                    "partner_id": self.supplier.id,
                    "order_id": self.order.id,
                    "access": "staff",
                }
            ],
        )
        self.assertTrue(self.letter.template_id.is_refund_letter)
        self.assertEqual(self.letter.display_name, f"Refund letter {self.order.name}")

    def test_letter_says_what_is_owed(self):
        text = self._read(self.letter)
        for word in (
            "Refund of overpayment",
            "Alpina LLC",
            self.order.name,
            "15,000.00",
            "10,000.00",
            "5,000.00",
            "Orlov",
        ):
            self.assertIn(word, text)
        self.assertNotIn("Metran", text)

    def test_letter_names_bills_and_account(self):
        self._create_bill(self.order, 15000.0)
        partner = self.env.company.partner_id
        partner.bank_ids = [(0, 0, {"acc_number": "40702810200000000001"})]
        text = self._read(self.letter)
        self.assertIn("B-1207", text)
        self.assertIn("40702810200000000001", text)

    def test_letter_of_a_service_that_is_gone(self):
        order = self._create_paid(self._stay(), self._stay(supplier_id=False))
        order.order_line[0].unlink()
        text = self._read(order.overpayment_ids.letter_id)
        self.assertIn("Alpina, Standard", text)
        self.assertIn("15,000.00", text)
        self.assertIn("cancelled", text)

    def test_letter_follows_the_amount(self):
        self._read(self.letter)
        self._shorten(self.order, 1)
        self.assertEqual(self.overpayment.letter_id, self.letter)
        self.assertTrue(self.letter.is_outdated)
        self.assertIn("10,000.00", self._read(self.letter))

    def test_request_is_another_paper(self):
        request = self.order.with_user(self.manager)._make_documents("supplier_request")
        self.assertNotEqual(request, self.letter)
        self.assertFalse(request.template_id.is_refund_letter)
        self.assertEqual(
            self.order._make_documents("supplier_request"), request, "made once"
        )

    def test_request_takes_no_letter_as_template(self):
        self.letter.template_id.sudo().sequence = -1
        request = self.order.with_user(self.manager)._make_documents("supplier_request")
        self.assertFalse(request.template_id.is_refund_letter)

    def test_by_hand_by_choosing_the_template(self):
        order = self._create_booking()
        request = order.with_user(self.manager)._make_documents("supplier_request")
        request.template_id = self.letter.template_id
        text = self._read(request)
        self.assertIn("Refund of overpayment", text)
        self.assertIn("Alpina", text)
        self.assertNotIn("To be returned", text)
        # With an overpayment that somebody enters, it knows what to ask for.
        overpayment = self.env["tour.overpayment"].create(
            {
                "order_id": order.id,
                "line_id": order.order_line.id,
                "paid_amount": 17000.0,
            }
        )
        self.assertEqual(overpayment.letter_id, request)
        self.assertIn("2,000.00", self._read(request))

    def test_preview_of_the_template(self):
        content = self.letter.template_id._render_preview("en_US")
        self.assertIn("9,000.00", self._read_pdf(content))

    # Sending

    def test_sent_to_supplier_and_hotel(self):
        message = self._send()
        self.assertEqual(
            set(message.partner_ids.mapped("email")),
            {
                "money@alpina.example",
                "desk@alpina.example",
                "front@alpina.example",
            },
        )
        self.assertEqual(message.attachment_ids.mapped("mimetype"), ["application/pdf"])
        self.assertEqual(message.subject, f"Refund of overpayment {self.order.name}")
        self.assertEqual(self.overpayment.state, "letter_sent")
        self.assertTrue(self.overpayment.letter_sent_on)

    def test_accountant_sends_too(self):
        self._send(self.accountant)
        self.assertEqual(self.overpayment.state, "letter_sent")

    def test_other_amount_wants_another_letter(self):
        self._send()
        self._shorten(self.order, 1)
        self.assertEqual(self.overpayment.state, "open")
        self._send()
        self.assertEqual(self.overpayment.state, "letter_sent")

    def test_locked_letter_stays_and_another_is_made(self):
        order = self._create_paid(self._stay(), self._stay())
        self._shorten(order, 2)
        first = order.overpayment_ids.letter_id
        first.action_lock()
        order.order_line[1].date_to = self._day(3)
        self.assertEqual(len(order.overpayment_ids.letter_id), 2)

    def test_buttons(self):
        self.assertEqual(
            self.overpayment.action_print_letter()["type"], "ir.actions.act_url"
        )
        action = self.overpayment.action_open_letter()
        self.assertEqual(action["res_id"], self.letter.id)
