from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import BillDeskCommon

# The smallest picture there is, for the viewer has to show something.
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"
    b"\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND"
    b"\xaeB`\x82"
)


@tagged("post_install", "-at_install")
class TestScreens(BillDeskCommon, HttpCase):
    @classmethod
    def _upload(cls, content=b"bill 1", **values):
        return super()._upload(PNG + content, **{"name": "bill.png", **values})

    def test_accountant_works_off_his_bills(self):
        bills = self._create_bills(4, note="For two guests")
        self.start_tour(
            "/odoo/accountant-desk",
            "tour_bill_desk_accountant",
            login="tour_accountant",
        )
        self.assertEqual(
            bills.mapped("tour_bill_state"),
            ["ordered", "prepared", "director", "accounting"],
        )
        self.assertEqual(bills[1].tour_bill_event_ids[0].note, "wrong number")
        self.assertFalse(self._get_held(bills[3]))

    @mute_logger("odoo.http")  # Too much is refused once, on purpose.
    def test_director_works_off_his_bills(self):
        first = self._create_large("B-1", is_urgent=True)
        second = self._create_large("B-2", amount=260000.0)
        self.start_tour(
            "/odoo/director-desk", "tour_bill_desk_director", login="tour_director"
        )
        self.assertEqual(first.tour_bill_state, "accounting")
        self.assertEqual(first.tour_bill_pay_amount, 100000.5)
        self.assertEqual(first.tour_bill_event_ids[0].note, "a part of it")
        self.assertEqual(second.tour_bill_state, "prepared")

    def test_director_has_the_week_above_the_list(self):
        self._create_bills(2)
        self.start_tour(
            "/odoo/tour-bills", "tour_bill_desk_week", login="tour_director"
        )

    def test_accountant_has_no_week_above_the_list(self):
        self._create_bills(1)
        self.start_tour(
            "/odoo/tour-bills", "tour_bill_desk_no_week", login="tour_accountant"
        )
