from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import RefundCommon


class RefundPortalCommon(RefundCommon, HttpCase):
    """Clients with passwords, and what their browsers send."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.olga, cls.boris, cls.curator, cls.manager, cls.accountant):
            user.password = f"{user.login}_secret"

    def _login(self, user):
        self.authenticate(user.login, f"{user.login}_secret")

    def _get(self, url, user=None):
        self._login(user or self.olga)
        return self.url_open(url)

    def _post(self, url, user=None, **values):
        self._login(user or self.olga)
        values = {"csrf_token": http.Request.csrf_token(self), **values}
        return self.url_open(url, data=values, allow_redirects=False)


@tagged("post_install", "-at_install")
class TestRefundPortal(RefundPortalCommon):
    def _path(self, invoice):
        return f"/my/tour/invoices/{invoice.id}/refund"

    def _open_page(self, invoice, user=None):
        return self._get(f"/my/invoices/{invoice.id}", user).text

    # === The button === #

    def test_button_where_it_may_be_asked_for(self):
        invoice = self._create_paid()
        path = self._path(invoice)
        self.assertIn(path, self._open_page(invoice))
        unpaid = self._create_shown()
        self.assertNotIn(self._path(unpaid), self._open_page(unpaid))
        self.accommodation.client_may_ask_refund = False
        self.assertNotIn(path, self._open_page(invoice))

    def test_no_button_for_whoever_has_the_link(self):
        """The link shows the invoice to anybody; it gives no right to ask."""
        invoice = self._create_paid()
        link = (
            f"/my/invoices/{invoice.id}?access_token={invoice._portal_ensure_token()}"
        )
        for user in (self.boris, self.accountant):
            page = self._get(link, user).text
            self.assertIn(invoice.name, page)
            self.assertNotIn(self._path(invoice), page)
        self.authenticate(None, None)
        page = self.url_open(link).text
        self.assertIn(invoice.name, page)
        self.assertNotIn(self._path(invoice), page)

    # === Asking === #

    def test_part_is_asked_for(self):
        invoice = self._create_paid()
        self.assertIn("10,000.00", self._get(self._path(invoice)).text)
        answer = self._post(
            self._path(invoice), what="part", amount="2500.5", reason="Ill\0ness"
        )
        self.assertEqual(answer.status_code, 303)
        self.assertRecordValues(
            invoice.tour_refund_ids,
            [{"state": "asked", "amount": 2500.5, "client_reason": "Illness"}],
        )
        page = self._get(self._path(invoice)).text
        self.assertIn("You asked for this refund", page)
        self.assertNotIn("o_tour_refund_form", page)
        self.assertIn("You asked for this refund", self._open_page(invoice))

    def test_all_is_asked_for(self):
        """An amount that was left in its input counts for nothing."""
        invoice = self._create_paid()
        self._post(self._path(invoice), what="all", amount="5", reason="Illness")
        self.assertEqual(invoice.tour_refund_ids.amount, 10000)

    def test_faults_name_their_input(self):
        invoice = self._create_paid()
        for values, text in (
            ({"what": "part", "reason": "x"}, "Amount: enter a number"),
            ({"what": "part", "amount": "-5", "reason": "x"}, "Amount: enter a number"),
            ({"what": "part", "amount": "nan", "reason": "x"}, "Amount: enter a"),
            ({"what": "part", "amount": "10000.01", "reason": "x"}, "Amount: enter mo"),
            ({"what": "part", "amount": "0", "reason": "x"}, "Amount: enter more"),
            ({"what": "all", "reason": " "}, "Reason: say why"),
            ({}, "Reason: say why"),
        ):
            answer = self._post(self._path(invoice), **values)
            self.assertEqual(answer.status_code, 200)
            self.assertIn(text, answer.text)
        # What was typed stays, and is no markup of the page.
        answer = self._post(self._path(invoice), what="part", reason="<b>ill</b>")
        self.assertIn("&lt;b&gt;ill&lt;/b&gt;", answer.text)
        self.assertFalse(invoice.tour_refund_ids)

    def test_pressed_twice(self):
        invoice = self._create_paid()
        self._post(self._path(invoice), what="all", reason="Illness")
        answer = self._post(self._path(invoice), what="all", reason="Illness")
        self.assertIn("on its way already", answer.text)
        self.assertEqual(len(invoice.tour_refund_ids), 1)

    # === What became of it === #

    def test_rejected_with_its_reason(self):
        invoice = self._create_paid()
        refund = self._ask(invoice)
        self.env["tour.refund.reject"].with_user(self.accountant).create(
            {"refund_id": refund.id, "reason": "The hotel <keeps> it."}
        ).action_apply()
        for page in (self._open_page(invoice), self._get(self._path(invoice)).text):
            self.assertIn("The hotel &lt;keeps&gt; it.", page)
            self.assertNotIn("o_tour_refund_form", page)
            self.assertNotIn("o_tour_ask_refund", page)
        answer = self._post(self._path(invoice), what="all", reason="Please")
        self.assertIn("was rejected", answer.text)

    def test_paid_back(self):
        """Staff's reason is not shown; what is left can be asked for."""
        invoice = self._create_paid()
        self._refund(invoice, kind="amount", amount=4000, reason="SECRET of staff")
        page = self._open_page(invoice)
        self.assertIn("Paid back on", page)
        self.assertIn("4,000.00", page)
        self.assertNotIn("SECRET", page)
        self.assertIn("6,000.00", self._get(self._path(invoice)).text)

    def test_under_way_and_failed(self):
        invoice = self._create_paid(online=True)
        refund = self._refund(invoice)
        self.assertIn("on its way to you", self._open_page(invoice))
        with self._refunding("SECRET of the provider"):
            self._send()
        self.assertEqual(refund.state, "failed")
        page = self._open_page(invoice)
        self.assertIn("did not come through", page)
        self.assertNotIn("SECRET", page)

    # === Who === #

    def test_others(self):
        invoice = self._create_paid()
        hidden = self._invoice(self._create_sold()).sudo()
        hidden.action_post()
        for user in (self.boris, self.manager, self.accountant):
            for answer in (
                self._get(self._path(invoice), user),
                self._post(self._path(invoice), user, what="all", reason="x"),
            ):
                self.assertEqual(answer.status_code, 404)
        for path in (
            self._path(hidden),
            self._path(invoice.browse(999999)),
            "/my/tour/invoices/99999999999999999999/refund",
            "/my/tour/invoices/-1/refund",
        ):
            self.assertEqual(self._get(path).status_code, 404)
        self.assertEqual(self._get(self._path(invoice), self.curator).status_code, 200)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(self._path(invoice)).url)
        self.assertFalse(invoice.tour_refund_ids)

    def test_not_without_the_token_of_the_form(self):
        invoice = self._create_paid()
        with mute_logger("odoo.http"):
            answer = self._post(
                self._path(invoice), what="all", reason="x", csrf_token="wrong"
            )
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(invoice.tour_refund_ids)
