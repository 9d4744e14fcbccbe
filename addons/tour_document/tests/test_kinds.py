"""Contracts, acts and letters: which bookings have them, and what they say."""

from datetime import date

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..kinds import KINDS, register_kind
from .common import TourDocumentCommon


@tagged("post_install", "-at_install")
class TestKinds(TourDocumentCommon):
    def _make_text(self, kind, **values):
        return self._read(self._make_in_time(kind, **values)[0])

    # Which bookings have them

    def test_acts_are_of_what_was_agreed(self):
        for state in ("new", "accepted", "awaiting_client"):
            self._move_to(self.order, state)
            with self.assertRaisesRegex(UserError, "there is no “Service act”"):
                self._make("service_act")
        for state in ("confirmed", "booked", "done"):
            self._move_to(self.order, state)
            self.assertTrue(self._make("service_act"))

    def test_nothing_is_rendered_of_what_is_cancelled(self):
        self._move_to(self.order, "cancelled")
        for kind in ("service_act", "apartment_act", "guarantee_letter"):
            with self.assertRaisesRegex(UserError, "does not take place"):
                self._make(kind)

    def test_accounting_is_told_of_what_is_cancelled_only(self):
        self._move_to(self.order, "booked")
        with self.assertRaisesRegex(UserError, "Cancellation, to accounting"):
            self._make("cancellation_accounting")
        for state in ("cancelled", "cancelled_penalty", "refused"):
            self._move_to(self.order, state)
            self.assertTrue(self._make("cancellation_accounting"))

    def test_supplier_is_not_asked_to_cancel_what_he_was_not_asked_for(self):
        for state in ("new", "done"):
            self._move_to(self.order, state)
            with self.assertRaises(UserError):
                self._make("cancellation_letter")

    def test_letters_for_each_supplier(self):
        for kind in ("cancellation_letter", "guarantee_letter"):
            letters = self._make_in_time(kind)
            self.assertEqual(letters.partner_id, self.supplier | self.carrier)

    def test_apartment_act_for_each_stay(self):
        act = self._make_in_time("apartment_act")
        self.assertEqual(act.line_id, self.stay)
        self._move_to(self.order, "booked")
        self.stay.unlink()
        with self.assertRaisesRegex(UserError, "no lodging"):
            self._make("apartment_act")

    def test_cover_sheet_needs_acts_or_invoices(self):
        self._move_to(self.order, "booked")
        with self.assertRaisesRegex(UserError, "Make them first"):
            self._make("cover_sheet")

    def test_buttons_make_each_kind(self):
        self._move_to(self.order, "booked")
        order = self.order.with_user(self.manager)
        for kind in ("service_act", "contract", "guarantee_letter"):
            order.with_context(tour_document_kind=kind).action_make_document()
            self.assertIn(kind, self.order.document_ids.mapped("kind"))

    def test_unknown_kinds_are_refused(self):
        for kind in (None, "", "nothing", ["invoice"], 1):
            with self.assertRaisesRegex(UserError, "Which kind"):
                self.order.with_context(tour_document_kind=kind).action_make_document()

    def test_kind_is_registered_once(self):
        values = {name: getattr(KINDS["voucher"], name) for name in ("view", "unit")}
        with self.assertRaisesRegex(ValueError, "another kind"):
            register_kind("voucher", audience="client", prices="client", **values)
        with self.assertRaisesRegex(ValueError, "only staff"):
            register_kind("x", audience="client", prices="both", **values)
        self.assertNotIn("x", KINDS)

    def test_letters_are_never_opened_to_the_client(self):
        for kind in ("cancellation_letter", "guarantee_letter"):
            with self.assertRaisesRegex(UserError, "not for the client"):
                self._make_in_time(kind).action_open_to_client()
        letter = self._make_in_time("cancellation_accounting")
        with self.assertRaisesRegex(UserError, "not for the client"):
            letter.action_open_to_client()
        self._move_to(self.order, "done")
        self.assertFalse(letter.is_open_to_client)

    def test_search_by_audience(self):
        invoice = self._make("invoice")
        request = self._make("supplier_request")
        domain = [("order_id", "=", self.order.id)]
        search = self.env["tour.document"].search
        self.assertEqual(search([*domain, ("audience", "=", "client")]), invoice)
        self.assertEqual(
            search([*domain, ("audience", "in", ["supplier", "staff"])]), request
        )
        self.assertEqual(search([*domain, ("audience", "!=", "client")]), request)

    # What they say

    def test_service_act(self):
        text = self._make_text("service_act")
        for words in (
            "Act of services rendered",
            "Гостиница «Жемчужина»",
            "Airport – hotel",
            "18,300.00",
            "19,520.00",
            "Nineteen thousand five hundred",
            "rendered in full",
            "Клиент-Энерго",
        ):
            self.assertIn(words, text)
        self.assertNotIn("Total to pay", text)

    def test_apartment_act_is_of_its_stay_alone(self):
        text = self._make_text("apartment_act")
        self.assertIn("ул. Морская, 1", text)
        self.assertIn("18,300.00", text)
        # 18300 with 22 % in it: 15000 and 3300.
        self.assertIn("15,000.00", text)
        self.assertIn("3,300.00", text)
        for words in ("Airport", "1,220", "19,520"):
            self.assertNotIn(words, text)

    def test_cover_sheet_lists_what_goes_to_accountants(self):
        self._move_to(self.order, "booked")
        for kind in ("voucher", "service_act", "apartment_act", "invoice"):
            self._make(kind)
        text = self._read(self._make("cover_sheet"))
        for words in ("Service act", "Apartment act", "Invoice for payment"):
            self.assertIn(words, text)
        self.assertNotIn("Voucher", text)
        self.assertIn("19,520.00", text)
        self.assertIn("18,300.00", text)

    def test_cancellation_letter_names_the_suppliers_own_number(self):
        self.stay.confirmation_number = "GL-48291"
        letters = self._make_in_time("cancellation_letter")
        letter = letters.filtered(lambda d: d.partner_id == self.supplier)
        self.assertIn("GL-48291", self._read(letter))
        # A request does not: it would not be the paper any more that was answered.
        request = self._make("supplier_request").filtered(
            lambda d: d.partner_id == self.supplier
        )
        self.assertNotIn("GL-48291", self._read(request))

    def test_guarantee_letter_says_how_much(self):
        letters = self._make_in_time("guarantee_letter")
        letter = letters.filtered(lambda d: d.partner_id == self.supplier)
        text = self._read(letter)
        self.assertIn("12,800.00", text)
        self.assertIn("Twelve thousand eight hundred", text)
        self.assertIn("40702810200000000001", text)
        letter.wording = "<p>Up to [{total}]</p>"
        letter._draw()
        self.assertIn("12,800.00]", self._read(letter))

    def test_cancellation_for_accounting(self):
        self.order.write({"penalty_from": "hotel", "penalty_amount": 9150.0})
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.supplier.id,
                "ref": "BILL-1207",
                "invoice_line_ids": [
                    Command.create({"name": "Stay", "price_unit": 12800.0})
                ],
            }
        )
        self.order.bill_ids = bill
        self.env["tour.booking.event"].create(
            {
                "order_id": self.order.id,
                "from_state": "booked",
                "to_state": "cancelled_penalty",
                "user_id": self.manager.id,
                "comment": "The guests fell ill.",
            }
        )
        self._move_to(self.order, "cancelled_penalty")
        letter = self.order.with_user(self.manager)._make_documents(
            "cancellation_accounting"
        )
        self.assertEqual(letter.partner_id, self.company.partner_id)
        text = self._read(letter)
        for words in (
            "The guests fell ill",
            "9,150.00",
            "BILL-1207",
            "Hidden Supplier",
            "14,222.22",
            "12,800.00",
            "18,300.00",
            # The line breaks at the hyphen.
            "Клиент- Энерго",
        ):
            self.assertIn(words, text)

    def test_contract_takes_the_number_of_the_clients_contract(self):
        text = self._make_text("contract")
        self.assertIn(f"Contract No. {self.order.name}", text)
        self.assertIn("Tour Example LLC, represented by A. Orlova", text)
        self.assertNotIn("18,300", text)
        self.env["tour.contract"].create(
            {
                "name": "TC-41",
                "partner_id": self.client.id,
                "date_from": date(2026, 1, 12),
                "payment_terms": "Within ten days.",
                "user_id": self.manager.id,
            }
        )
        text = self._make_text("contract")
        self.assertIn("Contract No. TC-41", text)
        self.assertIn("January 12, 2026", text)
        self.assertIn("Within ten days.", text)
        # A draft is no basis of an invoice.
        self.assertNotIn("TC-41", self._make_text("invoice"))

    def test_contract_in_force_is_the_basis(self):
        contract = self.env["tour.contract"].create(
            {
                "name": "TC-42",
                "partner_id": self.client.id,
                "date_from": date(2026, 1, 12),
                "user_id": self.manager.id,
            }
        )
        self.env.cr.execute(
            "UPDATE tour_contract SET state = 'in_force',"
            " signed_us_on = date_from, signed_client_on = date_from WHERE id = %s",
            (contract.id,),
        )
        self.env.invalidate_all()
        for kind in ("invoice", "service_act"):
            self.assertIn("contract No. TC-42", self._make_text(kind))
        self.assertNotIn("TC-42", self._make_text("supplier_request"))

    def test_many_guests_and_pages(self):
        order = self._create_booking(guests=120)
        self._move_to(order, "booked")
        for kind in ("service_act", "apartment_act"):
            text = self._read(self._make(kind, order))
            self.assertIn("Номер120", text)
            self.assertIn("Page 2 of ", text)

    def test_mail_of_letters(self):
        letter = self._make_in_time("guarantee_letter")[0]
        self.assertEqual(
            letter._get_mail_template(),
            self.env.ref("tour_document.mail_template_letter"),
        )
        self.assertFalse(letter.wants_answer)
        self.assertEqual(letter._get_title(), f"Guarantee letter {letter.number}")
