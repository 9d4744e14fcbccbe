from odoo import http
from odoo.fields import Datetime
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models import account_move_gift
from .test_gift_cheque import GiftCommon

TRY = "tour.gift.try"


@tagged("post_install", "-at_install")
class TestGiftPortal(GiftCommon, HttpCase):
    """Olga types codes on the page of her invoice of 10,000."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.tour_one_open_invoice = False
        for user in (cls.olga, cls.boris):
            user.password = f"{user.login}_secret"

    def _login(self, user):
        self.authenticate(user and user.login, user and f"{user.login}_secret")

    def _type(self, invoice, code, token=False, **values):
        """Send the form; return how it ended, by the address that we are led to."""
        data = {"csrf_token": http.Request.csrf_token(self), "code": code, **values}
        if token:
            data["access_token"] = invoice._portal_ensure_token()
        self.env.flush_all()
        response = self.url_open(
            f"/my/invoices/{invoice.id}/gift_cheque",
            data,
            allow_redirects=False,
            timeout=60,
        )
        self.env.invalidate_all()
        self.assertEqual(response.status_code, 303)
        place, _mark, query = response.headers["Location"].partition("?")
        if not place.endswith(f"/my/invoices/{invoice.id}"):
            return place
        return dict(part.split("=") for part in query.split("&"))

    def _assert_paid(self, invoice, code, **values):
        self.assertEqual(
            self._type(invoice, code, **values).get("success"), "gift_paid"
        )

    def _assert_refused(self, invoice, code, error="gift_code", **values):
        before = invoice.amount_residual
        answer = self._type(invoice, code, **values)
        self.assertEqual((answer.get("error"), answer.get("success")), (error, None))
        self.assertEqual(invoice.amount_residual, before)

    def _count_tries(self):
        return self.env[TRY].search_count([])

    # === Paying === #

    def test_in_part_then_the_rest(self):
        """5,000 of one, 4,000 given away, and 1,000 of a third one's 5,000."""
        self.env.company.tour_gift_expense_account_id = self.env[
            "account.account"
        ].create({"name": "Gifts", "code": "699977", "account_type": "expense"})
        invoice = self._create_shown()
        cheques = [
            self._create_cheque(),
            self._create_cheque(kind="given", value=4000),
            self._create_cheque(),
        ]
        self._login(self.olga)
        for cheque, left in zip(cheques, (5000, 1000, 0), strict=True):
            self._assert_paid(invoice, f" {cheque.code.lower().replace('-', ' ')}")
            self.assertEqual(invoice.amount_residual, left)
        self.assertEqual([cheque.remaining for cheque in cheques], [0, 0, 4000])
        self.assertEqual((invoice.tour_stage, self._count_tries()), ("marked", 0))
        payments = invoice._get_reconciled_payments()
        self.assertEqual(payments.gift_cheque_id, cheques[0].union(*cheques))
        logged = invoice.message_ids.filtered(lambda m: "Marked as paid" in m.body)
        self.assertEqual(logged.author_id, self.olga.partner_id)
        # Nothing is asked for any more, and nothing taken.
        self.assertNotIn("gift_cheque", self.url_open(invoice.access_url).text)
        self._assert_refused(invoice, cheques[2].code, "gift_closed")

    def test_the_page(self):
        invoice = self._create_shown()
        self._login(self.olga)
        self.assertNotIn("gift_cheque", self.url_open(invoice.access_url).text)
        cheque = self._create_cheque()
        page = self.url_open(invoice.access_url).text
        self.assertIn(f'action="/my/invoices/{invoice.id}/gift_cheque"', page)
        self.assertNotIn(cheque.code, page)
        address = f"{invoice.access_url}?error="
        for error, words in (
            ("gift_code", "No gift cheque that can pay"),
            ("gift_tries", "too many wrong codes"),
            ("gift_closed", "cannot be paid with a gift cheque right now"),
        ):
            self.assertIn(words, self.url_open(f"{address}{error}").text)
        page = self.url_open(f"{invoice.access_url}?success=gift_paid").text
        self.assertIn("the gift cheque has paid", page)

    def test_by_the_link_of_the_mail(self):
        """Whoever has the link to the invoice may pay it, without a user."""
        invoice, cheque = self._create_shown(), self._create_cheque()
        self._login(None)
        self._assert_paid(invoice, cheque.code, token=True)
        self.assertEqual(invoice.amount_residual, 5000)

    # === Refused === #

    def test_all_that_cannot_pay_is_alike(self):
        currency = self.setup_other_currency("HRK")
        used = self._create_cheque()
        self._mark_paid(self._create_shown(), gift_code=used.code, amount=5000)
        company = self.env["res.company"].create({"name": "Other"})
        codes = [
            "AAAA-BBBB-CCCC",
            "",
            "%",
            "A" * 5000,
            used.code,
            used.code[-4:],
            self._create_cheque(issue=False).code,
            self._create_cheque(paid=False).code,
            self._create_cheque(expires_on=self._day(-1)).code,
            self._create_cheque(currency_id=currency.id).code,
            self.env["tour.gift.cheque"]
            .create({"value": 5, "company_id": company.id})
            .code,
        ]
        self.patch(account_move_gift, "MAX_WRONG", len(codes))
        invoice = self._create_shown()
        self._login(self.olga)
        for code in codes:
            self._assert_refused(invoice, code)
        self.assertEqual(self._count_tries(), len(codes))

    def test_nothing_but_the_code_is_asked(self):
        """Neither how much, nor of which cheque: what else is sent is not read."""
        invoice, cheque = self._create_shown(), self._create_cheque()
        self._login(self.olga)
        self._assert_paid(invoice, cheque.code, amount="1", gift_cheque_id="1")
        self.assertEqual(invoice.amount_residual, 5000)

    def test_trying_codes_is_stopped(self):
        """After so many wrong ones a right one pays neither, on no invoice of his."""
        invoice, cheque = self._create_shown(), self._create_cheque()
        self._login(self.olga)
        for _time in range(account_move_gift.MAX_WRONG):
            self._assert_refused(invoice, "AAAA-BBBB-CCCC")
        colleagues = self._create_shown(client_user_id=self.boris.id)
        self._assert_refused(invoice, cheque.code, "gift_tries")
        self._login(self.boris)
        self._assert_refused(colleagues, cheque.code, "gift_tries")
        self._assert_refused(colleagues, cheque.code, "gift_tries", token=True)
        self.assertEqual(self._count_tries(), account_move_gift.MAX_WRONG)
        # An hour later, and meanwhile other clients.
        other = self.env["res.partner"].create({"name": "Stranger"})
        theirs = self._create_shown(partner_id=other.id, client_user_id=False)
        self._assert_paid(theirs, self._create_cheque().code, token=True)
        self.env[TRY].search([]).date = Datetime.subtract(Datetime.now(), minutes=61)
        self._assert_paid(colleagues, cheque.code)

    def test_tries_are_forgotten(self):
        tries = self.env[TRY].create(
            [
                {
                    "date": Datetime.subtract(Datetime.now(), days=days),
                    "partner_id": self.client_company.id,
                }
                for days in (1, 3)
            ]
        )
        self.env[TRY]._gc_old()
        self.assertEqual(tries.exists(), tries[0])

    def test_only_invoices_that_are_his_and_shown(self):
        cheque = self._create_cheque()
        hidden = self._invoice(self._create_sold()).sudo()
        hidden.action_post()
        colleagues = self._create_shown(client_user_id=self.boris.id)
        self._login(self.olga)
        for invoice in (hidden, colleagues):
            self.assertTrue(self._type(invoice, cheque.code).endswith("/my"))
            self.assertTrue(
                self._type(invoice, cheque.code, access_token="no").endswith("/my")
            )
        # Even with its link: it was not shown.
        self._assert_refused(hidden, cheque.code, "gift_closed", token=True)
        self._login(None)
        self.assertTrue(self._type(colleagues, cheque.code).endswith("/my"))
        self.assertEqual((cheque.remaining, self._count_tries()), (5000, 0))

    def test_not_while_a_card_is_being_asked(self):
        invoice, cheque = self._create_shown(), self._create_cheque()
        self._pay_online(invoice, state="pending")
        self._login(self.olga)
        self._assert_refused(invoice, cheque.code, "gift_closed")

    def test_what_is_no_invoice_of_a_booking(self):
        """Neither a cheque is bought with a cheque."""
        cheque, bought = self._create_cheque(), self._create_cheque(paid=False)
        self._login(None)
        invoice = bought.sudo().move_id
        self._assert_refused(invoice, cheque.code, "gift_closed", token=True)

    def test_a_payment_that_fails_leaves_nothing(self):
        """The code is right, the books are at fault: no try, no money, and a log."""
        invoice, cheque = self._create_shown(), self._create_cheque()
        journal = self.env.company.tour_gift_journal_id
        journal.inbound_payment_method_line_ids.unlink()
        self._login(self.olga)
        with mute_logger("odoo.addons.tour_billing.models.account_move_gift"):
            self._assert_refused(invoice, cheque.code, "gift_closed")
        self.assertEqual((cheque.remaining, self._count_tries()), (5000, 0))

    def test_only_by_the_form(self):
        """No reading by an address, no sending from another site."""
        invoice, cheque = self._create_shown(), self._create_cheque()
        self._login(self.olga)
        address = f"/my/invoices/{invoice.id}/gift_cheque"
        with mute_logger("odoo.http"):
            answers = [
                self.url_open(f"{address}?code={cheque.code}"),
                self.url_open(address, {"code": cheque.code}),
            ]
        self.assertTrue(all(answer.status_code >= 400 for answer in answers))
        self.assertEqual(cheque.remaining, 5000)
