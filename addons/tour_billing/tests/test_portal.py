from odoo.tests import HttpCase, tagged

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestPortal(BillingCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.olga.password = "tour_olga_secret"

    def _open(self, url):
        self.authenticate("tour_olga", "tour_olga_secret")
        return self.url_open(url)

    def test_list_and_page(self):
        hidden = self._invoice(self._create_sold()).sudo()
        hidden.action_post()
        shown = self._create_shown()
        page = self._open("/my/invoices").text
        self.assertIn(shown.name, page)
        self.assertNotIn(hidden.name, page)
        self.assertIn(shown.name, self._open(f"/my/invoices/{shown.id}").text)
        self.assertNotIn(hidden.name, self._open(f"/my/invoices/{hidden.id}").text)

    def test_page_of_the_booking(self):
        invoice = self._invoice(self._create_sold()).sudo()
        invoice.action_post()
        url = f"/my/orders/{invoice.tour_booking_ids.id}"
        self.assertNotIn(invoice.name, self._open(url).text)
        invoice.action_show_to_client()
        self.assertIn(invoice.name, self._open(url).text)
