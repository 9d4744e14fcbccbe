from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_agreement import AgreementCommon


@tagged("post_install", "-at_install")
class TestAgreementPortal(HttpCase, AgreementCommon):
    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _post(self, document, version=1, **values):
        return self.url_open(
            f"/my/tour/documents/{document.id}/agree",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "version": version,
                **values,
            },
            allow_redirects=False,
        )

    def test_buttons_on_the_page_of_the_booking(self):
        self._login(self.client_user)
        page = self.url_open(f"/my/orders/{self.order.id}").text
        self.assertIn("I agree", page)
        self.assertIn("Confirm", page)
        self.assertEqual(page.count("o_tour_agree"), 2)
        response = self._post(self.contract)
        self.assertEqual(response.status_code, 303)
        agreement = self.contract.agreement_ids
        self.assertEqual(agreement.user_id, self.client_user)
        self.assertTrue(agreement.address)
        self.assertTrue(agreement.user_agent)
        page = self.url_open(f"/my/orders/{self.order.id}").text
        self.assertEqual(page.count("o_tour_agree"), 1)

    def test_changed_meanwhile(self):
        self._login(self.client_user)
        for version in (7, "x", "9" * 30, ""):
            response = self._post(self.contract, version)
            self.assertEqual(response.status_code, 200)
            self.assertIn("changed meanwhile", response.text)
        self.assertFalse(self.contract.agreement_ids)

    def test_others(self):
        self._login(self.other_user)
        self.assertEqual(self._post(self.contract).status_code, 404)
        self._login(self.manager)
        self.assertEqual(self._post(self.contract).status_code, 404)
        self.assertEqual(self._post(self.contract.browse(99999999)).status_code, 404)
        page = self.url_open(f"/my/orders/{self.order.id}").text
        self.assertNotIn("o_tour_agree", page)
        self.assertFalse(self.contract.agreement_ids)

    def test_not_without_a_token_of_the_form(self):
        self._login(self.client_user)
        with mute_logger("odoo.http"):
            response = self._post(self.contract, csrf_token="wrong")
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self.contract.agreement_ids)
