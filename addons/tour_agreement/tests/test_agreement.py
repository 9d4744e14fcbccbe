from hashlib import sha256

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.tour_document.tests.common import TourDocumentCommon


class AgreementCommon(TourDocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._make("contract")
        cls.sheet = cls._make("booking_sheet")
        cls.papers = cls.contract | cls.sheet
        cls.papers.action_open_to_client()
        cls._move_to(cls.order, "awaiting_client")

    def _agree(self, document, version=1, user=None):
        user = user or self.client_user
        document.with_user(user).action_client_agree(version)
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestAgreement(AgreementCommon):
    def test_who_when_and_to_what(self):
        self._agree(self.contract)
        agreement = self.contract.agreement_ids
        content = self.contract.current_version_id.attachment_id.raw
        self.assertEqual(agreement.sha256, sha256(content).hexdigest())
        self.assertEqual(agreement.user_id, self.client_user)
        self.assertEqual(agreement.user_login, "client_user")
        self.assertEqual(agreement.version_id, self.contract.current_version_id)
        self.assertTrue(agreement.agreed_on)
        self.assertTrue(self.contract.is_agreed)
        self.assertTrue(self.contract.locked)
        self.assertEqual(self.order.booking_state, "awaiting_client")

    def test_both_confirm_the_booking(self):
        self._agree(self.contract)
        self._agree(self.sheet)
        self.assertEqual(self.order.booking_state, "client_confirmed")
        event = self.order.status_event_ids[:1]
        self.assertEqual(event.user_id, self.client_user)
        told = self.env["mail.message"].search(
            [
                ("model", "=", "sale.order"),
                ("res_id", "=", self.order.id),
                ("message_type", "=", "user_notification"),
                ("partner_ids", "in", self.manager.partner_id.ids),
            ]
        )
        self.assertTrue(
            told.filtered(lambda message: "agreed" in (message.subject or ""))
        )

    def test_other_statuses_are_not_moved(self):
        self._move_to(self.order, "accepted")
        self._agree(self.contract)
        self._agree(self.sheet)
        self.assertEqual(self.order.booking_state, "accepted")

    def test_twice_is_once(self):
        self._agree(self.contract)
        self._agree(self.contract)
        self.assertEqual(len(self.contract.agreement_ids), 1)

    def test_the_hash_is_that_of_the_file(self):
        """Whatever is said of it beside: another file is not agreed to."""
        self.contract.current_version_id.attachment_id.raw = b"%PDF-1.4 another"
        with self.assertRaisesRegex(UserError, "damaged"):
            self._agree(self.contract)
        self.assertFalse(self.contract.agreement_ids)

    def test_the_time_is_nobodys_to_choose(self):
        """Nor is anything else that the caller's context names."""
        past = "2000-01-01 00:00:00"
        context = {"default_date": past, "default_create_date": past}
        for paper in self.papers:
            paper.with_user(self.client_user).with_context(
                default_agreed_on=past, default_address="10.0.0.1", **context
            ).action_client_agree(1)
        self.env.invalidate_all()
        self.assertEqual(self.order.booking_state, "client_confirmed")
        dates = self.order.status_event_ids.mapped("date")
        self.assertGreater(
            min(dates + self.order.message_ids.mapped("date")).year, 2000
        )
        self.assertGreater(self.contract.agreement_ids.agreed_on.year, 2000)
        self.assertFalse(self.contract.agreement_ids.address)

    def test_a_colleague_does_not_agree(self):
        """His own bookings are his; only a curator acts for all the company."""
        colleague = self._create_client_user("colleague", self.client)
        with self.assertRaises(AccessError):
            self._agree(self.contract, user=colleague)
        colleague.is_curator = True
        self._agree(self.contract, user=colleague)
        self.assertEqual(self.contract.agreement_ids.user_id, colleague)

    def test_what_is_archived_is_none_to_agree_to(self):
        self.contract.active = False
        with self.assertRaises(AccessError):
            self._agree(self.contract)

    def test_two_windows_meet_on_the_booking(self):
        """Its row is written: who began before, and agrees to the other paper, begins
        anew and sees that now both are agreed to."""

        def get_place():
            self.env.flush_all()
            self.env.cr.execute(
                "SELECT ctid::text FROM sale_order WHERE id = %s", (self.order.id,)
            )
            return self.env.cr.fetchone()

        place = get_place()
        self._agree(self.contract)
        self.assertNotEqual(get_place(), place)

    def test_new_version_needs_a_new_word(self):
        self._agree(self.sheet)
        self.sheet.action_unlock()
        self.stay.price_unit = 20000.0
        self.sheet._draw()
        self.assertEqual(self.sheet.version_number, 2)
        self.assertFalse(self.sheet.is_agreed)
        with self.assertRaisesRegex(UserError, "changed meanwhile"):
            self._agree(self.sheet, 1)
        self._agree(self.contract)
        self.assertEqual(self.order.booking_state, "awaiting_client")
        self._agree(self.sheet, 2)
        self.assertEqual(self.order.booking_state, "client_confirmed")
        self.assertEqual(len(self.sheet.agreement_ids), 2)

    def test_nothing_to_agree_to(self):
        invoice = self._make("invoice")
        invoice.action_open_to_client()
        with self.assertRaisesRegex(UserError, "nothing to agree"):
            self._agree(invoice)
        for version in ("1", True, None, 1.0):
            with self.assertRaises(UserError):
                self._agree(self.contract, version)

    def test_cancelled_booking(self):
        self.env.cr.execute(
            "UPDATE sale_order SET state = 'cancel' WHERE id = %s", (self.order.id,)
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "not take place"):
            self._agree(self.contract)

    def test_only_the_client_agrees(self):
        for user in (self.manager, self.users["admin"], self.other_user):
            with self.assertRaises(AccessError):
                self._agree(self.contract, user=user)
        self.contract.action_close_to_client()
        with self.assertRaises(AccessError):
            self._agree(self.contract)

    def test_nobody_writes_agreements(self):
        self._agree(self.contract)
        agreement = self.contract.agreement_ids
        for user in (self.manager, self.users["admin"]):
            agreement.with_user(user).read(["sha256"])
            with self.assertRaises(AccessError):
                agreement.with_user(user).write({"sha256": "0"})
            with self.assertRaises(AccessError):
                agreement.with_user(user).unlink()
        for user in (self.client_user, self.users["hotel_editor"]):
            with self.assertRaises(AccessError):
                agreement.with_user(user).read(["sha256"])

    def test_agreed_paper_is_not_deleted(self):
        self._agree(self.contract)
        self.contract.action_unlock()
        with self.assertRaisesRegex(UserError, "agreed"):
            self.contract.unlink()
