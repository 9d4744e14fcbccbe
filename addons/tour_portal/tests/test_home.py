from odoo.tests import tagged

from .common import PortalCommon

HOME = "/my/tour"


@tagged("post_install", "-at_install")
class TestPortalHome(PortalCommon):
    def _needs(self, user=None):
        return self.env["tour.portal.need"].with_user(user or self.olga)._get_needs()

    # === Odoo's pages lead here === #

    def test_odoo_pages_lead_clients_to_ours(self):
        order = self._of(self.olga)
        for path in ("/my", "/my/home"):
            self.assertTrue(self._get(path).url.endswith(HOME))
            self.assertIn(
                "/my/home" if "home" in path else "/my",
                self._get(path, self.manager).url,
            )
            self.assertFalse(self._get(path, self.manager).url.endswith(HOME))
            self.assertFalse(self._get(path, self.guest).url.endswith(HOME))
        for path in ("/my/orders", "/my/quotes"):
            self.assertTrue(self._get(path).url.endswith("/my/tour/bookings"))
            self.assertTrue(self._get(path, self.guest).url.endswith(path))
        page = self._get(f"/my/orders/{order.id}")
        self.assertTrue(page.url.endswith(f"/my/tour/bookings/{order.id}"))
        self.assertEqual(page.status_code, 200)
        self.assertEqual(order.access_url, f"/my/tour/bookings/{order.id}")

    def test_link_without_login_shows_odoo_page(self):
        order = self._of(self.olga)
        token = order._portal_ensure_token()
        self.authenticate(None, None)
        page = self.url_open(f"/my/orders/{order.id}?access_token={token}")
        self.assertIn("/my/orders/", page.url)
        self.assertIn(order.name, page.text)
        # Mails lead to our address, which knows what to do with the link.
        mail = order._get_access_action(force_website=True)["url"]
        self.assertTrue(mail.startswith(order._get_tour_path()))
        page = self.url_open(f"{order._get_tour_path()}?access_token={token}")
        self.assertIn("/my/orders/", page.url)
        self.assertIn(order.name, page.text)
        for query in ("", "?access_token=wrong"):
            page = self.url_open(order._get_tour_path() + query)
            self.assertIn("/web/login", page.url)
            self.assertNotIn(order.name, page.text)
        # Who is logged in and may not see it goes on using the link.
        for path in (f"/my/orders/{order.id}", order._get_tour_path()):
            page = self._get(f"{path}?access_token={token}", self.boris)
            self.assertIn("/my/orders/", page.url)
            self.assertIn(order.name, page.text)
        page = self._get(f"{order._get_tour_path()}?access_token=wrong", self.boris)
        self.assertNotIn(order.name, page.text)
        self.assertEqual(self._get("/my/orders/9999999999999").status_code, 404)

    # === The page === #

    def test_who_gets_the_page(self):
        for user in (self.olga, self.boris, self.curator, self.eva, self.vera):
            page = self._get(HOME, user)
            self.assertEqual(page.status_code, 200)
            self.assertIn("Nothing needs you now", page.text)
        for user in (self.manager, self.head, self.accountant, self.guest):
            self.assertEqual(self._get(HOME, user).status_code, 404)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(HOME).url)

    def test_bookings_in_work(self):
        own, done, other = (
            self._of(self.olga),
            self._of(self.olga, state="done"),
            self._of(self.eva),
        )
        page = self._get(HOME).text
        self.assertIn(own.name, page)
        self.assertNotIn(done.name, page)
        self.assertNotIn(other.name, page)

    def test_balance(self):
        self.assertNotIn("tour_balance", self._get(HOME).text)
        self._top_up(1234.5)
        self.assertIn("1,234.50", self._get(HOME).text)
        self._create_shown()
        page = self._get(HOME, self.curator).text
        # 10,000 owed, 1,234.50 with us.
        self.assertIn("8,765.50", page)
        self.assertIn("You owe", page)
        # What his company owes is none of Boris's business.
        self.assertNotIn("8,765.50", self._get(HOME, self.boris).text)
        self.assertNotIn("tour_balance", self._get(HOME, self.eva).text)

    # === What needs him === #

    def test_invoice_to_pay(self):
        invoice = self._create_shown()
        (need,) = self._needs()
        self.assertEqual(need["kind"], "invoice")
        self.assertEqual(need["url"], f"/my/invoices/{invoice.id}")
        self.assertEqual(need["deadline"], invoice.invoice_date_due)
        self.assertIn("10,000.00", need["text"])
        self.assertEqual(len(self._needs(self.curator)), 1)
        self.assertFalse(self._needs(self.boris))
        self.assertFalse(self._needs(self.eva))
        self._mark_paid(invoice)
        self.assertFalse(self._needs())

    def test_invoice_that_was_not_shown_is_not_told(self):
        self._invoice(self._create_sold())
        self.assertFalse(self._needs())

    def test_change_to_accept(self):
        order = self._of(self.olga, created_by_client=True)
        order.order_line.with_user(self.manager).date_to = self._day(5)
        self.assertTrue(order.needs_client_confirmation)
        need = next(one for one in self._needs() if one["kind"] == "change")
        self.assertEqual(need["url"], f"{order._get_tour_path()}#tour_changes")
        self.assertEqual(need["order_id"], order.id)
        self.assertIn(order.name, self._get(HOME).text)
        self.assertFalse([o for o in self._needs(self.boris) if o["kind"] == "change"])
        order.with_user(self.olga).action_client_accept()
        self.assertFalse([o for o in self._needs() if o["kind"] == "change"])

    def test_offer_to_accept(self):
        order = self._of(self.olga)
        change = self.env["tour.change"].create(
            {"order_id": order.id, "kind": "change", "comment": "Two rooms"}
        )
        self.assertFalse(self._needs())
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE tour_change SET state = 'with_client' WHERE id = %s", (change.id,)
        )
        change.invalidate_recordset()
        (need,) = self._needs()
        self.assertEqual((need["kind"], need["order_id"]), ("offer", order.id))
        self.assertEqual(len(self._needs(self.curator)), 1)
        self.assertFalse(self._needs(self.boris))
        self.assertFalse(self._needs(self.eva))
        self.assertIn(order.name, self._get(HOME).text)

    def test_unread_message(self):
        order = self._of(self.olga)
        order.with_user(self.manager).message_post(
            body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        (need,) = self._needs()
        self.assertEqual((need["kind"], need["order_id"]), ("message", order.id))
        self.assertFalse(self._needs(self.boris))
        self._get(order._get_tour_path())
        self.assertFalse(self._needs())
        # To the curator it is news still.
        self.assertEqual(len(self._needs(self.curator)), 1)

    def test_most_urgent_first(self):
        model = type(self.env["tour.portal.need"])
        today = self.today

        def source(_self, limit):
            return [
                {
                    "kind": "x",
                    "title": title,
                    "text": "",
                    "url": "/",
                    "order_id": False,
                    "deadline": deadline,
                    "date": date,
                }
                for title, deadline, date in (
                    ("none, old", False, today),
                    ("none, new", False, self._day(1)),
                    ("later", self._day(5), today),
                    ("soon", self._day(1), today),
                )
            ]

        self.patch(model, "_get_invoice_needs", source)
        self.assertEqual(
            [need["title"] for need in self._needs()],
            ["soon", "later", "none, new", "none, old"],
        )

    def test_queries_do_not_grow(self):
        counts = []
        for _round in range(2):
            for _number in range(3):
                self._create_shown()
                order = self._of(self.olga, created_by_client=True)
                order.order_line.with_user(self.manager).date_to = self._day(5)
                order.with_user(self.manager).message_post(
                    body="Hi", message_type="comment", subtype_xmlid="mail.mt_comment"
                )
            self.env.flush_all()
            self.env.invalidate_all()
            self._needs()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            self._needs()
            counts.append(self.cr.sql_log_count - start)
        self.assertEqual(*counts)
