from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CorrectionCommon


@tagged("post_install", "-at_install")
class TestOverpayment(CorrectionCommon):
    """Three nights at 5,000 are due and paid, unless said otherwise."""

    # It is found

    def test_shortened_stay_is_owed_back(self):
        order = self._create_paid()
        self._shorten(order, 2)
        self.assertRecordValues(
            order.overpayment_ids,
            [
                {
                    "line_id": order.order_line.id,
                    "supplier_id": self.supplier.id,
                    "hotel_id": self.hotel.id,
                    "paid_amount": 15000.0,
                    "due_amount": 10000.0,
                    "amount": 5000.0,
                    "paid_from": self._day(1),
                    "paid_to": self._day(4),
                    "state": "open",
                    "date": self.today,
                    "user_id": self.manager.id,
                }
            ],
        )
        self.assertEqual(order.overpayment_ids.service_name, "Alpina, Standard")

    def test_lower_price_is_owed_back(self):
        order = self._create_paid()
        order.order_line.with_user(self.manager).supplier_price_total = 14000.0
        self.assertEqual(order.overpayment_ids.amount, 1000.0)

    def test_who_changes_and_who_is_responsible_are_told(self):
        order = self._create_paid()
        self._shorten(order, 2, user=self.head)
        overpayment = order.overpayment_ids
        for user in (self.head, self.manager):
            told = self._get_told(user, overpayment).replace("\xa0", " ")
            self.assertIn(f"{order.name}: Alpina LLC owes", told)
            self.assertIn("5,000.00", told)
        self.assertFalse(self._get_told(self.manager_all, overpayment))

    def test_booking_says_so(self):
        order = self._create_paid()
        self.assertFalse(order.is_overpaid)
        self._shorten(order, 2)
        self.assertTrue(order.is_overpaid)
        text = order.with_user(self.manager).overpayment_text.replace("\xa0", " ")
        self.assertIn("Alpina LLC owes", text)
        self.assertIn("5,000.00", text)

    def test_unpaid_is_not_owed(self):
        order = self._create_booking()
        order.order_line.payment_order_state = "attached"
        self._shorten(order, 2)
        self.assertFalse(order.overpayment_ids)

    def test_dearer_is_not_owed(self):
        order = self._create_paid()
        self._shorten(order, 4)
        self.assertFalse(order.overpayment_ids)

    def test_paid_bill_counts(self):
        order = self._create_booking()
        bill = self._create_bill(order, 15000.0)
        self._shorten(order, 2)
        self.assertFalse(order.overpayment_ids)
        self._pay(bill)
        self._shorten(order, 1)
        # 10,000 were due when it was paid by the books of this booking.
        self.assertRecordValues(
            order.overpayment_ids, [{"paid_amount": 10000.0, "amount": 5000.0}]
        )

    def test_bill_paid_in_part_counts_as_far_as_it_is(self):
        """12,000 of 15,000 are paid, which are four fifths of what is due."""
        order = self._create_booking()
        self._pay(self._create_bill(order, 15000.0), 12000.0)
        order.order_line.supplier_price_total = 14000.0
        # 12,000 paid of 14,000 due: nothing is owed.
        self.assertFalse(order.overpayment_ids)
        order.order_line.supplier_price_total = 9000.0
        # Four fifths of 14,000 are 11,200, and 9,000 are due.
        self.assertRecordValues(
            order.overpayment_ids, [{"paid_amount": 11200.0, "amount": 2200.0}]
        )

    def test_bills_of_others_do_not_count(self):
        order = self._create_booking()
        other = self.env["res.partner"].create({"name": "Other", "is_company": True})
        self._pay(self._create_bill(order, 15000.0, partner=other))
        self._shorten(order, 2)
        self.assertFalse(order.overpayment_ids)

    def test_each_service_by_itself(self):
        order = self._create_paid(self._stay(), self._stay())
        order.order_line.with_user(self.manager).write({"date_to": self._day(3)})
        self.assertEqual(order.overpayment_ids.line_id, order.order_line)
        self.assertEqual(order.overpayment_ids.mapped("amount"), [5000.0, 5000.0])
        self.assertEqual(len(order.overpayment_ids.letter_id), 1)

    def test_service_that_is_dropped(self):
        order = self._create_paid(self._stay(), self._stay())
        order.order_line[0].with_user(self.manager).unlink()
        self.assertRecordValues(
            order.overpayment_ids,
            [{"line_id": False, "paid_amount": 15000.0, "due_amount": 0.0}],
        )

    def test_service_that_goes_to_another_supplier(self):
        order = self._create_paid()
        other = self.env["res.partner"].create({"name": "Other", "tour_supplier": True})
        order.order_line.with_user(self.manager).supplier_id = other
        self.assertRecordValues(
            order.overpayment_ids,
            [{"supplier_id": self.supplier.id, "amount": 15000.0}],
        )

    def test_cancelled_booking_is_owed_back_whole(self):
        order = self._force_state(self._create_paid(), "booked")
        order.with_user(self.manager)._move_to("cancelled", "No trip")
        self.assertEqual(order.overpayment_ids.amount, 15000.0)
        order.with_user(self.manager)._move_to("accepted", "It takes place")
        self.assertRecordValues(
            order.overpayment_ids, [{"state": "nothing", "amount": 0.0}]
        )
        self.assertFalse(order.is_overpaid)

    # It follows the booking

    def test_further_changes_change_the_one(self):
        order = self._create_paid()
        self._shorten(order, 2)
        overpayment = order.overpayment_ids
        for nights, amount, state in (
            (1, 10000.0, "open"),
            (3, 0.0, "nothing"),
            (4, 0.0, "nothing"),
            (2, 5000.0, "open"),
        ):
            self._shorten(order, nights)
            self.assertEqual(order.overpayment_ids, overpayment)
            self.assertRecordValues(overpayment, [{"amount": amount, "state": state}])
            self.assertEqual(order.is_overpaid, state == "open")

    def test_after_it_is_closed_another_begins(self):
        order = self._create_paid()
        self._shorten(order, 2)
        first = order.overpayment_ids
        first.with_user(self.accountant)._move_to("closed_setoff")
        self._shorten(order, 1)
        self.assertRecordValues(
            order.overpayment_ids - first,
            [{"paid_amount": 10000.0, "due_amount": 5000.0, "amount": 5000.0}],
        )

    def test_found_for_many_in_a_fixed_number_of_queries(self):
        orders = self.env["sale.order"].union(*(self._create_paid() for _i in range(6)))
        counts = []
        for count in (2, 6):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            orders[:count].sudo()._get_supplier_payments()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[0], counts[1])

    # By hand

    def _enter(self, order, user=None, **values):
        return (
            self.env["tour.overpayment"]
            .with_user(user or self.manager)
            .create(
                {
                    "order_id": order.id,
                    "line_id": order.order_line[:1].id,
                    "paid_amount": 17000.0,
                    **values,
                }
            )
        )

    def test_entered_by_hand(self):
        order = self._create_booking()
        overpayment = self._enter(order)
        self.assertRecordValues(
            overpayment,
            [
                {
                    "supplier_id": self.supplier.id,
                    "due_amount": 15000.0,
                    "amount": 2000.0,
                    "state": "open",
                }
            ],
        )
        self.assertTrue(overpayment.letter_id)
        self.assertTrue(order.is_overpaid)

    def test_entered_with_nothing_owed_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "nothing is owed"):
            self._enter(self._create_booking(), paid_amount=15000.0)

    def test_entered_without_service_or_supplier_is_refused(self):
        order = self._create_booking()
        with self.assertRaisesRegex(UserError, "Choose the service"):
            self._enter(order, line_id=False)
        order.order_line.supplier_id = False
        with self.assertRaisesRegex(UserError, "has no supplier"):
            self._enter(order)

    def test_entered_for_another_booking_is_refused(self):
        order, other = self._create_booking(), self._create_booking()
        with self.assertRaisesRegex(ValidationError, "is no service of"):
            self._enter(order, line_id=other.order_line.id)

    @mute_logger("odoo.sql_db")
    def test_second_of_a_service_is_refused(self):
        order = self._create_booking()
        self._enter(order)
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self._enter(order)

    def test_what_follows_cannot_be_entered(self):
        order = self._create_booking()
        for name, value in (
            ("state", "closed_payment"),
            ("supplier_id", self.client_company.id),
            ("date", "2020-01-01"),
            ("letter_id", 1),
        ):
            with self.assertRaisesRegex(AccessError, "cannot be written"):
                self._enter(order, **{name: value})
            overpayments = self.env["tour.overpayment"].with_user(self.manager)
            with self.assertRaisesRegex(AccessError, "cannot be written"):
                overpayments.with_context(**{f"default_{name}": value}).create(
                    {
                        "order_id": order.id,
                        "line_id": order.order_line.id,
                        "paid_amount": 17000.0,
                    }
                )

    def test_what_follows_cannot_be_written(self):
        order = self._create_paid()
        self._shorten(order, 2)
        overpayment = order.overpayment_ids
        for user in (self.manager, self.head, self.accountant):
            for vals in ({"state": "written_off"}, {"due_amount": 1.0}, {"amount": 1}):
                with self.assertRaises(AccessError):
                    overpayment.with_user(user).write(vals)
        overpayment.with_user(self.manager).note = "They are slow"

    def test_paid_is_corrected_by_accounting(self):
        order = self._create_paid()
        self._shorten(order, 2)
        overpayment = order.overpayment_ids
        with self.assertRaisesRegex(AccessError, "accountant or a head"):
            overpayment.with_user(self.manager).paid_amount = 16000.0
        overpayment.with_user(self.accountant).paid_amount = 16000.0
        self.assertEqual(overpayment.amount, 6000.0)
        with self.assertRaisesRegex(ValidationError, "nothing is owed"):
            overpayment.with_user(self.accountant).paid_amount = 10000.0
        self._shorten(order, 4)
        self.assertEqual(overpayment.state, "nothing")
        overpayment.with_user(self.accountant).paid_amount = 21000.0
        self.assertRecordValues(overpayment, [{"state": "open", "amount": 1000.0}])
