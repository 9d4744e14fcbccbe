"""Who may do what with documents, by role."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import TourDocumentCommon


@tagged("post_install", "-at_install")
class TestAccess(TourDocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls._make("invoice")
        cls.foreign = cls._make(
            "invoice", order=cls._create_booking(user_id=cls.users["manager_all"].id)
        )
        cls.free = cls._make("invoice", order=cls._create_booking(user_id=False))
        cls.all = cls.document | cls.foreign | cls.free

    def _seen_by(self, user):
        return (
            self.env["tour.document"]
            .with_user(user)
            .search([("id", "in", self.all.ids)])
            .sudo()
        )

    def _can(self, user, operation, document=None):
        document = document or self.document
        return document.with_user(user).has_access(operation)

    def test_manager_of_own_bookings(self):
        user = self.users["manager_own"]
        self.assertEqual(self._seen_by(user), self.document | self.free)
        self.assertTrue(self._can(user, "write"))
        self.assertFalse(self._can(user, "unlink"))
        self.assertFalse(self._can(user, "read", self.foreign))
        with self.assertRaises(AccessError):
            self.foreign.with_user(user).action_print()

    def test_manager_makes_no_document_of_a_foreign_booking(self):
        user = self.users["manager_own"]
        with self.assertRaises(AccessError):
            self.foreign.order_id.with_user(user)._make_documents("booking_sheet")
        with self.assertRaises(AccessError):
            self.env["tour.document"].with_user(user).create(
                {"order_id": self.foreign.order_id.id, "kind": "booking_sheet"}
            )

    def test_manager_of_all_bookings(self):
        user = self.users["manager_all"]
        self.assertEqual(self._seen_by(user), self.all)
        self.assertTrue(self._can(user, "write", self.document))
        self.assertFalse(self._can(user, "unlink"))

    def test_head_deletes(self):
        self.assertTrue(self._can(self.users["head"], "unlink"))
        self.document.with_user(self.users["head"]).unlink()
        self.assertFalse(self.document.exists())

    def test_accountant(self):
        user = self.users["accountant"]
        self.assertEqual(self._seen_by(user), self.all)
        self.assertTrue(self._can(user, "write"))
        self.assertFalse(self._can(user, "unlink"))
        self.document.order_id.with_user(user)._make_documents("booking_sheet")

    def test_director_reads(self):
        user = self.users["director"]
        self.assertEqual(self._seen_by(user), self.all)
        self.assertFalse(self._can(user, "write"))
        with self.assertRaises(AccessError):
            self.document.order_id.with_user(user)._make_documents("booking_sheet")
        self.document.action_lock()
        self.assertTrue(self.document.with_user(user).action_print())

    def test_hotel_editor_has_none(self):
        self.assertFalse(self._can(self.users["hotel_editor"], "read"))

    def test_admin(self):
        user = self.users["admin"]
        self.assertEqual(self._seen_by(user), self.all)
        self.assertTrue(self._can(user, "unlink"))

    def test_versions_are_nobodys_to_write(self):
        version = self.document.current_version_id
        for role, user in self.users.items():
            as_user = version.with_user(user)
            for operation in ("write", "create", "unlink"):
                self.assertFalse(as_user.has_access(operation), role)
            attachment = version.attachment_id.with_user(user)
            with self.assertRaises(AccessError, msg=role):
                attachment.write({"raw": b"x"})
            with self.assertRaises(AccessError, msg=role):
                attachment.unlink()

    def test_manager_reads_no_foreign_version(self):
        user = self.users["manager_own"]
        version = self.foreign.current_version_id.with_user(user)
        self.assertFalse(version.has_access("read"))
        self.assertFalse(
            version.sudo().attachment_id.with_user(user).has_access("read")
        )
        self.assertTrue(
            self.document.current_version_id.attachment_id.with_user(user).has_access(
                "read"
            )
        )

    def test_versions_and_numbers_are_no_defaults(self):
        """With a foreign version as default its file would be read, and published."""
        documents = self.env["tour.document"].with_user(self.users["manager_own"])
        document = documents.with_context(
            default_current_version_id=self.foreign.current_version_id.id,
            default_number="FORGED",
            default_copy_number=77,
            default_sent_on="2026-01-01 10:00:00",
        ).create({"order_id": self.order.id, "kind": "booking_sheet"})
        self.assertRecordValues(
            document.sudo(),
            [
                {
                    "current_version_id": False,
                    "number": self.order.name,
                    "copy_number": 1,
                    "sent_on": False,
                }
            ],
        )

    def test_templates_are_for_heads(self):
        template = self.document.template_id
        for role, user in self.users.items():
            as_user = template.with_user(user)
            self.assertTrue(as_user.has_access("read"), role)
            self.assertEqual(
                as_user.has_access("write"), role in ("head", "admin"), role
            )

    # Clients

    def test_client_sees_what_is_open_to_him(self):
        self.assertFalse(self._seen_by(self.client_user))
        self.document.action_open_to_client()
        self.assertEqual(self._seen_by(self.client_user), self.document)
        for operation in ("write", "create", "unlink"):
            self.assertFalse(self._can(self.client_user, operation))

    def test_client_sees_what_is_done(self):
        sheet = self._make("booking_sheet")
        request = self._make("supplier_request")
        self._move_to(self.order, "done")
        self.assertEqual(self._seen_by(self.client_user), self.document)
        for document in sheet | request:
            self.assertFalse(self._can(self.client_user, "read", document))

    def test_client_keeps_no_voucher_of_what_does_not_take_place(self):
        voucher = self._make("voucher").filtered(lambda d: d.line_id == self.stay)
        (voucher | self.document).action_open_to_client()
        self.order.with_user(self.manager).action_move_to("cancelled", "Illness")
        self.assertEqual(voucher.access, "staff")
        self.assertFalse(self._can(self.client_user, "read", voucher))
        # What he owes he still sees.
        self.assertTrue(self._can(self.client_user, "read", self.document))

    def test_client_reads_no_versions_and_templates(self):
        self.document.action_open_to_client()
        version = self.document.current_version_id
        for record in (version, self.document.template_id, version.attachment_id):
            self.assertFalse(record.with_user(self.client_user).has_access("read"))

    def test_client_reads_no_fields_of_staff(self):
        self.document.action_open_to_client()
        document = self.document.with_user(self.client_user)
        for name in ("version_ids", "current_version_id", "pdf_file", "is_outdated"):
            with self.assertRaises(AccessError, msg=name):
                document.read([name])

    def test_client_of_others_sees_nothing(self):
        self.document.action_open_to_client()
        self.assertFalse(self._seen_by(self.other_user))
        self.assertFalse(self._can(self.other_user, "read"))

    def test_colleague_sees_nothing_but_a_curator_all(self):
        self.document.action_open_to_client()
        colleague = self._create_client_user("colleague", self.client)
        self.assertFalse(self._seen_by(colleague))
        colleague.is_curator = True
        self.assertEqual(self._seen_by(colleague), self.document)

    def test_client_does_not_see_what_is_archived(self):
        self.document.action_open_to_client()
        self.document.active = False
        self.assertFalse(self._can(self.client_user, "read"))

    def test_client_makes_nothing(self):
        order = self.order.with_user(self.client_user)
        for method in (
            order.action_make_voucher,
            order.action_make_invoice,
            order.action_make_supplier_request,
            order.action_make_booking_sheet,
        ):
            with self.assertRaises(AccessError):
                method()
        self.document.action_open_to_client()
        document = self.document.with_user(self.client_user)
        for method in (
            document.action_lock,
            document.action_send,
            document.action_draw,
            document.action_print,
            document.action_close_to_client,
        ):
            with self.assertRaises(AccessError):
                method()

    def test_other_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Other company"})
        user = new_test_user(
            self.env,
            "elsewhere",
            groups="tour_partner.tour_group_head",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        self.assertFalse(self._seen_by(user))
        version = self.document.current_version_id.with_user(user)
        self.assertFalse(version.has_access("read"))

    # Companies

    def test_documents_of_a_company(self):
        client = self.client.with_user(self.users["manager_own"])
        self.assertEqual(client.tour_document_count, 2)
        found = self.env["tour.document"].search(
            client.action_view_tour_documents()["domain"]
        )
        self.assertEqual(found & self.all, self.all)
        editor = self.client.with_user(self.users["hotel_editor"])
        self.assertEqual(editor.tour_document_count, 0)
