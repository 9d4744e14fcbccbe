from io import BytesIO

from freezegun import freeze_time
from openpyxl import load_workbook

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.tour_refund.tests.test_portal import RefundPortalCommon

from .common import AccountCommon

PATH = "/my/tour/account"


@tagged("post_install", "-at_install")
class TestAccountPortal(AccountCommon, RefundPortalCommon):
    def _get_topups(self):
        return self.env["tour.topup"].search([("by_client", "=", True)])

    # === The account === #

    def test_found_on_the_home_page(self):
        self.assertIn(PATH, self._get("/my").text)
        self.assertNotIn(PATH, self._get("/my", self.accountant).text)

    def test_balance_in_each_currency(self):
        self.assertIn("0.00", self._get(PATH).text)
        other = self.setup_other_currency("HRK")
        self._top_up(1234.5)
        self._top_up(77.77, currency_id=other.id)
        page = self._get(PATH).text
        self.assertIn("1,234.50", page)
        self.assertIn("77.77", page)

    def test_topped_up(self):
        answer = self._post(PATH, amount="700.55")
        self.assertEqual(answer.status_code, 303)
        topup = self._get_topups()
        self.assertRecordValues(
            topup,
            [{"partner_id": self.client_company.id, "amount": 700.55, "state": "open"}],
        )
        page = self._get(PATH).text
        self.assertIn(topup.name, page)
        self.assertIn("To pay", page)
        paper = self._get(f"/tour/topup/{topup.id}.pdf")
        self.assertTrue(paper.content.startswith(b"%PDF"))
        self._pay_topup(topup, amount=100)
        self.assertIn("Paid so far", self._get(PATH).text)
        self._pay_topup(topup)
        self.assertIn("700.55", self._get(PATH).text)
        # A colleague's is not his, but the curator's.
        self.assertNotIn(topup.name, self._get(PATH, self.boris).text)
        paper = self._get(f"/tour/topup/{topup.id}.pdf", self.boris)
        self.assertEqual(paper.status_code, 404)
        self.assertIn(topup.name, self._get(PATH, self.curator).text)

    def test_faults_name_their_input(self):
        for amount in ("", "0", "-5", "x", "nan", "1e9", "0.001", "9" * 30):
            answer = self._post(PATH, amount=amount)
            self.assertEqual(answer.status_code, 200)
            self.assertIn("Amount: enter more than nothing", answer.text)
        self.assertFalse(self._get_topups())

    def test_not_without_the_token_of_the_form(self):
        with mute_logger("odoo.http"):
            answer = self._post(PATH, amount="5", csrf_token="wrong")
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self._get_topups())

    def test_for_clients_only(self):
        for user in (self.manager, self.accountant):
            self.assertEqual(self._get(PATH, user).status_code, 404)
            self.assertEqual(self._post(PATH, user, amount="5").status_code, 404)
        self.client_company.tour_client_agent = False
        self.client_company.tour_client_corporate = False
        self.assertEqual(self._get(PATH).status_code, 404)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(PATH).url)

    # === The statement === #

    def _statement(self, kind, user=None, **asked):
        asked = {
            "date_from": "2026-06-01",
            "date_to": "2026-06-30",
            "currency": self.env.company.currency_id.name,
            **asked,
        }
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        return self._get(f"{PATH}/statement.{kind}?{query}", user or self.curator)

    def test_statement_of_a_curator(self):
        topup = self._top_up(1500.25, paid=0)
        with freeze_time("2026-06-20 08:00:00"):
            self._pay_topup(topup)
        self.assertIn(f"{PATH}/statement.pdf", self._get(PATH, self.curator).text)
        paper = self._statement("pdf")
        self.assertTrue(paper.content.startswith(b"%PDF"))
        sheet = load_workbook(BytesIO(self._statement("xlsx").content)).active
        cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
        self.assertEqual([row[5] for row in cells], [0, -1500.25, None, -1500.25])
        self.assertFalse(self.env["tour.statement"].search([]))

    def test_statement_is_not_for_colleagues(self):
        """It names bookings that they do not see."""
        for user in (self.olga, self.boris):
            self.assertNotIn(f"{PATH}/statement.pdf", self._get(PATH, user).text)
            for kind in ("pdf", "xlsx"):
                self.assertEqual(self._statement(kind, user).status_code, 404)
        self.assertEqual(self._statement("pdf", self.accountant).status_code, 404)
        self.assertEqual(self._statement("docx").status_code, 404)

    def test_statement_of_another_client_is_not_named(self):
        """Whatever is sent: it is of the client whose user asks."""
        other = self.env["res.partner"].create(
            {"name": "Other", "is_company": True, "tour_client_corporate": True}
        )
        topup = self._top_up(77, paid=0, partner_id=other.id)
        with freeze_time("2026-06-20 08:00:00"):
            self._pay_topup(topup)
        answer = self._statement("xlsx", partner_id=other.id, company_id=2)
        sheet = load_workbook(BytesIO(answer.content)).active
        self.assertNotIn("Other", sheet["A2"].value)
        self.assertEqual(sheet.max_row, 7)

    def test_faults_of_the_period(self):
        for asked, text in (
            ({"date_from": ""}, "From: enter a day"),
            ({"date_from": "2026-02-30"}, "From: enter a day"),
            ({"date_to": "x%00"}, "To: enter a day"),
            ({"date_to": "2026-05-31"}, "To: the period ends before"),
            ({"currency": "ZZZ"}, "Currency: choose"),
            ({"currency": ""}, "Currency: choose"),
        ):
            answer = self._statement("pdf", **asked)
            self.assertIn(text, answer.text)

    # === Paying from it === #

    def _pay_path(self, invoice):
        return f"/my/tour/invoices/{invoice.id}/account"

    def test_pays_in_part_and_in_whole(self):
        invoice = self._create_shown()
        path = self._pay_path(invoice)
        url = f"/my/invoices/{invoice.id}"
        self.assertNotIn(path, self._get(url).text)
        self.assertIn("nothing on your account", self._get(path).text)
        self._top_up(4000)
        self.assertIn(path, self._get(url).text)
        page = self._get(path).text
        for amount in ("10,000.00", "4,000.00", "6,000.00"):
            self.assertIn(amount, page)
        answer = self._post(path)
        self.assertEqual(answer.status_code, 303)
        self.assertIn(
            "your account has paid", self._get(answer.headers["Location"]).text
        )
        self.assertEqual((invoice.amount_residual, self._get_credit()), (6000, 0))
        self._top_up(7000)
        self._post(path)
        self.assertEqual((invoice.amount_residual, self._get_credit()), (0, 1000))
        # Pressed once more, it shows the invoice, and pays nothing.
        self.assertEqual(self._post(path).status_code, 303)
        self.assertEqual(self._get_credit(), 1000)
        self.assertNotIn(path, self._get(url).text)

    def test_refused_with_its_reason(self):
        self._top_up(20000)
        invoice = self._create_shown()
        self._pay_online(invoice, 100, state="pending")
        self.assertNotIn(
            self._pay_path(invoice), self._get(f"/my/invoices/{invoice.id}").text
        )
        answer = self._post(self._pay_path(invoice))
        self.assertIn("on its way", answer.text)
        self.assertEqual(invoice.amount_residual, 10000)

    def test_who_pays(self):
        self._top_up(20000)
        invoice = self._create_shown()
        path = self._pay_path(invoice)
        for user in (self.boris, self.manager, self.accountant):
            self.assertEqual(self._get(path, user).status_code, 404)
            self.assertEqual(self._post(path, user).status_code, 404)
        link = (
            f"/my/invoices/{invoice.id}?access_token={invoice._portal_ensure_token()}"
        )
        self.assertNotIn(path, self._get(link, self.boris).text)
        with mute_logger("odoo.http"):
            self.assertEqual(self._post(path, csrf_token="wrong").status_code, 400)
        # To look at it pays nothing.
        self._get(path)
        self.assertEqual(invoice.amount_residual, 10000)
        self._post(path, self.curator)
        self.assertEqual(invoice.amount_residual, 0)
