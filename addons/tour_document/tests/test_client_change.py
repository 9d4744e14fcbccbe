"""Papers of a booking whose client company changes (BKG-17)."""

from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from .common import TourDocumentCommon


@tagged("post_install", "-at_install")
class TestClientChange(TourDocumentCommon, MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.new_consignee = cls.env["res.partner"].create(
            {
                "name": "Perm branch",
                "parent_id": cls.other_client.id,
                "type": "consignee",
            }
        )
        cls.vouchers = cls._make("voucher")
        cls.invoice = cls._make("invoice")
        cls.requests = cls._make("supplier_request")

    def _change_client(self):
        self.order.with_user(self.manager).write({"partner_id": self.other_client.id})
        return self.order.document_ids

    def _get_note(self):
        return str(self.order.message_ids.sorted("id")[-1].body)

    def test_unlocked_are_made_anew(self):
        old = self.vouchers | self.invoice
        files = old.sudo().current_version_id.attachment_id
        documents = self._change_client()
        self.assertFalse(old.exists())
        self.assertFalse(files.exists())
        new = documents - self.requests
        self.assertEqual(sorted(new.mapped("kind")), ["invoice", "voucher", "voucher"])
        self.assertEqual(new.partner_id, self.other_client)
        self.assertEqual(set(new.mapped("version_number")), {1})
        invoice = new.filtered(lambda document: document.kind == "invoice")
        text = self._read(invoice)
        self.assertIn("Other client", text)
        self.assertIn("Perm branch", text)
        self.assertNotIn("Surgut branch", text)
        self.assertNotIn("Клиент-Энерго", text)

    def test_requests_to_suppliers_stay(self):
        self.assertEqual(self._change_client() & self.requests, self.requests)

    def test_sent_ones_are_put_away(self):
        self.invoice._write_own({"sent_on": "2026-01-01"})
        documents = self._change_client()
        self.assertTrue(self.invoice.exists())
        self.assertFalse(self.invoice.active)
        self.assertEqual(self.invoice.partner_id, self.client)
        invoice = documents.filtered(lambda document: document.kind == "invoice")
        self.assertEqual(invoice.number, f"{self.order.name}-2")
        self.assertIn(self.invoice.display_name, self._get_note())

    def test_one_locked_keeps_all(self):
        self.invoice.action_lock()
        before = self.order.document_ids
        old_file = self.invoice.sudo().current_version_id.attachment_id.raw
        self.assertEqual(self._change_client(), before)
        self.assertEqual((self.vouchers | self.invoice).partner_id, self.client)
        for document in self.vouchers | self.invoice:
            self.assertEqual(document.version_number, 2)
            text = self._read(document)
            self.assertIn("Perm branch", text)
            self.assertNotIn("Surgut branch", text)
        self.assertIn("Клиент-Энерго", self._read(self.invoice))
        self.assertTrue(self.invoice.locked)
        # What it was locked as is there still.
        first = self.invoice.sudo().version_ids.filtered(lambda v: v.number == 1)
        self.assertEqual(first.attachment_id.raw, old_file)

    def test_locked_file_that_says_something_else_is_left_alone(self):
        """Drawn anew it would change in more than its consignee."""
        self.invoice.action_lock()
        self.stay.price_unit = 20000.0
        self._change_client()
        self.assertEqual(self.invoice.version_number, 1)
        self.assertIn("Surgut branch", self._read(self.invoice))
        self.assertIn("was left alone", self._get_note())

    def test_old_papers_are_not_shown_to_the_new_client(self):
        """Neither those that stay nor their files."""
        self.invoice.action_lock()
        self.invoice.action_open_to_client()
        self._change_client()
        self.order.client_user_id = self.other_user
        documents = self.env["tour.document"].with_user(self.other_user)
        self.assertFalse(documents.search([("order_id", "=", self.order.id)]))

    def test_nothing_of_the_old_client_stays_on_the_booking(self):
        self._change_client()
        self.assertRecordValues(
            self.order,
            [{"client_user_id": False, "consignee_id": self.new_consignee.id}],
        )

    def test_given_consignee_and_user_are_taken(self):
        second = self.new_consignee.copy({"name": "Tyumen branch"})
        self.order.write(
            {
                "partner_id": self.other_client.id,
                "consignee_id": second.id,
                "client_user_id": self.other_user.id,
            }
        )
        self.assertRecordValues(
            self.order,
            [{"client_user_id": self.other_user.id, "consignee_id": second.id}],
        )
        self.assertIn("Tyumen branch", self._get_note())

    def test_new_client_without_consignees(self):
        self.new_consignee.unlink()
        self._change_client()
        self.assertFalse(self.order.consignee_id)

    def test_what_cannot_be_made_is_told(self):
        self._move_to(self.order, "cancelled")
        documents = self._change_client()
        self.assertEqual(
            (documents - self.requests).mapped("kind"), ["invoice"], "no voucher"
        )
        self.assertIn("does not take place", self._get_note())

    def test_user_is_told_either_way(self):
        for locked, words in (
            (False, "New documents were made"),
            (True, "only their consignee changed"),
        ):
            order = self._create_booking()
            invoice = self._make("invoice", order)
            invoice.locked = locked
            self._reset_bus()
            order.with_user(self.manager).partner_id = self.other_client
            # What goes over the bus is written when the transaction ends.
            self.env.cr.precommit.run()
            pop_up = self.env["bus.bus"].search(
                [("message", "like", "simple_notification")], order="id desc", limit=1
            )
            self.assertIn(words, pop_up.message)
            self.assertIn(words, str(order.message_ids.sorted("id")[-1].body))
            note = order.message_ids.sorted("id")[-1]
            self.assertTrue(note.subtype_id.internal)
            self.assertEqual(note.author_id, self.manager.partner_id)

    def test_same_client_written_again_changes_nothing(self):
        before = self.order.document_ids
        messages = self.order.message_ids
        self.order.write({"partner_id": self.client.id})
        self.assertEqual(self.order.document_ids, before)
        self.assertEqual(self.order.message_ids, messages)

    def test_booking_without_papers(self):
        order = self._create_booking()
        messages = order.message_ids
        order.partner_id = self.other_client
        self.assertEqual(order.message_ids, messages)

    def test_all_or_nothing(self):
        """What fails in the middle leaves client and papers as they were."""
        template = self.invoice.template_id
        self.patch(type(self.order), "_make_documents", lambda *args: 1 / 0)
        with self.assertRaises(ZeroDivisionError), self.cr.savepoint():
            self.order.partner_id = self.other_client
        self.env.invalidate_all()
        self.assertEqual(self.order.partner_id, self.client)
        self.assertEqual(self.invoice.exists().template_id, template)
