from odoo.tests import tagged

from .common import BillCommon


@tagged("post_install", "-at_install")
class TestAlarms(BillCommon):
    def _get_codes(self, bill):
        return [alarm["code"] for alarm in bill.tour_bill_alarms or []]

    def test_an_ordinary_bill_raises_none(self):
        self.assertEqual(self._get_codes(self._create_handed()), [])

    def test_the_same_number_of_the_same_supplier(self):
        self._create_handed(b"1", ref="№ 00-123")
        double = self._create_handed(b"2", ref="00123", amount=5.0)
        self.assertEqual(self._get_codes(double), ["duplicate"])
        self.assertEqual(double.tour_bill_state, "director")
        self.assertIn("00-123", double.tour_bill_alarm_text)

    def test_the_same_sum_and_day_for_the_same_booking(self):
        self._create_handed(b"1", ref="1")
        double = self._create_handed(b"2", ref="2")
        self.assertEqual(self._get_codes(double), ["duplicate"])

    def test_a_bill_of_another_booking_is_another_bill(self):
        self._create_handed(b"1", ref="1")
        other = self._create_handed(
            b"2",
            ref="2",
            booking=self._create_sold(),
            order_ids=self._create_sold().ids,
        )
        self.assertEqual(self._get_codes(other), [])

    def test_another_supplier_may_have_the_same_number(self):
        self._create_handed(b"1", ref="1")
        partner = self.env["res.partner"].create({"name": "B", "is_company": True})
        other = self._create_handed(
            b"2", ref="1", partner_id=partner.id, partner_bank_id=False
        )
        self.assertEqual(self._get_codes(other), [])

    def test_a_new_account_of_a_supplier_who_was_paid(self):
        self._create_ordered(b"1", ref="1")
        new = self.env["res.partner.bank"].create(
            {"acc_number": "40802810000000000002", "partner_id": self.supplier.id}
        )
        bill = self._create_handed(b"2", ref="2", amount=7.0, partner_bank_id=new.id)
        self.assertEqual(self._get_codes(bill), ["new_account"])
        self.assertEqual(bill.tour_bill_why, "because something about it is unusual")

    def test_an_account_that_does_not_fit_its_bank(self):
        russia = self.env.ref("base.ru")
        bank = self.env["res.bank"].create({"name": "Alfa", "bic": "044525593"})
        self.supplier.country_id = russia
        self.bank_account.bank_id = bank
        self.assertEqual(self._get_codes(self._create_handed()), [])
        wrong = self.env["res.partner.bank"].create(
            {
                "acc_number": "40702810800000000002",
                "partner_id": self.supplier.id,
                "bank_id": bank.id,
            }
        )
        bill = self._create_handed(b"2", ref="2", amount=8.0, partner_bank_id=wrong.id)
        self.assertEqual(self._get_codes(bill), ["bad_account"])

    def test_the_same_number_on_a_draft_without_a_day(self):
        self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.supplier.id,
                "ref": "77",
                "invoice_date": False,
            }
        )
        self.assertEqual(self._get_codes(self._create_handed()), ["duplicate"])
