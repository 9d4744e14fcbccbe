from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.tour_overpayment import TourOverpayment
from .common import CorrectionCommon


@tagged("post_install", "-at_install")
class TestOverpaymentEnd(CorrectionCommon):
    def setUp(self):
        super().setUp()
        self.order = self._create_paid()
        self._shorten(self.order, 2)
        self.overpayment = self.order.overpayment_ids

    def _close(self, how, user=None, overpayments=None, **values):
        overpayments = overpayments or self.overpayment
        user = user or self.accountant
        action = overpayments.with_user(user).action_close()
        wizard = (
            self.env[action["res_model"]]
            .with_user(user)
            .with_context(**action["context"])
            .create({"how": how, **values})
        )
        wizard.action_apply()
        return wizard

    def _create_payment(self, amount, partner=None, **values):
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "supplier",
                "partner_id": (partner or self.supplier).id,
                "amount": amount,
                "memo": "PAY-9",
                **values,
            }
        )
        payment.action_post()
        return payment

    # Paid back

    def test_paid_back_with_date_and_number(self):
        self._close("payment", payment_date=self.today, payment_reference=" 4711 ")
        self.assertRecordValues(
            self.overpayment,
            [
                {
                    "state": "closed_payment",
                    "payment_date": self.today,
                    "payment_reference": "4711",
                    "closed_on": self.today,
                    "closed_by_id": self.accountant.id,
                }
            ],
        )
        self.assertFalse(self.order.is_overpaid)
        told = self._get_told(self.manager, self.overpayment)
        self.assertIn("Closed by payment", told)

    def test_paid_back_needs_to_be_found(self):
        with self.assertRaisesRegex(UserError, "date and number"):
            self._close("payment", payment_date=self.today, payment_reference="  ")
        with self.assertRaisesRegex(UserError, "yet to come"):
            self._close("payment", payment_date=self._day(1), payment_reference="1")
        self.assertEqual(self.overpayment.state, "open")

    def test_paid_back_by_a_payment(self):
        payment = self._create_payment(5000.0)
        wizard = self._close("payment", payment_id=payment.id)
        self.assertEqual(wizard.amount, 5000.0)
        self.assertRecordValues(
            self.overpayment,
            [
                {
                    "state": "closed_payment",
                    "payment_id": payment.id,
                    "payment_date": payment.date,
                    "payment_reference": "PAY-9",
                }
            ],
        )

    def test_payment_that_is_too_small_is_refused(self):
        payment = self._create_payment(4999.0)
        with self.assertRaisesRegex(UserError, "the rest stays open"):
            self._close("payment", payment_id=payment.id)

    def test_payment_closes_no_more_than_it_is(self):
        other = self._create_paid()
        self._shorten(other, 2)
        payment = self._create_payment(9000.0)
        self._close("payment", payment_id=payment.id)
        with self.assertRaisesRegex(UserError, "used for other"):
            self._close(
                "payment", overpayments=other.overpayment_ids, payment_id=payment.id
            )

    def test_payment_of_another_is_refused(self):
        payment = self._create_payment(5000.0, partner=self.client_company)
        with self.assertRaisesRegex(UserError, "of the same supplier"):
            self._close("payment", payment_id=payment.id)

    def test_payment_that_went_out_is_refused(self):
        payment = self._create_payment(5000.0, payment_type="outbound")
        with self.assertRaisesRegex(UserError, "no money that came in"):
            self._close("payment", payment_id=payment.id)

    # Set off

    def test_set_off_against_another_bill(self):
        bill = self._create_bill(None, 20000.0)
        self._close("setoff", setoff_bill_id=bill.id)
        self.assertRecordValues(
            self.overpayment, [{"state": "closed_setoff", "setoff_bill_id": bill.id}]
        )

    def test_wrong_bills_are_refused(self):
        with self.assertRaisesRegex(UserError, "Choose the bill"):
            self._close("setoff")
        with self.assertRaisesRegex(UserError, "the rest stays open"):
            self._close("setoff", setoff_bill_id=self._create_bill(None, 4000.0).id)
        other = self._create_bill(None, 20000.0, partner=self.client_company)
        with self.assertRaisesRegex(UserError, "of the same supplier"):
            self._close("setoff", setoff_bill_id=other.id)
        draft = self._create_bill(None, 20000.0)
        draft.button_draft()
        with self.assertRaisesRegex(UserError, "no posted bill"):
            self._close("setoff", setoff_bill_id=draft.id)

    # Written off, and opened again

    def test_written_off_by_a_head_with_a_reason(self):
        with self.assertRaisesRegex(AccessError, "Head of department"):
            self._close("write_off", reason="Small")
        with self.assertRaisesRegex(UserError, "say why"):
            self._close("write_off", user=self.head)
        self._close("write_off", user=self.head, reason="They went bankrupt")
        self.assertRecordValues(
            self.overpayment,
            [{"state": "written_off", "close_reason": "They went bankrupt"}],
        )
        self.assertIn("bankrupt", self.overpayment.message_ids[0].body)

    def test_manager_does_not_close(self):
        with self.assertRaises(AccessError):
            self._close(
                "payment",
                user=self.manager,
                payment_date=self.today,
                payment_reference="1",
            )
        with self.assertRaisesRegex(AccessError, "Accountant, Head of department"):
            self.overpayment.with_user(self.manager)._move_to("closed_payment")
        self.assertNotIn(
            "closed_payment", self.overpayment.with_user(self.manager).allowed_moves
        )

    def test_opened_again_with_a_reason(self):
        self._close("payment", payment_date=self.today, payment_reference="4711")
        action = self.overpayment.with_user(self.accountant).action_reopen()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.accountant)
            .with_context(**action["context"])
            .create({})
        )
        with self.assertRaisesRegex(UserError, "say why"):
            wizard.action_apply()
        wizard.reason = "It was another payment"
        wizard.action_apply()
        self.assertRecordValues(
            self.overpayment,
            [{"state": "open", "closed_on": False, "payment_reference": False}],
        )
        self.assertTrue(self.order.is_overpaid)

    def test_closed_is_closed(self):
        self._close("payment", payment_date=self.today, payment_reference="4711")
        with self.assertRaisesRegex(UserError, "nothing is owed any more"):
            self._close("setoff")
        with self.assertRaisesRegex(UserError, "cannot become"):
            self.overpayment.with_user(self.head)._move_to("written_off", "Why not")
        with self.assertRaisesRegex(UserError, "Reopen it"):
            self.overpayment.with_user(self.accountant).paid_amount = 1.0

    def test_nobody_says_himself_that_nothing_is_owed(self):
        with self.assertRaisesRegex(AccessError, "the program itself"):
            self.overpayment.with_user(self.head)._move_to("nothing")

    def test_what_another_changes_right_now_waits(self):
        with (
            patch.object(
                TourOverpayment,
                "try_lock_for_update",
                lambda self, **options: self.browse(),
            ),
            self.assertRaisesRegex(UserError, "Somebody else is changing"),
        ):
            self.overpayment.with_user(self.accountant)._move_to("closed_setoff")
