from markupsafe import Markup

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import BillDeskCommon


@tagged("post_install", "-at_install")
class TestDesk(BillDeskCommon):
    def test_accountant_sees_all_that_he_types(self):
        self.booking.name = "TB-0042"
        bill = self._create_handed(ref="77", note="For two guests", amount=10000.0)
        shown = self._next(self.accountant)
        self.assertEqual(shown["left"], 1)
        data = shown["bill"]
        self.assertEqual(
            {row["code"]: row["value"] for row in data["requisites"]},
            {
                "vat": "7701234560",
                "kpp": "770101001",
                "account": "40702810800000000001",
                "bic": "044525225",
                "bank": "Sample Bank",
                "corr_account": "30101810400000000225",
            },
        )
        self.assertEqual(
            (data["id"], data["number"], data["supplier"], data["note"]),
            (bill.id, "77", "Alpina LLC", "For two guests"),
        )
        self.assertEqual((data["total"], data["left"], data["paid"]), (1e4, 1e4, 0))
        self.assertEqual(
            (data["pay_amount"], data["pay_date"]), (10000.0, str(self.today))
        )
        self.assertEqual(data["why"], "no rule sends it to the director")
        self.assertIn("No. 77", data["wording"])
        self.assertIn("TB-0042", data["wording"])
        self.assertEqual(data["bookings"], [{"id": self.booking.id, "name": "TB-0042"}])
        self.assertEqual([file["name"] for file in data["files"]], ["bill.pdf"])

    def test_history_and_comments_the_latest_first(self):
        bill = self._create_handed(note="For two guests")
        bill.with_user(self.manager2).sudo().message_post(
            body=Markup("<p>The hotel <b>waits</b></p>"), message_type="comment"
        )
        history = self._next(self.accountant)["bill"]["history"]
        self.assertEqual(
            sorted(row["act"] for row in history),
            ["", "Handed over", "Prepared for payment", "Uploaded"],
        )
        (comment,) = [row for row in history if not row["act"]]
        self.assertIn("The hotel", comment["text"])
        self.assertNotIn("<", comment["text"])
        dates = [row["date"] for row in history]
        self.assertEqual(dates, sorted(dates, reverse=True))

    def test_the_main_file_comes_first(self):
        bill = self._create_handed()
        Attachment = self.env["ir.attachment"]
        later = Attachment.create(
            {"name": "z.png", "raw": b"x", "res_model": bill._name, "res_id": bill.id}
        )
        bill.message_main_attachment_id = later
        files = self._next(self.accountant)["bill"]["files"]
        self.assertEqual([file["name"] for file in files], ["z.png", "bill.pdf"])

    def test_payment_order_made_and_the_next_comes(self):
        bills = self._create_bills(2)
        shown = self._next(self.accountant)
        self.assertEqual((shown["bill"]["id"], shown["left"]), (bills[0].id, 2))
        answer = self._do(self.accountant, shown, "order", note="by hand")
        self.assertEqual((answer["bill"]["id"], answer["left"]), (bills[1].id, 1))
        self.assertEqual(bills[0].tour_bill_state, "ordered")
        self.assertEqual(bills[0].tour_bill_event_ids[0].note, "by hand")
        answer = self._do(self.accountant, answer, "order")
        self.assertEqual(answer, {"bill": False, "left": 0})

    def test_not_before_its_day(self):
        self._create_handed(wanted_date=self._day(2))
        self.assertEqual(self._next(self.accountant), {"bill": False, "left": 0})

    def test_back_to_the_manager_needs_a_comment(self):
        bill = self._create_handed()
        shown = self._next(self.accountant)
        with self.assertRaisesRegex(UserError, "say why"):
            self._do(self.accountant, shown, "send_back", note="  ")
        self.assertEqual(bill.tour_bill_state, "accounting")
        self._do(self.accountant, shown, "send_back", note="wrong account")
        self.assertEqual(bill.tour_bill_state, "prepared")

    def test_back_to_the_director(self):
        bill = self._create_handed()
        shown = self._next(self.accountant)
        self._do(self.accountant, shown, "to_director", note="twice as much?")
        self.assertEqual(bill.tour_bill_state, "director")

    def test_skipped_goes_to_others_and_comes_again_when_asked_for(self):
        bills = self._create_bills(2)
        accountant = self.moves.with_user(self.accountant)
        self.assertEqual(self._next(self.accountant)["bill"]["id"], bills[0].id)
        answer = accountant.bill_desk_skip("accounting", bills[0].id, [])
        self.assertEqual((answer["bill"]["id"], answer["left"]), (bills[1].id, 2))
        self.assertFalse(self._get_held(bills[0]))
        self.assertEqual(self._next(self.accountant2)["bill"]["id"], bills[0].id)
        self.moves.with_user(self.accountant2).bill_desk_skip(
            "accounting", bills[0].id, []
        )
        answer = accountant.bill_desk_skip("accounting", bills[1].id, bills[:1].ids)
        self.assertEqual((answer["bill"], answer["left"]), (False, 2))
        answer = self._next(self.accountant)
        self.assertEqual(answer["bill"]["id"], bills[0].id)

    def test_director_says_how_much_and_when(self):
        bill = self._create_large()
        shown = self._next(self.director, "director")
        self.assertEqual(shown["bill"]["why"], "because it is of 100,000 or more")
        answer = self._do(
            self.director,
            shown,
            "approve",
            "director",
            amount=100000.5,
            pay_date=str(self._day(3)),
            note="a part of it",
        )
        self.assertEqual(answer, {"bill": False, "left": 0})
        self.assertRecordValues(
            bill,
            [
                {
                    "tour_bill_state": "accounting",
                    "tour_bill_pay_amount": 100000.5,
                    "tour_bill_pay_date": self._day(3),
                }
            ],
        )

    def test_director_sees_urgent_and_near_ones_first(self):
        rest = self._create_large("B-1", wanted_date=self._day(9))
        near = self._create_large("B-2", wanted_date=self._day(2), amount=250002.0)
        urgent = self._create_large(
            "B-3", wanted_date=self._day(2), amount=250003.0, is_urgent=True
        )
        order, skipped = [], []
        for _bill in range(3):
            shown = self._next(self.director, "director", skipped)
            order.append(shown["bill"]["id"])
            self.moves.with_user(self.director).bill_desk_skip(
                "director", order[-1], skipped
            )
            skipped.append(order[-1])
        self.assertEqual(order, [urgent.id, near.id, rest.id])

    def test_too_much_is_refused_and_the_bill_stays(self):
        bill = self._create_large()
        shown = self._next(self.director, "director")
        with self.assertRaisesRegex(UserError, "no more than"):
            self._do(self.director, shown, "approve", "director", amount=250000.01)
        self.assertEqual(self._next(self.director, "director")["bill"]["id"], bill.id)

    def test_alarms_are_shown(self):
        self._create_ordered(ref="77", amount=500.0)
        twice = self._create_handed(b"again", ref="77", amount=500.0)
        self.assertEqual(twice.tour_bill_state, "director")
        shown = self._next(self.director, "director")
        self.assertEqual(shown["bill"]["id"], twice.id)
        (alarm,) = shown["bill"]["alarms"]
        self.assertIn("entered twice?", alarm)

    def _count_queries(self, bills):
        for _time in range(2):  # The second time Odoo has in memory what it keeps.
            bills.with_user(self.accountant)._release_bill()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertEqual(self._next(self.accountant)["left"], len(bills))
        return self.cr.sql_log_count - before

    def test_costs_the_same_however_many_wait(self):
        bills = self._create_bills(2)
        few = self._count_queries(bills)
        for number in range(3, 41):
            bills |= self._create_handed(
                b"%d" % number, ref=f"A-{number:03}", amount=1000.0 + number
            )
        self.assertEqual(self._count_queries(bills), few)
