"""Suppliers answer requests by their link (BKG-29)."""

from datetime import date

from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LinkHttpCommon

PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


@tagged("post_install", "-at_install")
class TestSupplierPage(LinkHttpCommon):
    def setUp(self):
        super().setUp()
        self.link, self.token = self._make_supplier_link()

    def _confirm(self, number="HZ-17", **data):
        return self._post(
            self.token, "confirmed", **{f"number-{self.stay.id}": number, **data}
        )

    def _get_answers(self):
        return self.env["tour.supplier.answer"].search(
            [("order_id", "=", self.order.id)]
        )

    def test_only_what_a_supplier_needs_is_shown(self):
        self.guest.write({"document_number": "SECRET-7", "birth_date": "1971-02-03"})
        text = self._get(self.token).text
        for shown in (
            self.order.name,
            "Жемчужина",
            "Standard Double",
            dict(self.stay._fields["meal"]._description_selection(self.env))["bb"],
            "Orlov Oleg",
            "14,222.22",
            "Hidden Supplier Ltd",
        ):
            self.assertIn(shown, text)
        for hidden in (
            "Клиент-Энерго",
            "Surgut",
            "REF-77",
            "18,300",
            "333.33",
            "SECRET",
            "1971",
            "test_manager",
            "/odoo",
        ):
            self.assertNotIn(hidden, text)

    def test_services_of_others_are_not_shown(self):
        self.order.order_line = [(0, 0, self._prepare_transfer())]
        self.assertNotIn("Airport", self._get(self.token).text)

    def test_page_is_fit_for_all(self):
        page = self._parse(self._get(self.token))
        inputs = page.xpath("//input[not(@type='hidden')] | //select | //textarea")
        labels = {label.get("for") for label in page.xpath("//label")}
        self.assertEqual({field.get("id") for field in inputs}, labels)
        # Number; words, dates and price; reason; three names; the file.
        self.assertEqual(len(inputs), 10)

    def test_confirm(self):
        answer = self._confirm(person="Ms Nagy")
        self.assertIn("your answer has arrived", self._get_text(answer))
        self.assertIn("HZ-17", answer.text)
        self.assertRecordValues(
            self.stay,
            [
                {
                    "confirmation_number": "HZ-17",
                    "confirmed_by": "Ms Nagy",
                    "confirmed_on": fields.Date.today(),
                }
            ],
        )
        self.assertRecordValues(
            self._get_answers(),
            [
                {
                    "kind": "confirmed",
                    "numbers": "HZ-17",
                    "person": "Ms Nagy",
                    "supplier_id": self.supplier.id,
                    "link_id": self.link.id,
                }
            ],
        )
        # The booking's status is the manager's to change.
        self.assertEqual(self.order.booking_state, "new")
        self.assertIn(
            self.manager.partner_id, self._get_told("answered").notified_partner_ids
        )
        note = self.order.message_ids.filtered(
            lambda message: message.message_type != "user_notification"
        ).sorted("id")[-1]
        self.assertIn("HZ-17", note.body)
        self.assertTrue(note.subtype_id.internal)

    def test_confirm_needs_a_number(self):
        for number in ("", "   ", "x" * 41):
            answer = self._confirm(number)
            self.assertEqual(answer.status_code, 422)
            page = self._parse(answer)
            href = page.xpath("//div[@role='alert']//a/@href")
            self.assertEqual(href, [f"#number-{self.stay.id}"])
            self.assertEqual(
                page.get_element_by_id(href[0][1:]).get("aria-invalid"), "true"
            )
        self.assertFalse(self._get_answers())

    def test_refuse(self):
        self.assertEqual(self._post(self.token, "refused").status_code, 422)
        self._post(self.token, "refused", reason="Full\nhouse <b>")
        self.assertRecordValues(
            self._get_answers(), [{"kind": "refused", "text": "Full\nhouse <b>"}]
        )
        self.assertFalse(self.stay.confirmation_number)
        self.assertNotIn("<b>", self._get(self.token).text)
        self.assertNotIn("<b>", self._get_told("answered").body)

    def test_propose(self):
        followed = []
        self.patch(
            type(self.order),
            "_follow_supplier_answer",
            lambda order, answer: followed.append((order, answer)),
        )
        self._post(
            self.token,
            "proposed",
            proposal="A day later",
            date_from="2026-10-06",
            date_to="08.10.2026",
            price="15 000,50",
            person="Ms Nagy",
        )
        answer = self._get_answers()
        self.assertRecordValues(
            answer,
            [
                {
                    "kind": "proposed",
                    "text": "A day later",
                    "date_from": date(2026, 10, 6),
                    "date_to": date(2026, 10, 8),
                    "price": 15000.5,
                }
            ],
        )
        self.assertEqual(followed, [(self.order, answer)])
        self.assertEqual(self.stay.date_from, date(2026, 10, 5))

    def test_propose_names_what_is_wrong(self):
        for data, field in (
            ({"proposal": ""}, "proposal"),
            ({"proposal": "x", "date_from": "soon"}, "date_from"),
            (
                {"proposal": "x", "date_from": "2026-10-06", "date_to": "2026-10-05"},
                "date_to",
            ),
            ({"proposal": "x", "price": "cheap"}, "price"),
            ({"proposal": "x", "price": "-5"}, "price"),
            ({"proposal": "x", "person": "x" * 61}, "person-proposed"),
        ):
            answer = self._post(self.token, "proposed", **data)
            self.assertEqual(answer.status_code, 422, data)
            page = self._parse(answer)
            self.assertEqual(page.xpath("//div[@role='alert']//a/@href"), [f"#{field}"])
            page.get_element_by_id(field)
        self.assertFalse(self._get_answers())

    def test_answered_twice_shows_the_first(self):
        page = self._parse(self._get(self.token))
        csrf = page.xpath("//input[@name='csrf_token']")[0].get("value")
        self._confirm()
        answer = self._post(self.token, "refused", csrf=csrf, reason="No")
        self.assertIn("You confirmed this request", self._get_text(answer))
        self.assertEqual(self._get_answers().kind, "confirmed")
        # By another link to the same request, too.
        _link, token = self._make_supplier_link()
        self.assertIn("You confirmed this request", self._get_text(self._get(token)))

    def test_confirmed_is_treated_at_once(self):
        answer = self.link._answer("confirmed", {"numbers": {self.stay: "HZ-17"}})
        self.assertEqual(answer.state, "treated")
        with self.assertRaisesRegex(UserError, "in the booking already"):
            answer.with_user(self.manager).action_take_up()

    def test_refused_waits_until_somebody_treats_it(self):
        answer = self.link._answer("refused", {"text": "Full"})
        self.assertRecordValues(
            answer, [{"state": "open", "user_id": self.manager.id, "treated_on": False}]
        )
        mine = answer.with_user(self.manager)
        mine.action_treat()
        self.assertRecordValues(
            answer, [{"state": "treated", "treated_by_id": self.manager.id}]
        )
        # Pressed again in another window: the first one stays.
        answer.with_user(self.users["head"]).action_treat()
        self.assertEqual(answer.treated_by_id, self.manager)
        mine.action_take_up()
        self.assertRecordValues(answer, [{"state": "open", "treated_by_id": False}])

    def test_who_may_not_change_the_booking_treats_nothing(self):
        answer = self.link._answer("refused", {"text": "Full"})
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models"):
            answer.with_user(self.users["director"]).action_treat()
        self.order.user_id = self.users["head"]
        for act in ("action_treat", "action_take_up"):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models"):
                getattr(answer.with_user(self.manager), act)()
        self.assertEqual(answer.state, "open")

    def test_nothing_is_left_to_treat_of_a_cancelled_booking(self):
        answer = self.link._answer("refused", {"text": "Full"})
        self.order._move_to("cancelled", "Not needed any more")
        self.assertEqual(answer.state, "treated")

    def test_nothing_is_left_to_treat_of_a_booking_that_is_done(self):
        answer = self.link._answer("refused", {"text": "Full"})
        self._move_to(self.order, "booked")
        self.order.order_line.service_type_id.done_needs_paid_invoice = False
        self.order._move_to("done")
        self.assertEqual(answer.state, "treated")

    @mute_logger("odoo.sql_db")
    def test_two_answers_at_once(self):
        """The database keeps one of them, though both saw none."""
        self.link._answer("refused", {"text": "No"})
        self.patch(type(self.link), "_get_supplier_status", lambda link: "open")
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            self.link._answer("proposed", {"text": "Other"})
            self.env.flush_all()

    def test_changed_booking_says_so(self):
        self.stay.date_to = date(2026, 10, 9)
        self.assertIn("has changed since", self._get_text(self._get(self.token)))
        csrf = self._parse(self._get(self.token)).xpath("//input[@name='csrf_token']")
        self._confirm(csrf=csrf[0].get("value"))
        self.assertFalse(self._get_answers())
        self.assertFalse(self.stay.confirmation_number)
        # A new request may be answered.
        _link, self.token = self._make_supplier_link()
        self._confirm()
        self.assertEqual(self._get_answers().kind, "confirmed")

    def test_names_of_guests_and_client_price_make_no_other_request(self):
        self.guest.last_name = "Sokolov"
        self.stay.price_unit = 99999
        self.assertNotIn("has changed since", self._get(self.token).text)

    def test_cancelled_booking_says_so(self):
        self._move_to(self.order, "cancelled")
        text = self._get_text(self._get(self.token))
        self.assertIn("does not hold any more", text)
        csrf = self._parse(self._get(self.token)).xpath("//input[@name='csrf_token']")
        self._confirm(csrf=csrf[0].get("value"))
        self.assertFalse(self._get_answers())
        with self.assertRaises(UserError):
            self.link._answer("refused", {"text": "x"})

    def test_withdrawn_service_says_so(self):
        self.stay.supplier_id = self.carrier
        text = self._get_text(self._get(self.token))
        self.assertIn("does not hold any more", text)
        self.assertNotIn("Жемчужина", text)

    # === Bills === #

    def _send_bill(self, name, content):
        return self._post(self.token, "bill", files={"file": (name, content)})

    def _get_bills(self):
        return self.env["ir.attachment"].search(
            [("res_model", "=", "sale.order"), ("res_id", "=", self.order.id)]
        )

    def test_bill_is_kept_with_the_booking(self):
        answer = self._send_bill("../../Bill 5.pdf.exe", PDF)
        self.assertIn("your bill has arrived", self._get_text(answer))
        self.assertIn("Bill 5.pdf", answer.text)
        self.assertRecordValues(
            self._get_bills(),
            [
                {
                    "name": "Bill 5.pdf",
                    "mimetype": "application/pdf",
                    "raw": PDF,
                    "tour_supplier_bill": True,
                    "tour_supplier_id": self.supplier.id,
                    "tour_shared": False,
                }
            ],
        )
        self.assertIn("Bill 5.pdf", self._get_told("answered").body)

    def test_what_is_no_bill_is_refused(self):
        for name, content, words in (
            ("bill.pdf", b"MZ\x90\x00 program", "no PDF"),
            ("bill.pdf", b"<svg onload=alert(1)>", "no PDF"),
            ("bill.pdf", b"%PDF-1.7 cut off", "incomplete"),
            ("bill.pdf", b"", "Choose a file"),
            ("bill.pdf", b"%PDF-1.7" + b"x" * (10 * 1024 * 1024), "10 MB"),
        ):
            answer = self._send_bill(name, content)
            self.assertEqual(answer.status_code, 422)
            self.assertIn(words, self._get_text(answer))
        self.assertEqual(self._post(self.token, "bill").status_code, 422)
        self.assertEqual(self._post(self.token, "bill", file="x").status_code, 422)
        self.assertFalse(self._get_bills())

    def test_what_is_far_too_large_is_not_even_read(self):
        answer = self._send_bill("bill.pdf", b"%PDF-1.7" + b"x" * (11 * 1024 * 1024))
        self.assertEqual(answer.status_code, 413)

    def test_number_of_bills_is_limited(self):
        for number in range(10):
            self.link._add_bill(f"{number}.pdf", PDF, "application/pdf")
        answer = self._send_bill("more.pdf", PDF)
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(len(self._get_bills()), 10)
