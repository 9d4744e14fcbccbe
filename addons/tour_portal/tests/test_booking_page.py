"""What the page of a booking shows, and to whom."""

from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from .booking_page_common import BookingPageCommon


@tagged("post_install", "-at_install")
class TestBookingPage(BookingPageCommon):
    def test_all_at_a_glance(self):
        transfer = Command.create(
            {
                "service_type_id": self.transfer.id,
                "route": "Airport – hotel",
                "date_from": self._day(1),
                "price_unit": 700,
            }
        )
        guest = {"last_name": "Orlov", "first_name": "Oleg"}
        order = self._create_own(
            "booked", self._stay(guests=[guest]), transfer, client_order_ref="REF-7"
        )
        page = self._open(order)
        self.assertEqual(page.count("<h1"), 1)
        self.assertIn(f"Booking {order.name}", page)
        for text in (
            "REF-7",
            "Accommodation: Alpina",
            "Lyon",
            "Standard",
            "Transfer: Airport – hotel",
            "Orlov Oleg",
            # Two nights at 5,000, the transfer, and both.
            "10,000.00",
            "700.00",
            "10,700.00",
            "Nothing is needed from you now",
            "There is no invoice yet",
            "There are no messages yet",
        ):
            self.assertIn(text, page)

    def test_status_line(self):
        order = self._create_own("accepted")
        steps = order.with_user(self.olga)._get_page_steps()
        self.assertEqual(
            [(step["name"], step["place"]) for step in steps],
            [
                ("New", "past"),
                ("Accepted", "now"),
                ("Booked", "next"),
                ("Done", "next"),
            ],
        )
        self.assertEqual(steps[0]["date"], order.create_date)
        page = self._open(order)
        self.assertEqual(page.count('aria-current="step"'), 1)

    def test_what_is_one_status_to_the_client_is_one_step(self):
        """Confirmed and Booked are both "Booked" to him."""
        order = self._create_own("confirmed")
        steps = order.with_user(self.olga)._get_page_steps()
        names = [(step["name"], step["place"]) for step in steps]
        self.assertEqual(names, [("New", "past"), ("Booked", "now"), ("Done", "next")])

    def test_nobody_sees_what_is_not_his(self):
        order = self._create_own()
        for user in (self.boris, self.stranger):
            self._login(user)
            self.assertEqual(self.url_open(self._url(order)).status_code, 404)
            response = self._post(order, "message", message="Hello")
            self.assertEqual(response.status_code, 404)
        self._open(order, self.curator)
        self.logout()
        response = self.url_open(self._url(order), allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertIn("/web/login", response.headers["Location"])

    def test_what_is_no_booking(self):
        plain = self.env["sale.order"].create({"partner_id": self.client_company.id})
        self._login(self.olga)
        for order_id in (plain.id, 0, 2**31 - 1, 2**63, "x", -1):
            response = self.url_open(f"/my/tour/bookings/{order_id}")
            self.assertEqual(response.status_code, 404, order_id)

    def test_strange_addresses(self):
        order = self._create_own()
        for query in (
            "?ask=%00",
            "?ask[]=change",
            "?again=1&post=2&order=3&query=4",
            "?messages=%ED%A0%80",
            "?done=<script>x</script>",
        ):
            page = self._open(order, query=query)
            self.assertNotIn("<script>x", page)

    def test_staff_look_and_do_nothing(self):
        order = self._create_own()
        page = self._open(order, self.manager)
        self.assertIn("You may only look at it", page)
        self.assertNotIn("o_tour_talk_form", page)
        for act in ("message", "agree", "accept_changes", "cancel"):
            response = self._post(order, act, message="Hello", comment="Hello")
            self._assert_refused(response, "client's page")
        self.assertFalse(order.change_ids)

    def test_no_such_button(self):
        order = self._create_own()
        self._assert_refused(self._press(order, "unlink"), "Choose what to do")

    def test_archived_booking_is_read_only(self):
        order = self._create_own("archive")
        page = self._open(order)
        self.assertIn("in the archive", page)
        for word in ("o_tour_talk_form", "o_tour_link_change", "o_tour_link_cancel"):
            self.assertNotIn(word, page)
        response = self._post(order, "message", message="Hello")
        self._assert_refused(response, "is in the archive")
        response = self._post(order, "cancel", comment="Hello")
        self._assert_refused(response, "is over")
        self.assertFalse(order.change_ids)

    def test_cancelled_booking(self):
        for state in ("cancelled", "refused", "cancelled_penalty"):
            order = self._create_own("booked")
            paper = self._make_paper(order)
            self._force_state(order, state)
            page = self._open(order)
            for word in ("o_tour_link_change", "o_tour_link_cancel", "o_tour_agree"):
                self.assertNotIn(word, page, state)
            response = self._post(
                order, "agree", document_id=paper.id, version=paper.version_number
            )
            self._assert_refused(response, "not")
            self.assertFalse(paper.agreement_ids)

    def test_history_is_told_without_what_staff_do(self):
        order = self._create_own("booked")
        order.message_post(body="SECRET-WORD", subtype_xmlid="mail.mt_note")
        invoice = self._invoice(order)
        invoice.action_show_to_client()
        self._mark_paid(invoice)
        paper = self._make_paper(order)
        paper.with_user(self.olga).action_client_agree(1)
        page = self._open(order)
        name = paper.display_name
        for text in (
            "The booking was made.",
            f"Invoice {invoice.sudo().name} of $ 10,000.00.",
            f"$ 10,000.00 of {invoice.sudo().name} was paid.",
            f"{name}, version 1, was made.",
            f"{self.olga.name} agreed to {name}, version 1.",
        ):
            self.assertIn(text, page)
        self.assertNotIn("SECRET-WORD", page)

    def test_asked_to_confirm_before_there_are_papers(self):
        order = self._create_own("awaiting_client")
        page = self._open(order)
        self.assertIn("We ask you to confirm this booking.", page)
        self.assertNotIn("Nothing is needed from you now", page)
        self._make_paper(order)
        self.assertNotIn("We ask you to confirm", self._open(order))

    def test_what_a_rate_of_exchange_changed_nobody_paid(self):
        invoice = self._invoice(self._create_own("booked"))
        invoice.action_show_to_client()
        self._mark_paid(invoice)
        invoice = invoice.sudo()
        (paid,) = invoice._get_all_reconciled_invoice_partials()
        difference = {**paid, "is_exchange": True, "amount": 77.0}
        with patch.object(
            type(invoice),
            "_get_all_reconciled_invoice_partials",
            lambda move: [paid, difference],
        ):
            entries = invoice._get_page_payments()
        self.assertEqual(len(entries), 1)
        self.assertIn("10,000.00", entries[0]["text"])

    def test_queries_do_not_grow(self):
        """With ten services instead of one, and twenty messages."""
        guest = {"last_name": "Orlov", "first_name": "Oleg"}
        small = self._create_own("booked", self._stay(guests=[guest]))
        big = self._create_own("booked", *[self._stay(guests=[guest])] * 10)
        for order, count in ((small, 1), (big, 20)):
            for number in range(count):
                user = (self.manager, self.olga)[number % 2]
                order.message_post(
                    body=f"Message {number}",
                    message_type="comment",
                    subtype_xmlid="mail.mt_comment",
                    author_id=user.partner_id.id,
                )
        self.env.flush_all()
        counts = []
        for order in (small, big, small, big):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._prepare_page(order)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[2], counts[3])

    def _prepare_page(self, order):
        """What the page is made of, without a server around it."""
        order = self.env["sale.order"].with_user(self.olga).browse(order.id)
        values = {
            "papers": order._get_page_papers(),
            "invoices": order._get_page_invoices(),
            "question": order._get_client_question(),
            "changes": order.get_change_requests(),
        }
        order._client_views()
        order._get_page_steps()
        order._get_page_talk(order._get_last_read())
        order._get_page_waits(values)
        order._get_page_log(values)
        order._get_shared_files()
        order._get_booklet_files()
        order._mark_tour_read()


