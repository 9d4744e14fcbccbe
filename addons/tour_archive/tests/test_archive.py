"""Who of the staff sees and changes what, by folder and by file."""

from base64 import b64encode

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PRICES, SECRET, ArchiveCommon


@tagged("post_install", "-at_install")
class TestArchive(ArchiveCommon):
    def test_rights_come_from_above(self):
        inner = self._create_folder("2026", parent_id=self.open_folder.id)
        file = self._create_file("inner.pdf", PRICES, inner)
        self.assertEqual(inner.rights_id, self.open_folder)
        self.assertTrue(self._sees(self.client_user, file))
        self.assertFalse(self._sees(self.other_user, file))
        # A folder with rights of its own shuts the branch below it.
        inner.own_rights = True
        self.assertFalse(self._sees(self.client_user, file))
        inner.write({"own_rights": False, "parent_id": self.staff_folder.id})
        self.assertEqual(inner.rights_id, self.staff_folder)
        self.assertFalse(self._sees(self.client_user, file))

    def test_staff_see_by_role(self):
        director, head = self.users["director"], self.users["head"]
        self.assertTrue(self._sees(self.manager, self.prices))
        for record in (self.salaries, self.secret_folder, self.salaries.version_ids):
            self.assertFalse(self._sees(self.manager, record))
            self.assertFalse(self._sees(head, record))
            self.assertTrue(self._sees(director, record))
            self.assertTrue(self._sees(self.users["admin"], record))

    def test_file_has_rights_of_its_own(self):
        self.prices.write({"own_rights": True, "client_ids": self.other.ids})
        self.assertFalse(self._sees(self.client_user, self.prices))
        self.assertTrue(self._sees(self.other_user, self.prices))
        self.prices.reader_role_ids = self.directors
        self.assertFalse(self._sees(self.manager, self.prices))

    def test_clients_of_a_group_and_all(self):
        self.staff_folder.client_group_ids = self.group
        file = self._create_file("plan.txt", b"plan", self.staff_folder)
        self.assertFalse(self._sees(self.client_user, file))
        self.client.company_group_id = self.group
        self.assertTrue(self._sees(self.client_user, file))
        self.client.company_group_id = False
        self.assertFalse(self._sees(self.client_user, file))
        self.staff_folder.for_all_clients = True
        self.assertTrue(self._sees(self.other_user, file))

    def test_client_without_group_sees_nothing_by_it(self):
        """No group is no match for files that are open to no group."""
        self.assertFalse(self.other.company_group_id)
        self.assertFalse(self._sees(self.other_user, self.prices))
        self.assertFalse(self._sees(self.other_user, self.open_folder))

    def test_archived_file_is_not_for_clients(self):
        self.prices.active = False
        self.assertFalse(self.prices.with_user(self.client_user).has_access("read"))

    def test_clients_read_no_rights(self):
        """Not which other clients there are, nor the folders above."""
        names = ("client_ids", "client_group_ids", "folder_id", "version_ids")
        for name in (*names, "reader_role_ids", "client_summary", "upload"):
            with self.assertRaises(AccessError):
                self.prices.with_user(self.client_user).read([name])
        values = self.prices.with_user(self.client_user).read()[0]
        self.assertFalse(values.keys() & set(names))
        for name in ("client_ids", "parent_id", "rights_id"):
            with self.assertRaises(AccessError):
                self.open_folder.with_user(self.client_user).read([name])
        for record in (self.prices, self.open_folder):
            with self.assertRaises(AccessError):
                record.with_user(self.client_user).write({"name": "x"})

    def test_managers_change_where_they_may(self):
        self.prices.with_user(self.manager).write(
            {"upload": b64encode(SECRET), "upload_name": "prices.pdf"}
        )
        self.assertEqual(self.prices.version_ids.mapped("number"), [2, 1])
        files = self.env["tour.archive.file"].with_user(self.manager)
        files.create({"name": "New", "folder_id": self.open_folder.id})
        for folder in (self.staff_folder, self.secret_folder):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                files.create({"name": "New", "folder_id": folder.id})
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.prices.with_user(self.manager).folder_id = folder

    def test_own_rights_open_no_closed_folder(self):
        """Who may not put files into a folder can't by giving the file rights."""
        files = self.env["tour.archive.file"].with_user(self.manager)
        with self.assertRaises(AccessError):
            files.create(
                {
                    "name": "New",
                    "folder_id": self.staff_folder.id,
                    "own_rights": True,
                    "writer_role_ids": self.managers.ids,
                }
            )

    def test_folders_one_may_not_read_are_not_named(self):
        """Not even to who tries their ids, whatever rights he gives his file."""
        own = {"own_rights": True, "writer_role_ids": self.managers.ids}
        files = self.env["tour.archive.file"].with_user(self.manager)
        with self.assertRaisesRegex(AccessError, "may not put") as caught:
            files.create({"name": "x", "folder_id": self.secret_folder.id, **own})
        self.assertNotIn("Salaries", str(caught.exception))
        self.prices.write(own)
        with self.assertRaisesRegex(AccessError, "may not put") as caught:
            self.prices.with_user(self.manager).folder_id = self.secret_folder
        self.assertNotIn("Salaries", str(caught.exception))
        with self.assertRaisesRegex(AccessError, "Instructions"):
            self.prices.with_user(self.manager).folder_id = self.staff_folder

    def test_no_way_to_the_files_of_others_by_their_folder(self):
        """Links to a file or a folder are not taken from its own rights."""
        folder = self.open_folder.with_user(self.users["head"])
        for vals in (
            {"file_ids": [Command.link(self.salaries.id)]},
            {"child_ids": [Command.link(self.secret_folder.id)]},
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                folder.write(vals)
        for vals in (
            {"version_ids": [Command.delete(self.prices.version_ids.id)]},
            {"version_ids": [Command.create({"number": 9, "sha256": "0"})]},
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.prices.with_user(self.manager).write(vals)

    def test_no_file_is_public_by_the_callers_context(self):
        """Nor has it a token that he knows."""
        self.prices.with_user(self.manager).with_context(
            default_public=True, default_access_token="known", default_sha256="0"
        ).write({"upload": b64encode(SECRET), "upload_name": "prices.pdf"})
        version = self.prices.version_ids.sorted("number")[-1]
        self.assertEqual(version.number, 2)
        self.assertFalse(version.attachment_id.public)
        self.assertFalse(version.attachment_id.access_token)
        self.assertEqual(version.attachment_id.raw, SECRET)

    def test_readers_do_not_change(self):
        with self.assertRaises(AccessError):
            self.prices.with_user(self.users["accountant"]).write({"name": "x"})
        with self.assertRaises(AccessError):
            self.open_folder.with_user(self.manager).write({"client_ids": False})
        for role in ("head", "admin"):
            self.open_folder.with_user(self.users[role]).name = role
            with self.assertRaises(AccessError):
                self.prices.version_ids.with_user(self.users[role]).unlink()

    def test_folders_of_other_companies(self):
        company = self.env["res.company"].create({"name": "Sister"})
        folder = self._create_folder("Sister's", company_id=company.id)
        file = self._create_file("sister.pdf", PRICES, folder)
        for record in (folder, file, file.version_ids):
            self.assertFalse(self._sees(self.manager, record))

    def test_tree(self):
        with self.assertRaises(UserError):
            self.open_folder.parent_id = self.secret_folder
        with self.assertRaises(UserError):
            self.secret_folder.unlink()
        self.assertEqual(self.secret_folder.display_name, "Prices / Salaries")

    def test_deleting_takes_the_files_along(self):
        attachment = self.prices.version_ids.attachment_id
        self.prices.with_user(self.manager).unlink()
        self.assertFalse(attachment.exists())
