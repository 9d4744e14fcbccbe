from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CHANGED, INSURANCE, TICKET, BookletCommon


@tagged("post_install", "-at_install")
class TestBookletMail(BookletCommon):
    def _run_later(self):
        """What the scheduled action does when no more changes came."""
        with freeze_time(fields.Datetime.now() + timedelta(minutes=6)):
            self.env["tour.booklet"]._cron_send_changed()
        self.env.invalidate_all()

    def _send_first(self):
        self._complete()
        self.own_order.action_booklet_send()
        self.env.invalidate_all()

    def test_sent_by_hand(self):
        self._send_first()
        mail = self._get_mails()
        self.assertEqual(mail.recipient_ids, self.client_user.partner_id)
        self.assertEqual(
            mail.attachment_ids,
            self.ticket._get_file() | self.voucher.current_version_id.attachment_id,
        )
        edition = self.order.booklet_edition_ids
        self.assertEqual((edition.number, edition.way), (1, "hand"))
        self.assertEqual([file["version"] for file in edition.files], [1, 1])
        self.assertTrue(self.order.booklet_sent_on)
        self.assertEqual(self.voucher.access, "client")

    def test_not_before_it_is_complete(self):
        with self.assertRaisesRegex(UserError, "not complete"):
            self.own_order.action_booklet_send()

    def test_by_itself_when_the_settings_say_so(self):
        self.company.tour_booklet_auto = True
        self._complete()
        self.assertEqual(len(self._get_mails()), 1)
        self.assertEqual(self.order.booklet_edition_ids.way, "auto")
        # Pressing again sends nothing.
        self._complete()
        self.assertEqual(len(self._get_mails()), 1)

    def test_client_says_otherwise(self):
        self.company.tour_booklet_auto = True
        self.client.tour_booklet_sending = "hand"
        self._complete()
        self.assertFalse(self._get_mails())
        self.company.tour_booklet_auto = False
        self.client.tour_booklet_sending = "auto"
        self.own_order.action_booklet_reopen()
        self._complete()
        self.assertEqual(len(self._get_mails()), 1)

    def test_changes_go_in_one_mail(self):
        self._send_first()
        self.ticket._put("ticket.pdf", CHANGED)
        self._add_file("insurance.pdf", INSURANCE)
        self.assertEqual(len(self._get_mails()), 1)
        self._run_later()
        mails = self._get_mails()
        self.assertEqual(len(mails), 2)
        self.assertEqual(len(mails[1].attachment_ids), 3)
        self.assertIn("has changed", mails[1].body_html)
        edition = self.order.booklet_edition_ids[0]
        self.assertEqual((edition.number, edition.way), (2, "changed"))
        self._run_later()
        self.assertEqual(len(self._get_mails()), 2)

    def test_it_waits_for_more_changes(self):
        self._send_first()
        self.ticket._put("ticket.pdf", CHANGED)
        self.env["tour.booklet"]._cron_send_changed()
        self.assertEqual(len(self._get_mails()), 1)
        self.assertTrue(self.order.booklet_changed_on)

    def test_same_bytes_are_not_sent_again(self):
        self._send_first()
        self.ticket._put("ticket.pdf", TICKET)
        self.assertFalse(self.order.booklet_changed_on)
        # There and back again.
        self.ticket._put("ticket.pdf", CHANGED)
        self.ticket._put("ticket.pdf", TICKET)
        self._run_later()
        self.assertEqual(len(self._get_mails()), 1)
        self.assertFalse(self.order.booklet_changed_on)

    def test_redrawn_paper_is_sent_again(self):
        self._send_first()
        self.stay.date_to = "2026-10-08"
        self.voucher._draw()
        self._run_later()
        self.assertEqual(len(self._get_mails()), 2)

    def test_nothing_goes_before_it_was_sent(self):
        self._complete()
        self.ticket._put("ticket.pdf", CHANGED)
        self._run_later()
        self.assertFalse(self._get_mails())

    def test_opened_again_waits_until_complete(self):
        self._send_first()
        self.own_order.action_booklet_reopen()
        self.ticket._put("ticket.pdf", CHANGED)
        self._run_later()
        self.assertEqual(len(self._get_mails()), 1)
        self._complete()
        self._run_later()
        self.assertEqual(len(self._get_mails()), 2)

    def test_cancelled_booking_sends_nothing(self):
        self._send_first()
        self.ticket._put("ticket.pdf", CHANGED)
        self._move_to(self.order, "cancelled")
        self._run_later()
        self.assertEqual(len(self._get_mails()), 1)

    def test_nobody_to_send_to(self):
        self.client_user.partner_id.email = False
        self._complete()
        with self.assertRaisesRegex(UserError, "no mail address"):
            self.own_order.action_booklet_send()

    def test_too_big_for_a_mail(self):
        self.ticket._put("big.pdf", b"%PDF-" + b"x" * 15 * 1024 * 1024)
        self._send_first()
        mail = self._get_mails()
        self.assertFalse(mail.attachment_ids)
        self.assertIn("too big", mail.body_html)