@tagged("post_install", "-at_install")
class TestBookingPageLeaks(BookingPageCommon):
    """The source of the page, whatever stands in the booking."""

    def test_nothing_of_staff(self):
        self.supplier.name = "SECRET-SUPPLIER"
        order = self._create_own(
            "booked",
            self._stay(
                guests=[{"last_name": "Orlov"}],
                supplier_price_night=7111.11,
                supplier_price_total=14222.22,
                commission_percent=11.0,
                commission_amount=1564.44,
                confirmed_by="SECRET-RECEPTIONIST",
            ),
            internal_note="SECRET-NOTE",
            # Nobody is asked about the price, which is typed below.
            created_by_client=False,
        )
        order.order_line.write({"price_unit": 18300.0})
        draft = self._invoice(order).sudo()
        draft.name = "SECRET-DRAFT"
        paper = order._make_documents("contract")
        request = order._make_documents("supplier_request")
        order.message_post(body="SECRET-LOG", subtype_xmlid="mail.mt_note")
        order.message_post(
            body="SECRET-INTERNAL",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            is_internal=True,
        )
        order.activity_schedule(
            "mail.mail_activity_data_todo", summary="SECRET-ACTIVITY"
        )
        self.env["ir.attachment"].create(
            {
                "name": "SECRET-FILE.pdf",
                "res_model": "sale.order",
                "res_id": order.id,
                "raw": b"%PDF-1.4",
            }
        )
        for query in ("", "?ask=change", "?ask=cancel", "?messages=all"):
            page = self._open(order, query=query)
            self.assertIn("18,300.00", page)
            for word in (
                "SECRET",
                "7,111",
                "7111",
                "14,222",
                "14222",
                "1,564",
                "1564.44",
                *(f"/my/tour/documents/{one.id}" for one in paper | request),
            ):
                found = page.find(word)
                context = page[max(found - 200, 0) : found + 50]
                self.assertEqual(found, -1, f"{word} {query}: {context}")

    def test_reasons_of_staff_are_not_told(self):
        """Why staff moved a booking is between them; the client has his status."""
        order = self._create_own("new")
        self.env["tour.booking.event"].sudo().create(
            {
                "order_id": order.id,
                "from_state": "new",
                "to_state": "accepted",
                "user_id": self.manager.id,
                "comment": "SECRET-REASON",
            }
        )
        self._force_state(order, "accepted")
        page = self._open(order)
        self.assertIn("Status: Accepted.", page)
        self.assertNotIn("SECRET-REASON", page)
