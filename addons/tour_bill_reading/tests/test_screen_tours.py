import unittest

from odoo.tests import HttpCase, tagged

from odoo.addons.tour_payment_order.tests import pdf_factory

from .common import ReadingCommon


@tagged("post_install", "-at_install")
@unittest.skipUnless(pdf_factory.has_font(), "No font with Russian letters")
class TestScreenTours(ReadingCommon, HttpCase):
    def test_hints_beside_the_fields(self):
        """Filled in by a click, dismissed by a click, all that is sure at once."""
        bill = self._upload_read(self._make(f"Заявка {self.booking.name}"))
        self.start_tour(
            f"/odoo/action-tour_bill.account_move_action_bill/{bill.id}",
            "tour_bill_reading_hints",
            login=self.manager.login,
            timeout=120,
        )
        self.assertRecordValues(
            bill.sudo(),
            [
                {
                    "tour_bill_state": "prepared",
                    "ref": "В-15",
                    "amount_total": 12200.0,
                    "partner_id": self.supplier.id,
                    "partner_bank_id": self.bank_account.id,
                }
            ],
        )
        self.assertEqual(
            bill.sudo().tour_bill_reading_ids.dismissed, {"date": self.manager.id}
        )

    def test_hints_appear_by_themselves(self):
        """The window was open before the file was read; what was typed stays."""
        bill = self._upload(self._make())

        def work(move):
            # In sudo: the worker is nobody.
            move.env["tour.bill.reading"].sudo()._cron_read()
            return True

        self.patch(type(bill), "action_read_bill_again", work)
        self.start_tour(
            f"/odoo/action-tour_bill.account_move_action_bill/{bill.id}",
            "tour_bill_reading_appear",
            login=self.manager.login,
            timeout=120,
        )
