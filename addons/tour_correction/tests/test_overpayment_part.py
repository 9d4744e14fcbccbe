from datetime import timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import CorrectionCommon


@tagged("post_install", "-at_install")
class TestOverpaymentPart(CorrectionCommon):
    """5,000 are owed of a stay of three nights that has two now."""

    def setUp(self):
        super().setUp()
        self.order = self._create_paid()
        self._shorten(self.order, 2)
        self.overpayment = self.order.overpayment_ids

    def _open(self, overpayments=None, user=None, how="payment", **values):
        """The window to close them, not applied yet."""
        user = user or self.accountant
        action = (overpayments or self.overpayment).with_user(user).action_close()
        if how == "payment" and "payment_id" not in values:
            values = {
                "payment_date": self.today,
                "payment_reference": "4711",
                **values,
            }
        return (
            self.env[action["res_model"]]
            .with_user(user)
            .with_context(**action["context"])
            .create({"how": how, **values})
        )

    def _return(self, amount, **values):
        self._open(settled_amount=amount, **values).action_apply()
        return self.overpayment.part_ids[-1:]

    def _undo(self, part, reason="Another hotel's", user=None):
        user = user or self.accountant
        action = part.with_user(user).action_undo()
        wizard = self.env[action["res_model"]].with_user(user)
        wizard = wizard.with_context(**action["context"]).create({"reason": reason})
        wizard.action_apply()

    # A part comes back

    def test_rest_stays_open(self):
        self.overpayment._as_mover().write({"date": self._day(-9)})
        self._return(2000.0)
        self.assertRecordValues(
            self.overpayment,
            [
                {
                    "state": "open",
                    "returned_amount": 2000.0,
                    "amount": 3000.0,
                    "age_days": 9,
                    "closed_on": False,
                    "payment_reference": False,
                }
            ],
        )
        self.assertRecordValues(
            self.overpayment.part_ids,
            [
                {
                    "kind": "payment",
                    "amount": 2000.0,
                    "payment_date": self.today,
                    "payment_reference": "4711",
                    "create_uid": self.accountant.id,
                }
            ],
        )
        self.assertTrue(self.order.is_overpaid)
        text = self.order.with_user(self.manager).overpayment_text
        self.assertIn("3,000.00", text)

    def test_each_part_is_logged_and_told(self):
        self._return(2000.0, reason="They pay by instalments")
        body = self.overpayment.message_ids.filtered(
            lambda m: "4711" in m.body and m.message_type == "notification"
        ).body
        for word in ("2,000.00", "3,000.00", "by instalments"):
            self.assertIn(word, body)
        self.assertIn(
            "a part came back", self._get_told(self.manager, self.overpayment)
        )
        self.assertFalse(self._get_told(self.accountant, self.overpayment))

    def test_last_part_closes(self):
        self._return(2000.0)
        bill = self._create_bill(None, 20000.0)
        self._return(1000.0, how="setoff", setoff_bill_id=bill.id)
        self.assertEqual(self.overpayment.amount, 2000.0)
        self._open(payment_reference="4712").action_apply()
        self.assertRecordValues(
            self.overpayment,
            [
                {
                    "state": "closed_payment",
                    "payment_reference": "4712",
                    "returned_amount": 3000.0,
                    "amount": 2000.0,
                }
            ],
        )
        self.assertEqual(
            self.overpayment.part_ids.mapped("kind"), ["payment", "setoff"]
        )
        self.assertFalse(self.order.is_overpaid)

    def test_rest_is_written_off(self):
        self._return(4990.0)
        self._open(user=self.head, how="write_off", reason="Small").action_apply()
        self.assertRecordValues(
            self.overpayment, [{"state": "written_off", "amount": 10.0}]
        )

    def test_reminders_and_letter_go_on_about_the_rest(self):
        self.env.company.tour_overpayment_reminder_days = 7
        letter = self.overpayment.letter_id
        letter._draw()
        letter._write_own({"sent_on": "2026-01-01 00:00:00"})
        self.overpayment.with_user(self.manager)._move_to("letter_sent")
        self._return(2000.0)
        self.assertEqual(self.overpayment.state, "letter_sent")
        self.env.flush_all()
        with freeze_time(self.today + timedelta(days=7)):
            due = self.overpayment.search(
                self.overpayment._get_remind_domain(self.env.company)
            )
            self.assertIn(self.overpayment, due)
            self.overpayment._remind()
        told = self._get_told(self.manager, self.overpayment).replace("\xa0", " ")
        self.assertIn("3,000.00", told)
        letter._draw()
        text = self._read_pdf(letter.sudo().current_version_id.attachment_id.raw)
        self.assertIn("Returned so far: 2,000.00", text)
        self.assertIn("3,000.00", text)

    def test_oldest_of_several_first(self):
        other = self._create_paid()
        self._shorten(other, 2)
        other.overpayment_ids._as_mover().write({"date": self._day(-3)})
        both = self.overpayment + other.overpayment_ids
        self._open(both, settled_amount=7000.0).action_apply()
        self.assertRecordValues(
            both,
            [
                {"state": "open", "amount": 3000.0},
                {"state": "closed_payment", "amount": 5000.0},
            ],
        )

    # What is refused

    def test_never_more_than_is_owed_and_never_nothing(self):
        for amount, text in ((5000.01, "is more than"), (0.0, "how much"), (-1, "how")):
            with self.assertRaisesRegex(UserError, text):
                self._return(amount)
        self._return(4000.0)
        with self.assertRaisesRegex(UserError, "is more than"):
            self._return(1000.01, payment_reference="4712")
        self.assertEqual(self.overpayment.amount, 1000.0)

    def test_never_twice_from_two_windows(self):
        first = self._open(settled_amount=2000.0)
        second = self._open(settled_amount=2000.0, payment_reference="PAY 4711")
        first.action_apply()
        for window in (first, second):
            with self.assertRaisesRegex(UserError, "Owed is now"):
                window.action_apply()
        self.assertEqual(self.overpayment.amount, 3000.0)

    def test_never_twice_by_one_window(self):
        window = self._open()
        window.action_apply()
        with self.assertRaisesRegex(UserError, "nothing is owed any more"):
            window.action_apply()

    @mute_logger("odoo.sql_db")
    def test_payment_of_one_number_counts_once(self):
        self._return(2000.0)
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self._return(2000.0)

    def test_payment_gives_no_more_than_it_is(self):
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "supplier",
                "partner_id": self.supplier.id,
                "amount": 1500.0,
            }
        )
        payment.action_post()
        action = self.overpayment.with_user(self.accountant).action_close()
        wizards = self.env[action["res_model"]].with_user(self.accountant)
        with Form(wizards.with_context(**action["context"])) as form:
            self.assertEqual(form.settled_amount, 5000.0)
            form.payment_id = payment
            self.assertEqual(form.settled_amount, 1500.0)
            self.assertEqual(form.rest_amount, 3500.0)
        form.record.action_apply()
        self.assertRecordValues(
            self.overpayment.part_ids, [{"payment_id": payment.id, "amount": 1500.0}]
        )
        with self.assertRaisesRegex(UserError, "is entered"):
            self._return(0.01, payment_id=payment.id)

    def test_payment_in_another_currency_counts_at_its_rate(self):
        currency = self.env["res.currency"].create(
            {
                "name": "TST",
                "symbol": "T",
                "rate_ids": [(0, 0, {"name": "2020-01-01", "rate": 0.01})],
            }
        )
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "supplier",
                "partner_id": self.supplier.id,
                "amount": 20.0,
                "currency_id": currency.id,
            }
        )
        payment.action_post()
        with self.assertRaisesRegex(UserError, "is entered"):
            self._return(2000.01, payment_id=payment.id)
        self._return(2000.0, payment_id=payment.id)
        self.assertEqual(self.overpayment.amount, 3000.0)

    def test_of_another_company_is_refused(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.accountant.company_ids += company
        bill = self._create_bill(None, 20000.0)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move SET company_id = %s WHERE id = %s",
            (company.id, bill.id),
        )
        self.env.invalidate_all()
        companies = (self.env.company + company).ids
        with self.assertRaisesRegex(UserError, "another company"):
            self._open(
                self.overpayment.with_context(allowed_company_ids=companies),
                how="setoff",
                setoff_bill_id=bill.id,
            ).with_context(allowed_company_ids=companies).action_apply()

    def test_managers_enter_nothing(self):
        with self.assertRaisesRegex(AccessError, "accountant or a head"):
            self.overpayment.with_user(self.manager)._settle("closed_payment", 1000.0)
        part = self._return(2000.0)
        self.assertFalse(part.with_user(self.manager).undoable)
        with self.assertRaises(AccessError):
            part.with_user(self.manager)._undo("Why not")

    def test_nobody_writes_parts(self):
        part = self._return(2000.0)
        parts = self.env["tour.overpayment.part"]
        vals = {"overpayment_id": self.overpayment.id, "kind": "payment", "amount": 1.0}
        for user in (self.manager, self.accountant, self.head):
            for act in (
                lambda user=user: part.with_user(user).write({"amount": 1.0}),
                lambda user=user: part.with_user(user).unlink(),
                lambda user=user: parts.with_user(user).create(vals),
                lambda user=user: self.overpayment.with_user(user).write(
                    {"part_ids": [(5, 0, 0)]}
                ),
                lambda user=user: self.overpayment.with_user(user).write(
                    {"returned_amount": 1.0}
                ),
            ):
                with self.assertRaises(AccessError):
                    act()
        # Not by a program in sudo that goes past the overpayment, either.
        for act in (
            lambda: part.sudo().write({"amount": 1.0}),
            lambda: part.sudo().unlink(),
            lambda: parts.sudo().create(vals),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_parts_are_read_by_whom_the_overpayment_is(self):
        part = self._return(2000.0)
        stranger = self._create_staff("stranger", "manager_own")
        director = self.director
        for user in (self.manager, self.manager_all, self.accountant, director):
            self.assertTrue(part.with_user(user).has_access("read"), user.name)
        for user in (stranger, self._create_client_user("client")):
            self.assertFalse(part.with_user(user).has_access("read"), user.name)

    # The booking changes meanwhile, and mistakes

    def test_booking_changes_after_a_part(self):
        self._return(2000.0)
        for nights, amount, state, excess in (
            (1, 8000.0, "open", 0.0),
            (3, 0.0, "nothing", 2000.0),
            (2, 3000.0, "open", 0.0),
        ):
            self._shorten(self.order, nights)
            self.assertRecordValues(
                self.overpayment,
                [{"amount": amount, "state": state, "excess_amount": excess}],
            )
            self.assertEqual(self.order.is_overpaid, state == "open")

    def test_paid_is_not_corrected_below_what_came_back(self):
        self._return(2000.0)
        with self.assertRaisesRegex(ValidationError, "nothing is owed"):
            self.overpayment.with_user(self.accountant).paid_amount = 12000.0

    def test_part_is_taken_back_with_a_reason(self):
        part = self._return(2000.0)
        self.assertTrue(part.with_user(self.accountant).undoable)
        with self.assertRaisesRegex(UserError, "say why"):
            self._undo(part, reason=" ")
        self._undo(part)
        self.assertFalse(self.overpayment.part_ids)
        self.assertRecordValues(
            self.overpayment, [{"amount": 5000.0, "returned_amount": 0.0}]
        )
        body = self.overpayment.message_ids[0].body
        self.assertIn("2,000.00", body)
        self.assertIn("Another hotel", body)

    def test_part_taken_back_opens_what_was_at_an_end(self):
        part = self._return(2000.0)
        # 13,000 stay with him, and 14,000 are due now.
        self.order.order_line.with_user(self.manager).supplier_price_total = 14000.0
        self.assertEqual(self.overpayment.state, "nothing")
        self._undo(part)
        self.assertRecordValues(self.overpayment, [{"state": "open", "amount": 1000.0}])

    def test_part_of_what_is_closed_stays(self):
        part = self._return(2000.0)
        self._open(payment_reference="4712").action_apply()
        self.assertFalse(part.with_user(self.accountant).undoable)
        with self.assertRaisesRegex(UserError, "nothing is owed any more"):
            self._undo(part)

    # What somebody said is due

    def test_what_was_entered_as_due_outlives_other_changes(self):
        """After a cancellation the hotel keeps 3,000, which no service says."""
        order = self._create_booking()
        overpayment = self.env["tour.overpayment"].create(
            {
                "order_id": order.id,
                "line_id": order.order_line.id,
                "paid_amount": 15000.0,
                "due_amount": 3000.0,
            }
        )
        order.order_line.with_user(self.manager).route = "By the back door"
        self.assertRecordValues(overpayment, [{"state": "open", "amount": 12000.0}])
        # Until the price of the service changes itself.
        self._shorten(order, 2)
        self.assertRecordValues(overpayment, [{"due_amount": 10000.0}])
