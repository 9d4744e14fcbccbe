"""What a client does on the page of a booking, by what his browser sends."""

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .booking_page_common import BookingPageCommon


@tagged("post_install", "-at_install")
class TestBookingPagePapers(BookingPageCommon):
    def setUp(self):
        super().setUp()
        self.order = self._create_own("awaiting_client")
        self.contract = self._make_paper(self.order)
        self.sheet = self._make_paper(self.order, "booking_sheet")

    def _agree(self, paper, version=1, user=None):
        return self._press(
            self.order, "agree", user, document_id=paper.id, version=version
        )

    def test_agree_and_confirm(self):
        page = self._open(self.order)
        self.assertIn("What we need from you", page)
        self.assertIn("Read and confirm:", page)
        self.assertEqual(page.count("o_tour_agree"), 2)
        self._assert_done(self._agree(self.contract), self.order, "agree")
        self.assertEqual(self.contract.agreement_ids.user_id, self.olga)
        self._assert_done(self._agree(self.sheet), self.order, "agree")
        self.assertEqual(self.order.booking_state, "client_confirmed")
        page = self._open(self.order, query="?done=agree")
        self.assertIn("Thank you: your agreement is noted.", page)
        self.assertNotIn("o_tour_agree", page)
        self.assertEqual(page.count("Agreed: Olga"), 2)
        self.assertIn("Confirmed by you", page)

    def test_pressed_twice(self):
        self._agree(self.contract)
        self._assert_done(self._agree(self.contract), self.order, "agree")
        self.assertEqual(len(self.contract.agreement_ids), 1)

    def test_changed_while_it_was_read(self):
        self.order.order_line.write({"date_to": self._day(4)})
        self.contract._draw()
        version = self.contract.version_number
        self.assertGreater(version, 1)
        page = self._assert_refused(self._agree(self.contract), "changed meanwhile")
        self.assertIn(f"Version {version} of", page)
        self.assertIn("it replaces the one before", page)
        self.assertFalse(self.contract.agreement_ids)

    def test_what_is_no_paper_of_his(self):
        other = self._make_paper(self._create_own("awaiting_client"))
        draft = self.sheet
        draft.access = "staff"
        for paper_id in (other.id, draft.id, 0, "x", "9" * 30, -1):
            response = self._press(
                self.order, "agree", document_id=paper_id, version="1"
            )
            self._assert_refused(response, "not there any more")
        self.assertFalse((other | draft).sudo().agreement_ids)

    def test_others(self):
        for user in (self.boris, self.stranger):
            self.assertEqual(self._agree(self.contract, user=user).status_code, 404)
        self.assertFalse(self.contract.agreement_ids)

    def test_not_without_the_token_of_the_form(self):
        self._login(self.olga)
        with mute_logger("odoo.http"):
            response = self._post(
                self.order, "agree", document_id=self.contract.id, csrf_token="wrong"
            )
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self.contract.agreement_ids)


@tagged("post_install", "-at_install")
class TestBookingPageChanges(BookingPageCommon):
    def setUp(self):
        super().setUp()
        self.order = self._create_own("accepted")

    def _lengthen(self, days=4):
        """Staff make the stay longer."""
        order = self.order.with_user(self.manager)
        order.order_line.write({"date_to": self._day(days)})

    def _revision(self):
        return self.order._get_pending_confirmation().revision

    def test_accept(self):
        self._lengthen()
        page = self._open(self.order)
        self.assertIn("We changed this booking. Say whether you agree.", page)
        self.assertIn("<s>$ 10,000.00</s>", page)
        self.assertIn("<b>$ 15,000.00</b>", page)
        response = self._press(
            self.order, "accept_changes", revision=self._revision(), note="Fine"
        )
        self._assert_done(response, self.order, "accept_changes")
        self.assertEqual(self.order.booking_state, "accepted")
        self.assertIn("The changes were accepted.", self._open(self.order))

    def test_declining_is_asked_once_more(self):
        self._lengthen()
        revision = self._revision()
        page = self._read(self._press(self.order, "ask_decline", revision=revision))
        self.assertIn("If you decline, this booking is cancelled. Decline?", page)
        self.env.invalidate_all()
        self.assertEqual(self.order.booking_state, "changed")
        response = self._post(self.order, "decline_changes", revision=revision)
        self._assert_done(response, self.order, "decline_changes")
        self.assertEqual(self.order.booking_state, "cancelled")
        self.assertIn(
            "You declined the changes.",
            self._open(self.order, query="?done=decline_changes"),
        )

    def test_changed_while_it_was_read(self):
        self._lengthen()
        revision = self._revision()
        self._lengthen(6)
        for act in ("accept_changes", "ask_decline", "decline_changes"):
            response = self._press(self.order, act, revision=revision)
            self._assert_refused(response, "was changed again meanwhile")
        self.assertEqual(self.order.booking_state, "changed")

    def test_others(self):
        self._lengthen()
        for user in (self.boris, self.stranger):
            response = self._press(
                self.order, "accept_changes", user, revision=self._revision()
            )
            self.assertEqual(response.status_code, 404)
        self.assertEqual(self.order.booking_state, "changed")
        response = self._press(
            self.order, "accept_changes", self.curator, revision=self._revision()
        )
        self._assert_done(response, self.order, "accept_changes")

    def test_ask_for_a_change_at_a_shown_cost(self):
        page = self._open(self.order)
        self.assertNotIn("o_tour_ask_change", page)
        page = self._open(self.order, query="?ask=change")
        self.assertIn("o_tour_ask_change", page)
        line = self.order.order_line
        asked = {f"date_to_{line.id}": str(self._day(4)), "comment": "Longer"}
        page = self._read(self._press(self.order, "preview", **asked))
        self.assertIn("15,000.00", page)
        fingerprint = self._hidden(page, "fingerprint")
        self.assertFalse(self.order.change_ids)
        response = self._post(self.order, "change", fingerprint=fingerprint, **asked)
        self._assert_done(response, self.order, "change")
        change = self.order.change_ids
        self.assertEqual((change.kind, change.comment), ("change", "Longer"))
        page = self._open(self.order)
        self.assertIn(f"A change was asked for: {change.name}.", page)
        self.assertIn("Take the request back", page)
        self.assertNotIn("o_tour_link_change", page)
        response = self._press(self.order, "withdraw", change_id=change.id)
        self._assert_done(response, self.order, "withdraw")
        self.assertEqual(change.state, "withdrawn")

    def test_what_was_typed_stays(self):
        line = self.order.order_line
        response = self._press(
            self.order, "change", **{f"date_to_{line.id}": "tomorrow", "comment": "X!"}
        )
        page = self._assert_refused(response, "is no date")
        self.assertIn('value="tomorrow"', page)
        self.assertIn("X!", page)

    def test_ask_to_cancel_at_a_shown_cost(self):
        page = self._open(self.order)
        self.assertNotIn("o_tour_ask_cancel", page)
        page = self._open(self.order, query="?ask=cancel")
        self.assertIn("o_tour_ask_cancel", page)
        self.assertIn("Fee", page)
        fingerprint = self._hidden(page, "fingerprint", "o_tour_ask_cancel")
        self._assert_refused(
            self._post(self.order, "cancel", fingerprint=fingerprint),
            "Say in a comment",
        )
        response = self._post(
            self.order, "cancel", fingerprint=fingerprint, comment="Illness"
        )
        self._assert_done(response, self.order, "cancel")
        self.assertEqual(self.order.change_ids.kind, "cancel")
        response = self._post(
            self.order, "cancel", fingerprint=fingerprint, comment="Illness"
        )
        self._assert_refused(response, "was asked for already")
        self.assertEqual(len(self.order.change_ids), 1)

    def test_it_costs_something_else_by_now(self):
        response = self._press(
            self.order, "cancel", fingerprint="0" * 16, comment="Illness"
        )
        page = self._assert_refused(response, "costs something else by now")
        self.assertIn("o_tour_ask_cancel", page)
        self.assertFalse(self.order.change_ids)


