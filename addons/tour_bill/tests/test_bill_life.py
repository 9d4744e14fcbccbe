from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import BillCommon


@tagged("post_install", "-at_install")
class TestBillLife(BillCommon):
    def test_a_file_of_a_booking_becomes_a_bill(self):
        bill = self._upload(b"a bill", name="alpina.pdf")
        self.assertRecordValues(
            bill,
            [
                {
                    "move_type": "in_invoice",
                    "state": "draft",
                    "tour_bill_state": "uploaded",
                    "tour_bill_user_id": self.manager.id,
                    "tour_order_ids": self.booking.ids,
                }
            ],
        )
        self.assertEqual(bill.message_main_attachment_id.raw, b"a bill")
        self.assertEqual(bill.message_main_attachment_id.name, "alpina.pdf")

    def test_the_same_file_on_two_bookings_is_one_bill(self):
        other = self._create_sold()
        first = self._upload(b"one bill")
        second = self._upload(b"one bill", booking=other)
        self.assertEqual(first, second)
        self.assertEqual(first.tour_order_ids, self.booking | other)
        self._open_prepare(first).action_apply()
        self.assertEqual(self.booking.supplier_bill_state, "prepared")
        self.assertEqual(other.supplier_bill_state, "prepared")
        # The bookings' list has it as a column, for who works there.
        view = self.env.ref("tour_booking.sale_order_view_list_booking")
        Order = self.env["sale.order"].with_user(self.manager)
        arch = etree.fromstring(Order.get_view(view.id)["arch"])
        self.assertTrue(
            # Odoo adds what colours ask for by itself, as no column.
            arch.xpath("field[@name='supplier_bill_state'][not(@column_invisible)]")
        )

    def test_other_papers_are_no_bills(self):
        self.env["ir.attachment"].with_user(self.manager).create(
            {
                "name": "confirmation.pdf",
                "raw": b"ok",
                "res_model": "sale.order",
                "res_id": self.booking.id,
                "tour_incoming_type": "confirmation",
            }
        )
        self.assertFalse(self.booking.bill_ids)

    def test_whole_life(self):
        bill = self._upload()
        self._open_prepare(bill, note="For two guests").action_apply()
        self.assertEqual(bill.tour_bill_state, "prepared")
        self.assertEqual(bill.state, "draft")
        bill.with_user(self.manager).action_hand_over_bill()
        self.assertEqual(bill.tour_bill_state, "accounting")
        self.assertEqual(bill.state, "posted")
        bill.with_user(self.accountant).action_order_bill()
        self.assertEqual(bill.tour_bill_state, "ordered")
        bill.with_user(self.accountant).action_confirm_bill()
        self.assertEqual(bill.tour_bill_state, "paid")
        self.assertEqual(bill.amount_residual, 0.0)
        self.assertEqual(
            bill.tour_bill_event_ids.sorted("id").mapped("act"),
            ["upload", "prepare", "hand_over", "order", "confirm"],
        )

    def test_any_manager_prepares_not_only_the_booking_s_own(self):
        bill = self._upload()
        stranger = self._create_staff("stranger", "manager_own")
        self._open_prepare(bill, user=stranger, order_ids=False).action_apply()
        self.assertEqual(bill.tour_bill_user_id, stranger)

    def test_a_colleague_s_booking_stays_on_the_bill_that_others_prepare(self):
        """Who sees his own bookings only prepares the bill without losing theirs."""
        bill = self._upload()
        stranger = self._create_staff("stranger", "manager_own")
        form = Form(
            self.env["tour.bill.prepare"]
            .with_user(stranger)
            .with_context(default_move_id=bill.id)
        )
        self.assertFalse(form.order_ids)
        form.partner_id, form.ref, form.amount = self.supplier, "77", 10.0
        form.invoice_date = form.wanted_date = self.today
        form.save().action_apply()
        self.assertEqual(bill.tour_order_ids, self.booking)
        self.assertEqual(bill.tour_bill_state, "prepared")

    def test_clients_and_directors_do_not_prepare(self):
        bill = self._upload()
        with self.assertRaises(AccessError):
            self._open_prepare(bill, user=self.olga)
        with self.assertRaises(AccessError):
            self._act(bill, "prepare", self.director, **{"amount": 1})

    def test_editable_until_handed_over_and_no_longer(self):
        bill = self._create_prepared()
        self._open_prepare(bill, ref="78", amount=500.0).action_apply()
        self.assertRecordValues(bill, [{"ref": "78", "amount_total": 500.0}])
        bill.with_user(self.manager).action_hand_over_bill()
        with self.assertRaisesRegex(UserError, "With accounting"):
            self._open_prepare(bill, ref="79").action_apply()
        with self.assertRaisesRegex(UserError, "recalled"):
            bill.write({"ref": "79"})
        with self.assertRaisesRegex(UserError, "recalled"):
            bill.button_draft()
        self.assertEqual(bill.ref, "78")

    def test_a_zero_bill_closes_at_once_and_stays_closed(self):
        bill = self._create_prepared(amount=0.0)
        bill.with_user(self.manager).action_hand_over_bill()
        self.assertEqual(bill.tour_bill_state, "closed")
        with self.assertRaises(UserError):
            self._act(bill, "recall", self.manager)
        with self.assertRaisesRegex(UserError, "of nothing"):
            self._act(bill, "reopen", self.accountant)

    def test_supplier_by_tax_id(self):
        bill = self._upload()
        form = Form(
            self.env["tour.bill.prepare"]
            .with_user(self.manager)
            .with_context(default_move_id=bill.id)
        )
        form.partner_id = self.env["res.partner"]
        with self.assertRaisesRegex(UserError, "No supplier has tax id 7700000000"):
            form.tax_number = "7700000000"
        form.tax_number = "7701234560"
        self.assertEqual(form.partner_id, self.supplier)

    def test_several_suppliers_of_a_tax_id_are_named(self):
        twin = self.env["res.partner"].create(
            {"name": "Alpina Plus", "is_company": True, "tour_supplier": True}
        )
        # The tax id is checked for doubles elsewhere: old data may have them.
        self.env.cr.execute(
            "UPDATE res_partner SET vat = '7701234560' WHERE id = %s", [twin.id]
        )
        twin.invalidate_recordset(["vat"])
        with self.assertRaisesRegex(UserError, "Alpina LLC.*Alpina Plus|Alpina Plus.*"):
            self.env["account.move"]._find_bill_supplier("7701234560")

    def test_what_is_missing_is_named(self):
        bill = self._upload()
        wizard = self._open_prepare(bill, ref=" ", wanted_date=False)
        with self.assertRaisesRegex(UserError, "Number, To be paid by"):
            wizard.action_apply()

    def test_foreign_account_is_refused(self):
        bill = self._upload()
        foreign = self.env["res.partner.bank"].create(
            {"acc_number": "40802810000000000002", "partner_id": self.hotel_owner().id}
        )
        wizard = self._open_prepare(bill, partner_bank_id=foreign.id)
        with self.assertRaisesRegex(UserError, "is not of Alpina LLC"):
            wizard.action_apply()

    def hotel_owner(self):
        return self.env["res.partner"].create({"name": "Other", "is_company": True})

    def test_vat_in_the_sum_to_the_kopeck(self):
        """100.01 with 22 % in it: 81.98 + 18.03 (rounding alone would give 18.04)."""
        tax = self.env["account.tax"].create(
            {
                "name": "VAT 22 %",
                "amount": 22,
                "type_tax_use": "purchase",
                "price_include_override": "tax_excluded",
            }
        )
        bill = self._create_prepared(amount=100.01, tax_id=tax.id)
        self.assertRecordValues(
            bill, [{"amount_total": 100.01, "amount_untaxed": 81.98}]
        )
        included = tax.copy({"name": "In", "price_include_override": "tax_included"})
        bill = self._create_prepared(b"2", amount=122.0, tax_id=included.id, ref="2")
        self.assertRecordValues(bill, [{"amount_total": 122.0, "amount_tax": 22.0}])

    def test_states_are_nobody_s_to_write(self):
        bill = self._create_prepared()
        with self.assertRaises(AccessError):
            bill.with_user(self.accountant).write({"tour_bill_state": "accounting"})
        with self.assertRaises(AccessError):
            bill.sudo().write({"tour_bill_pay_amount": 5.0})
        with self.assertRaises(AccessError):
            self.env["account.move"].create(
                {"move_type": "in_invoice", "tour_bill_state": "accounting"}
            )
        made = (
            self.env["account.move"]
            .with_context(default_tour_bill_state="accounting")
            .create({"move_type": "in_invoice"})
        )
        self.assertFalse(made.tour_bill_state)
        with self.assertRaises(AccessError):
            bill.tour_bill_event_ids[:1].sudo().write({"note": "rewritten"})

    def test_odoo_s_own_buttons_do_not_go_round_approval(self):
        bill = self._create_prepared()
        with self.assertRaisesRegex(UserError, "Hand over"):
            bill.with_user(self.accountant).action_post()
        bill.with_user(self.manager).action_hand_over_bill()
        register = self.env["account.payment.register"].with_user(self.accountant)
        with self.assertRaisesRegex(UserError, "Payment order made"):
            register.with_context(
                active_model="account.move", active_ids=bill.ids
            ).create({})._create_payments()

    def test_recall_from_every_stage(self):
        bill = self._create_handed()
        self._act(bill, "recall", self.manager)
        self.assertRecordValues(
            bill, [{"tour_bill_state": "prepared", "state": "draft"}]
        )
        bill.with_user(self.manager).action_hand_over_bill()
        bill.with_user(self.accountant).action_order_bill()
        payment = bill.tour_bill_event_ids.payment_id
        self._act(bill, "recall", self.manager2)
        self.assertEqual(bill.tour_bill_state, "prepared")
        self.assertEqual(payment.state, "canceled")
        self.assertEqual(bill.amount_residual, 10000.0)

    def test_who_had_it_open_gets_a_clear_error(self):
        bill = self._create_handed()
        seen = bill.tour_bill_last_event
        self._act(bill, "recall", self.manager, note="wrong sum")
        with self.assertRaisesRegex(UserError, "(?s)Prepared.*Recalled.*wrong sum"):
            self._act(bill, "order", self.accountant, seen=seen)

    def test_nobody_acts_on_what_he_did_not_see(self):
        """Recalled, changed and handed over again: it is not the bill that was seen."""
        bill = self._create_handed()
        seen = bill.tour_bill_last_event
        self._act(bill, "recall", self.manager)
        self._open_prepare(bill, amount=90000.0).action_apply()
        bill.with_user(self.manager).action_hand_over_bill()
        with self.assertRaisesRegex(UserError, "Look at it again"):
            self._act(bill, "order", self.accountant, seen=seen)
        self.assertEqual(bill.tour_bill_state, "accounting")

    def test_the_manager_is_mailed_on_others_recalls(self):
        bill = self._create_handed()
        mails = self.env["mail.mail"].sudo()
        before = mails.search([])
        self._act(bill, "send_back", self.accountant, note="the account is missing")
        mail = mails.search([]) - before
        self.assertEqual(mail.recipient_ids, self.manager.partner_id)
        self.assertIn("the account is missing", mail.body_html)
        bill.with_user(self.manager).action_hand_over_bill()
        before = mails.search([])
        self._act(bill, "recall", self.manager)
        self.assertFalse(mails.search([]) - before)

    def test_sending_back_needs_a_reason(self):
        bill = self._create_handed()
        with self.assertRaisesRegex(UserError, "say why"):
            self._act(bill, "send_back", self.accountant, note=" ")

    def test_nothing_is_done_with_no_bill(self):
        wizard = self.env["tour.bill.act"].with_user(self.accountant)
        with self.assertRaisesRegex(UserError, "Choose a bill first"):
            wizard.create({"act": "close", "note": "twice"}).action_apply()

    def test_many_at_once_or_none(self):
        good = self._create_prepared()
        bad = self._upload(b"not prepared")
        with self.assertRaisesRegex(UserError, "Uploaded"):
            (good | bad).with_user(self.manager).action_hand_over_bill()
        self.assertEqual(good.tour_bill_state, "prepared")

    def test_from_the_bill_to_its_booking(self):
        bill = self._create_prepared()
        action = bill.with_user(self.manager).action_view_bill_bookings()
        self.assertEqual(action["res_id"], self.booking.id)
        self.assertEqual(self.booking.bill_count, 1)
