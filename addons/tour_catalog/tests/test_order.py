from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.tour_booking.view_diff import compare

from .common import PNG, CatalogCommon, Sent


@tagged("post_install", "-at_install")
class TestOrder(CatalogCommon):
    def _faults(self, service, files=None, **values):
        service_sudo = service.with_user(self.olga).sudo()
        return service_sudo._read_order_form(
            self._fill(service, **values), lambda name: (files or {}).get(name, [])
        )[1]

    # === The service in the booking === #

    def test_new_booking(self):
        line = self._order_lounge(day=str(self._day(5)), meal="Vegan", stroller="1")
        order = line.order_id
        self.assertRecordValues(
            order,
            [
                {
                    "is_tour_booking": True,
                    "booking_state": "new",
                    "created_by_client": True,
                    "partner_id": self.client_company.id,
                    "client_user_id": self.olga.id,
                    "amount_total": 3000,
                }
            ],
        )
        self.assertRecordValues(
            line,
            [
                {
                    "service_type_id": self.other.id,
                    "product_id": self.lounge.product_id.id,
                    "service_text": "Lounge",
                    "date_from": self._day(5),
                    "price_unit": 3000,
                    "catalog_service_id": self.lounge.id,
                    "catalog_prepaid": False,
                    "catalog_payment_state": "later",
                }
            ],
        )
        self.assertFalse(order.client_invoice_ids)

    def test_existing_booking_is_not_asked_about(self):
        """What the client adds himself, he need not confirm."""
        order = self._create_booking(client_user_id=self.olga.id)
        self._force_state(order, "booked")
        line = self._order_lounge(order=order)
        self.assertEqual(line.order_id, order)
        self.assertEqual(order.amount_total, 13000)
        self.assertEqual(order.booking_state, "booked")
        self.assertFalse(order.needs_client_confirmation)

    def test_price_of_the_booking_s_list(self):
        """The price is what the list says, whatever a form sends."""
        template = self.lounge.product_id.product_tmpl_id
        self.client_company.specific_property_product_pricelist = self.env[
            "product.pricelist"
        ].create(
            {
                "name": "Metran",
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "1_product",
                            "product_tmpl_id": template.id,
                            "compute_price": "fixed",
                            "fixed_price": 2500,
                        }
                    )
                ],
            }
        )
        line = self._order_lounge(price_unit="1", list_price="1", amount_total="1")
        self.assertEqual(line.price_total, 2500)

    def test_transfer_is_called_by_its_route(self):
        service = self._create_service("To town", service_type_id=self.transfer.id)
        line = self._order(service, day=str(self._day(1)))
        self.assertEqual((line.route, line.service_text), ("To town", False))

    def test_closed_bookings_take_nothing(self):
        for state in ("cancelled", "refused", "done", "archive", "awaiting_client"):
            order = self._create_booking(client_user_id=self.olga.id)
            self._force_state(order, state)
            with self.assertRaises(UserError):
                self._order_lounge(order=order)
            self.assertEqual(len(order.order_line), 1)

    def test_bookings_that_are_offered(self):
        own = self._create_booking(client_user_id=self.olga.id)
        done = self._create_booking(client_user_id=self.olga.id)
        self._force_state(done, "done")
        others = self._create_booking(client_user_id=self.boris.id)
        offered = self.env["tour.catalog.service"]._get_open_bookings(self.olga)
        self.assertEqual(offered & (own | done | others), own)
        offered = self.env["tour.catalog.service"]._get_open_bookings(self.curator)
        self.assertEqual(offered & (own | done | others), own | others)

    # === The form === #

    def test_faults_of_the_form(self):
        faults = self._faults(self.lounge, meal="Beef")
        names = self._fill(self.lounge, flight=1, meal=1, day=1)
        self.assertEqual(faults.keys(), names.keys())
        for text in faults.values():
            self.assertIn(":", text)
        for day in ("x", "2026-02-30", str(self._day(-1)), "9999-01-01", "\0"):
            self.assertIn("day", self._faults(self.lounge, day=day, flight="1"), day)

    def test_hour(self):
        self.lounge.asks_hour = True
        line = self._order_lounge(hour="9:30")
        self.assertEqual(line.hour_from, 9.5)
        self.assertIn(
            "hour",
            self._faults(self.lounge, day=str(self._day(1)), flight="1", hour="99"),
        )

    def test_file(self):
        self.visa.field_ids = [
            Command.create({"label": "Passport", "kind": "file", "required": True})
        ]
        name = self.visa.field_ids._get_input()
        self.assertIn(name, self._faults(self.visa))
        wrong = {name: [Sent("virus.exe", b"MZ")]}
        self.assertIn(name, self._faults(self.visa, wrong))
        line = self._order(self.visa, files={name: [Sent("passport.png", PNG)]})
        answer = line.catalog_answers[0]
        attachment = self.env["ir.attachment"].browse(answer["attachment_id"])
        self.assertEqual(attachment.raw, PNG)
        self.assertEqual(
            (attachment.res_model, attachment.res_id), ("sale.order.line", line.id)
        )
        self.assertEqual(line._client_view()["answers"], {"Passport": "passport.png"})
        html = str(line.with_user(self.manager_all).catalog_answers_html)
        self.assertIn(f"/web/content/{attachment.id}", html)

    # === What is shown === #

    def test_answers_in_views_diffs_and_papers(self):
        line = self._order_lounge(flight="<b>SU</b>", meal="Vegan", stroller="1")
        order = line.order_id
        view = order._client_view()
        self.assertEqual(
            view["services"][0]["answers"],
            {"Flight number": "<b>SU</b>", "Meal": "Vegan", "Stroller": True},
        )
        self.assertEqual(view["services"][0]["text"], "Lounge")
        after = order._client_view()
        after["services"][0]["answers"] = {"Flight number": "SU 7", "Meal": "Vegan"}
        rows = order._render_diff(compare(view, after))
        texts = {row["field"]: (row["before"], row["after"]) for row in rows}
        self.assertEqual(texts["Flight number"], ("<b>SU</b>", "SU 7"))
        self.assertEqual(texts["Stroller"], ("Yes", ""))
        facts = order._get_client_service(view["services"][0])
        self.assertEqual(
            facts["text"],
            "Lounge\nFlight number: <b>SU</b>; Meal: Vegan; Stroller: Yes",
        )
        html = str(line.with_user(self.manager_all).catalog_answers_html)
        self.assertIn("&lt;b&gt;SU", html)
        # Staff who look at the booking as its client does.
        self.assertIn("Meal: Vegan", str(order._render_client_page()))

    def test_ordinary_services_have_no_answers(self):
        order = self._create_booking()
        self.assertNotIn("answers", order._client_view()["services"][0])
        self.assertFalse(order.order_line.catalog_payment_state)

    # === Prepaid === #

    def test_prepaid_order_makes_its_invoice(self):
        line = self._order(self.visa)
        invoice = line.order_id.client_invoice_ids
        self.assertRecordValues(
            invoice,
            [
                {
                    "state": "posted",
                    "amount_total": 1000,
                    "partner_id": self.client_company.id,
                    "invoice_date_due": self.today,
                    "tour_stage": "shown",
                }
            ],
        )
        self.assertEqual(invoice.invoice_line_ids.sale_line_ids, line)
        self.assertEqual(line.qty_invoiced, 1)
        self.assertEqual(line.catalog_payment_state, "awaiting")
        self.assertEqual(line._get_catalog_invoice(), invoice)
        self.assertTrue(invoice.with_user(self.olga).has_access("read"))

    def test_paying_it(self):
        self.visa.user_id = self.head
        line = self._order(self.visa)
        domain = [("partner_ids", "in", self.head.partner_id.ids)]
        before = self.env["mail.message"].search_count(domain)
        self._mark_paid(line.order_id.client_invoice_ids)
        self.assertEqual(line.catalog_payment_state, "paid")
        self.assertFalse(line._get_catalog_invoice())
        self.assertEqual(self.env["mail.message"].search_count(domain), before + 1)

    def test_credited_is_not_paid(self):
        """A credit note settles the invoice, and no money came."""
        self.visa.user_id = self.head
        line = self._order(self.visa)
        invoice = line.order_id.client_invoice_ids
        domain = [("partner_ids", "in", self.head.partner_id.ids)]
        before = self.env["mail.message"].search_count(domain)
        invoice._reverse_moves(cancel=True)
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertEqual(line.catalog_payment_state, "awaiting")
        self.assertEqual(self.env["mail.message"].search_count(domain), before)

    def test_it_is_not_invoiced_once_more(self):
        order = self._create_booking(client_user_id=self.olga.id)
        self._force_state(order, "confirmed")
        line = self._order(self.visa, order=order)
        self._mark_paid(order.client_invoice_ids)
        invoice = self._invoice(order)
        self.assertNotIn(line, invoice.invoice_line_ids.sale_line_ids)
        self.assertEqual(invoice.amount_total, 10000)

    def test_former_invoice_that_is_open(self):
        self.env.company.tour_one_open_invoice = True
        order = self._create_booking(client_user_id=self.olga.id)
        self._order(self.visa, order=order)
        with self.assertRaises(UserError):
            self._order(self.visa, order=order)

    def test_without_a_price_nothing_is_prepaid(self):
        self.visa.list_price = 0
        with self.assertRaises(UserError):
            self._order(self.visa)

    def test_refund_as_the_catalogue_allows(self):
        line = self._order(self.visa)
        invoice = line.order_id.client_invoice_ids
        self._mark_paid(invoice)
        self.assertFalse(self.other.client_may_ask_refund)
        self.assertFalse(invoice._get_refund_ask_fault())
        self.visa.refund_allowed = False
        self.other.client_may_ask_refund = True
        self.assertTrue(invoice._get_refund_ask_fault())

    # === Telling === #

    def test_who_is_told(self):
        self.lounge.user_id = self.head
        order = self._create_booking(client_user_id=self.olga.id)
        self._order_lounge(order=order)
        told = self.env["mail.message"].search(
            [
                ("model", "=", "sale.order"),
                ("res_id", "=", order.id),
                ("message_type", "=", "user_notification"),
            ],
            limit=1,
        )
        self.assertEqual(
            told.partner_ids, self.head.partner_id | self.manager.partner_id
        )
        self.assertIn("Lounge", told.body)

    def test_later_days_are_bounded(self):
        far = self.today + timedelta(days=3 * 366)
        self.assertIn("day", self._faults(self.lounge, day=str(far), flight="1"))
