import re
from base64 import b64encode
from html import unescape

from odoo import http
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import PNG, CatalogCommon

PATH = "/my/tour/catalogue"
TOKEN = "0123456789abcdef" * 2


@tagged("post_install", "-at_install")
class TestPages(CatalogCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.olga, cls.boris, cls.curator, cls.manager):
            user.password = f"{user.login}_secret"
        cls.lounge.write({"image_1920": b64encode(PNG), "summary": "Soft chairs"})

    def _get(self, url=PATH, user=None, **kwargs):
        self._login(user)
        return self.url_open(url, **kwargs)

    def _login(self, user):
        user = user or self.olga
        self.authenticate(user.login, f"{user.login}_secret")

    def _post(self, url, user=None, files=None, **values):
        self._login(user)
        values = {"csrf_token": http.Request.csrf_token(self), **values}
        return self.url_open(url, data=values, files=files, allow_redirects=False)

    def _path(self, service, what=""):
        return f"{PATH}/service/{service.id}{what}"

    def _orders(self, service=None):
        return self.env["sale.order.line"].search(
            [("catalog_service_id", "=", (service or self.lounge).id)]
        )

    # === Looking === #

    def test_catalogue(self):
        page = self._get().text
        for text in ("At the airport", "Papers", "fa-plane"):
            self.assertIn(text, page)
        self.assertEqual(page.count("<h1"), 1)
        page = self._get(f"{PATH}/category/{self.airport.id}").text
        self.assertIn("Lounge", page)
        self.assertIn("Soft chairs", page)
        self.assertIn("3,000.00", page)
        self.assertNotIn("Visa", page)

    def test_search(self):
        page = self._get(f"{PATH}?search=flight").text
        self.assertIn(self._path(self.lounge), page)
        self.assertNotIn(self._path(self.visa), page)
        self.assertIn("Nothing was found", self._get(f"{PATH}?search=qqq").text)

    def test_card(self):
        self.lounge.description = "<p>Quiet <b>corner</b></p>"
        self.lounge.picture_ids = [
            Command.create({"name": "The bar", "image_1920": b64encode(PNG)})
        ]
        page = self._get(self._path(self.lounge)).text
        for text in ("Quiet <b>corner</b>", "The bar", "Ask a question"):
            self.assertIn(text, page)
        for secret in (self.lounge.product_id.display_name + "]", "supplier"):
            self.assertNotIn(secret, page)

    def test_pictures(self):
        url = f"{PATH}/image/service/{self.lounge.id}/image_256"
        answer = self._get(url)
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.headers["Content-Type"].startswith("image/"))
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.lounge.active = False
        for one in (
            url,
            f"{PATH}/image/service/{self.visa.id}/image_256",
            f"{PATH}/image/category/{self.airport.id}/image_256",
            f"{PATH}/image/picture/1000000/image_256",
            f"{PATH}/image/service/{self.visa.id}/image_1920",
        ):
            self.assertEqual(self._get(one).status_code, 404, one)

    @mute_logger("odoo.http")
    def test_what_is_not_his_is_not_there(self):
        hidden = self._create_service("Hidden", active=False)
        group = self.env["tour.company.group"].create({"name": "Others"})
        grouped = self._create_service("Grouped", company_group_ids=group.ids)
        company = self.env["res.company"].create({"name": "Elsewhere"})
        foreign = self._create_service("Foreign", company_id=company.id)
        for service_id in (hidden.id, grouped.id, foreign.id, 2**31 - 1, 0):
            for what in ("", "/order", "/question"):
                path = f"{PATH}/service/{service_id}{what}"
                self.assertEqual(self._get(path).status_code, 404, path)
        for path in (
            f"{PATH}/service/{2**63}",
            f"{PATH}/service/-1",
            f"{PATH}/category/{2**31 - 1}",
            f"{PATH}/category/0",
        ):
            self.assertEqual(self._get(path).status_code, 404, path)
        self.assertNotIn("Hidden", self._get(f"{PATH}?search=e").text)

    def test_only_clients(self):
        self.assertEqual(self._get(user=self.manager).status_code, 404)
        self.authenticate(None, None)
        answer = self.url_open(PATH, allow_redirects=False)
        self.assertIn(answer.status_code, (302, 303))

    def test_odd_queries(self):
        for query in (
            "?page=-1",
            "?page=x",
            "?page=99999999999999999999",
            "?search=%00%FF",
            "?search[]=a",
            "?booking=x",
            f"?booking={2**63}",
        ):
            self.assertEqual(self._get(PATH + query).status_code, 200, query)

    def test_queries_of_a_page(self):
        """As many for 20 services as for 2."""
        path = f"{PATH}/category/{self.airport.id}"
        self._create_service("Service", image_1920=b64encode(PNG))

        def count(path):
            self._get(path)
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.assertEqual(self.url_open(path).status_code, 200)
            return self.env.cr.sql_log_count - start

        few = count(path), count(f"{PATH}?search=ser"), count(PATH)
        for number in range(18):
            self._create_service(f"Service {number}", image_1920=b64encode(PNG))
        many = count(path), count(f"{PATH}?search=ser"), count(PATH)
        self.assertEqual(many, few)

    # === Ordering === #

    def _form(self, **values):
        return self._fill(
            self.lounge,
            **{"day": str(self._day(5)), "flight": "SU 100", "once": TOKEN, **values},
        )

    def test_order_in_a_new_booking(self):
        self.assertEqual(self._get(self._path(self.lounge, "/order")).status_code, 200)
        answer = self._post(self._path(self.lounge, "/order"), **self._form())
        line = self._orders()
        self.assertEqual(answer.status_code, 303)
        self.assertIn(line.order_id._get_tour_path(), answer.headers["Location"])
        page = self._get(line.order_id._get_tour_path()).text
        self.assertIn("SU 100", page)
        self.assertIn("Flight number", page)
        # The title says it, and nothing below says it again.
        article = page.split('class="card mb-3 o_tour_service"')[1]
        article = article.split("</article>")[0]
        self.assertEqual(article.count("Lounge"), 1)

    def test_pressed_twice(self):
        answers = [
            self._post(self._path(self.lounge, "/order"), **self._form())
            for _ in range(2)
        ]
        self.assertEqual(len(self._orders()), 1)
        self.assertEqual(answers[0].headers["Location"], answers[1].headers["Location"])

    def test_faults_are_said_beside_the_fields(self):
        form = self._form(flight="", meal="Beef", stroller="1")
        page = self._post(self._path(self.lounge, "/order"), **form).text
        self.assertFalse(self._orders())
        self.assertIn('role="alert"', page)
        self.assertEqual(page.count('aria-invalid="true"'), 2)
        self.assertIn("Flight number: fill this in.", page)
        # What was typed is there still, and the form may be sent again.
        self.assertIn(str(self._day(5)), page)
        self._post(self._path(self.lounge, "/order"), **self._form())
        self.assertEqual(len(self._orders()), 1)

    def test_order_in_a_booking(self):
        order = self._create_booking(client_user_id=self.olga.id)
        page = self._get(order._get_tour_path()).text
        self.assertIn(f"{PATH}?booking={order.id}", page)
        page = self._get(f"{self._path(self.lounge)}?booking={order.id}").text
        self.assertIn(f"/order?booking={order.id}", page)
        self._post(
            self._path(self.lounge, "/order"), **self._form(booking=str(order.id))
        )
        self.assertEqual(self._orders().order_id, order)

    def test_crafted_bookings(self):
        other = self._create_booking(client_user_id=self.boris.id)
        done = self._create_booking(client_user_id=self.olga.id)
        self._force_state(done, "done")
        for booking in (other.id, done.id, 2**31 - 1, "x", -1, 2**63):
            page = self._post(
                self._path(self.lounge, "/order"), **self._form(booking=str(booking))
            )
            self.assertEqual(page.status_code, 200, booking)
            self.assertIn("choose one that takes services", page.text)
        self.assertFalse(self._orders())
        self.assertNotIn(
            f"{PATH}?booking={done.id}", self._get(done._get_tour_path()).text
        )

    def test_prices_are_not_taken_from_the_form(self):
        form = self._form(price_unit="1", price="1", list_price="1", product_id="1")
        self._post(self._path(self.lounge, "/order"), **form)
        self.assertEqual(self._orders().price_total, 3000)

    def test_a_price_that_changed_meanwhile_is_said_first(self):
        path = self._path(self.lounge, "/order")
        seen = self._read_seen(self._get(path).text)
        self.assertIn("3,000.00", seen)
        self.lounge.product_id.list_price *= 1.1
        page = self._post(path, **self._form(seen=seen)).text
        self.assertFalse(self._orders())
        self.assertIn("3,300.00", self._read_seen(page))
        self.assertIn("when you looked", page)
        # What was typed is there still; with the price of now it is ordered.
        self.assertIn("SU 100", page)
        self._post(path, **self._form(seen=self._read_seen(page)))
        self.assertEqual(self._orders().price_total, 3300)
        # Pressed twice it is one order, whatever it costs by then.
        self.lounge.product_id.list_price *= 2
        again = self._post(path, **self._form(seen=seen))
        self.assertEqual(again.status_code, 303)
        self.assertEqual(len(self._orders()), 1)

    def _read_seen(self, page):
        (seen,) = re.findall(r'name="seen" value="([^"]*)"', page)
        return unescape(seen)

    def test_prepaid_leads_to_paying(self):
        answer = self._post(self._path(self.visa, "/order"), once=TOKEN)
        line = self._orders(self.visa)
        invoice = line.order_id.client_invoice_ids
        self.assertTrue(
            answer.headers["Location"].endswith(f"/my/invoices/{invoice.id}")
        )
        page = self._get(f"/my/invoices/{invoice.id}")
        self.assertEqual(page.status_code, 200)
        self.assertIn(invoice.name, page.text)

    def test_file(self):
        self.visa.field_ids = [Command.create({"label": "Passport", "kind": "file"})]
        name = self.visa.field_ids._get_input()
        path = self._path(self.visa, "/order")
        answer = self._post(path, files={name: ("x.exe", b"MZ", "image/png")})
        self.assertEqual(answer.status_code, 200)
        self.assertIn("x.exe", answer.text)
        self._post(path, files={name: ("passport.png", PNG, "image/png")})
        line = self._orders(self.visa)
        self.assertEqual(line.catalog_answers[0]["value"], "passport.png")

    def test_texts_that_no_database_keeps(self):
        form = self._form(flight="SU\0 <script>100</script>")
        self._post(self._path(self.lounge, "/order"), **form)
        line = self._orders()
        self.assertEqual(line.catalog_answers[0]["value"], "SU <script>100</script>")
        page = self._get(line.order_id._get_tour_path()).text
        self.assertIn("&lt;script&gt;100", page)

    # === Asking === #

    def test_asking_and_reading_the_answer(self):
        path = self._path(self.lounge, "/question")
        self.assertEqual(self._get(path).status_code, 200)
        for _ in range(2):
            answer = self._post(path, text="Is there a shower?", once=TOKEN)
            self.assertEqual(answer.status_code, 303)
        question = self.env["tour.catalog.question"].search(
            [("client_user_id", "=", self.olga.id)]
        )
        self.assertEqual(len(question), 1)
        question.with_user(self.manager).answer = "Yes & no"
        question.with_user(self.manager).action_answer()
        page = self._get(f"{PATH}/questions").text
        self.assertIn("Is there a shower?", page)
        self.assertIn("Yes &amp; no", page)
        page = self._get(f"{PATH}/questions", self.boris).text
        self.assertNotIn("shower", page)

    @mute_logger("odoo.http")
    def test_asking_is_refused(self):
        path = self._path(self.lounge, "/question")
        page = self._post(path, text=" ")
        self.assertEqual(page.status_code, 200)
        self.assertIn('aria-invalid="true"', page.text)
        self.lounge.takes_questions = False
        self.assertEqual(self._post(path, text="x").status_code, 404)

    def test_questions_page_in_a_fixed_number_of_queries(self):
        self._ask("first")

        def count():
            self._get(f"{PATH}/questions")
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.url_open(f"{PATH}/questions")
            return self.env.cr.sql_log_count - start

        few = count()
        for number in range(10):
            service = self.visa if number % 2 else self.lounge
            self._ask(f"more {number}", service)
        self.assertEqual(count(), few)
