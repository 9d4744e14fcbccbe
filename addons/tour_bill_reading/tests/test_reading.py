import unittest
from unittest import mock

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.tour_payment_order.tests import pdf_factory

from ..models import tour_bill_reading_work as work
from .common import ReadingCommon

WORK = "odoo.addons.tour_bill_reading.models.tour_bill_reading_work"


@tagged("post_install", "-at_install")
@unittest.skipUnless(pdf_factory.has_font(), "No font with Russian letters")
class TestReading(ReadingCommon):
    def _get(self, bill):
        return bill.sudo().tour_bill_reading_ids

    # === In the background === #

    def test_upload_is_read_at_once(self):
        """The upload itself waits for nothing; the worker is called right away."""
        cron = self.env.ref("tour_bill_reading.ir_cron_read")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        bill = self._upload(self._make())
        self.assertEqual(self._get(bill).state, "reading")
        new = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertTrue(new - triggers)
        self.assertEqual(self._hints(bill)["state"], "reading")
        self.env["tour.bill.reading"]._cron_read()
        reading = self._get(bill)
        self.assertEqual(reading.state, "read")
        self.assertEqual(reading.hints["number"]["value"], "В-15")
        self.assertEqual(reading.hints["amount"]["value"], "12200.00")
        self.assertLess(reading.seconds, 3)

    def test_open_windows_are_told(self):
        bill = self._upload(self._make())
        sent = []
        groups = type(self.env["res.groups"])
        with mock.patch.object(
            groups, "_bus_send", lambda group, *args: sent.append((group, *args))
        ):
            self.env["tour.bill.reading"]._cron_read()
        staff = self.env.ref("tour_partner.tour_group_staff")
        self.assertEqual(
            sent,
            [(staff, "tour_bill_reading", {"bill_id": bill.id, "state": "read"})],
        )

    def test_bad_files_say_why_and_stop_nobody(self):
        good = self._make()
        bills = {
            "empty": self._upload(b" ")[:0],
            "type": self._upload(b"PK\x03\x04 a table"),
            "broken": self._upload(b"%PDF-1.7 nothing"),
            "encrypted": self._upload(pdf_factory.encrypt(good)),
            "bomb": self._upload(pdf_factory.make_bomb(160 * 2**20)),
            "scan": self._upload(pdf_factory.draw({"lines": []})),
        }
        last = self._upload(good)
        self.env["tour.bill.reading"]._cron_read()
        for fault, bill in bills.items():
            if not bill:
                continue
            with self.subTest(fault):
                reading = self._get(bill)
                self.assertEqual((reading.state, reading.fault), ("failed", fault))
                shown = self._hints(bill)
                self.assertEqual(shown["state"], "failed")
                self.assertIn(reading.fault_text, shown["text"])
                self.assertIn("by hand", shown["text"])
        self.assertEqual(self._get(last).state, "read")
        # And people go on by hand.
        self._open_prepare(bills["broken"], ref="1").action_apply()
        self.assertEqual(bills["broken"].tour_bill_state, "prepared")

    @mute_logger(WORK)
    def test_unforeseen_faults(self):
        """What nobody thought of breaks one file, and is not read for ever."""
        bill = self._upload(self._make())
        with mock.patch.object(work, "read_bill", side_effect=ZeroDivisionError):
            with mock.patch.object(self.env.cr, "rollback", lambda: None):
                self.env["tour.bill.reading"]._cron_read()
        self.assertEqual(self._get(bill).fault, "error")

    def test_what_kills_the_reader_is_given_up(self):
        bill = self._upload(self._make())
        self._get(bill)._as_reader().write({"tries": work.MAX_TRIES})
        self.env["tour.bill.reading"]._cron_read()
        self.assertEqual(self._get(bill).fault, "stuck")

    def test_bill_without_a_file(self):
        bill = self._upload(self._make())
        bill.sudo().message_main_attachment_id.unlink()
        self.env["tour.bill.reading"]._cron_read()
        self.assertEqual(self._get(bill).fault, "no_file")

    def test_too_large_is_not_even_opened(self):
        bill = self._upload(self._make())
        with mock.patch.object(work, "MAX_MB", 0):
            self.env["tour.bill.reading"]._cron_read()
        self.assertEqual(self._get(bill).fault, "size")

    def test_texts_for_all_faults(self):
        """Each code that the engine gives has words."""
        texts = self.env["tour.bill.reading"]
        for code in (
            "empty size type broken encrypted pages bomb packing slow scan letters"
            " glyphs encoding nothing stuck error no_file"
        ).split():
            self.assertTrue(texts.new({"fault": code}).fault_text, code)

    # === Again === #

    def test_read_again_after_a_layout(self):
        lines = ["Beleg R-7", "Zu zahlen 500,00 EUR", "Ferienhof Example GmbH"]
        bill = self._upload_read(pdf_factory.draw({"lines": lines}))
        self.assertNotIn("ref", self._hints(bill)["hints"])
        self.env["tour.bill.layout"].create(
            {
                "name": "Ferienhof",
                "marks": "Ferienhof Example",
                "line_ids": [
                    (0, 0, {"field": "number", "label": "Beleg"}),
                    (0, 0, {"field": "amount", "label": "Zu zahlen…"}),
                ],
            }
        )
        bill.with_user(self.manager).action_read_bill_again()
        with self.assertRaises(UserError):
            bill.with_user(self.manager).action_read_bill_again()
        self.env["tour.bill.reading"]._cron_read()
        self.assertEqual(self._hints(bill)["hints"]["ref"]["values"], {"ref": "R-7"})

    def test_drafts_of_odoo_are_read_when_they_are_opened(self):
        file = self.env["ir.attachment"].create({"name": "b.pdf", "raw": self._make()})
        bill = self.env["account.move"].create({"move_type": "in_invoice"})
        bill.message_main_attachment_id = file
        file.write({"res_model": "account.move", "res_id": bill.id})
        bill.action_prepare_bill()
        self.assertEqual(self._get(bill).state, "reading")
        bill.action_prepare_bill()
        self.assertEqual(len(self._get(bill)), 1)

    # === Rights === #

    def test_readings_are_nobodys_to_write(self):
        bill = self._upload_read()
        reading = self._get(bill)
        for user in (self.manager, self.accountant, self.director):
            with self.subTest(user.login):
                mine = reading.with_user(user)
                self.assertEqual(mine.state, "read")
                with self.assertRaises(AccessError):
                    mine.write({"hints": {}})
                with self.assertRaises(AccessError):
                    mine.create({"move_id": bill.id})
                with self.assertRaises(AccessError):
                    mine.unlink()
        with self.assertRaises(AccessError):
            reading.sudo().write({"state": "failed"})

    def test_hints_go_with_the_bill(self):
        """Clients and clerks see neither; a director sees them and judges nothing."""
        bill = self._upload_read()
        for user in (self.olga, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError):
                bill.with_user(user).get_bill_hints()
            with self.assertRaises(AccessError):
                bill.with_user(user).dismiss_bill_hint("number")
        invoice = self.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": self.olga.partner_id.id}
        )
        with self.assertRaises(AccessError):
            invoice.with_user(self.olga).get_bill_hints()
        self.assertIn("ref", self._hints(bill, self.director)["hints"])
        with self.assertRaises(AccessError):
            bill.with_user(self.director).dismiss_bill_hint("number")
        with self.assertRaises(AccessError):
            bill.with_user(self.director).action_read_bill_again()

    def test_dismissing(self):
        bill = self._upload_read()
        mine = bill.sudo(False).with_user(self.manager)
        mine.dismiss_bill_hint("number")
        self.assertTrue(self._hints(bill)["hints"]["ref"]["is_dismissed"])
        self.assertTrue(
            self._hints(bill, self.manager2)["hints"]["ref"]["is_dismissed"]
        )
        self.assertEqual(self._get(bill).dismissed, {"number": self.manager.id})
        mine.dismiss_bill_hint("number", False)
        self.assertFalse(self._hints(bill)["hints"]["ref"]["is_dismissed"])
        for name in ("nothing", ["number"], None, {"a": 1}):
            with self.assertRaises(UserError):
                mine.dismiss_bill_hint(name)