@tagged("post_install", "-at_install")
class TestBookingPageMoney(BookingPageCommon):
    def setUp(self):
        super().setUp()
        self.order = self._create_own("confirmed")

    def _show_invoice(self):
        invoice = self._invoice(self.order)
        invoice.action_show_to_client()
        return invoice.sudo()

    def test_what_was_not_shown_is_not_there(self):
        self._invoice(self.order)
        self.assertIn("There is no invoice yet", self._open(self.order))

    def test_pay_now(self):
        invoice = self._show_invoice()
        page = self._open(self.order)
        self.assertIn(f"Pay $ 10,000.00 of invoice {invoice.name}.", page)
        self.assertIn("Left to pay", page)
        # Without its token Odoo's button does not pay.
        path = invoice.get_portal_url(query_string="&payment=True", anchor="portal_pay")
        self.assertIn(path, page)
        self.assertEqual(self.url_open(path).status_code, 200)
        # By a card whose answer is not there yet.
        self._pay_online(invoice, state="pending")
        self.assertNotIn("o_tour_pay ", self._open(self.order))

    def test_pay_from_the_account(self):
        invoice = self._show_invoice()
        self.assertNotIn("o_tour_pay_account", self._open(self.order))
        self._top_up(4000)
        page = self._open(self.order)
        self.assertIn("o_tour_pay_account", page)
        self.assertIn("Pay $ 4,000.00 from your account", page)
        self.assertIn(f"/my/tour/invoices/{invoice.id}/account", page)

    def test_paid_and_refunded(self):
        invoice = self._show_invoice()
        self._mark_paid(invoice)
        page = self._open(self.order)
        self.assertIn("<strong>Paid</strong>", page)
        self.assertNotIn("Left to pay", page)
        path = f"/my/tour/invoices/{invoice.id}/refund"
        self.assertIn("o_tour_ask_refund", page)
        self.assertIn(path, page)
        self._ask(invoice)
        page = self._open(self.order)
        self.assertNotIn("o_tour_ask_refund", page)
        self.assertIn("We look at it.", page)
        self.assertIn("was asked for.", page)

    def test_more_than_a_few_invoices(self):
        self.env.company.tour_one_open_invoice = False
        for number in range(5):
            invoice = self.env["account.move"].create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.client_company.id,
                    "tour_booking_ids": [Command.set(self.order.ids)],
                    "invoice_line_ids": [
                        Command.create(
                            {"name": "Extra", "price_unit": 10 + number, "tax_ids": []}
                        )
                    ],
                }
            )
            invoice.action_show_to_client()
        self.assertEqual(self._open(self.order).count("o_tour_invoice"), 5)

    def test_files_of_the_booking(self):
        self.env["ir.attachment"].create(
            {
                "name": "Programme.pdf",
                "res_model": "sale.order",
                "res_id": self.order.id,
                "raw": b"%PDF-1.4",
                "tour_shared": True,
            }
        )
        self.assertIn("Programme.pdf", self._open(self.order))
