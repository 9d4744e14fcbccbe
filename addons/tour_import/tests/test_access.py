from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ImportCommon

CITIES = [["city", "country"], ["Porto", "PT"]]
CLIENTS = [["name"], ["Client A"]]


@tagged("post_install", "-at_install")
class TestAccess(ImportCommon):
    def test_roles(self):
        """Heads import all, hotel editors what they look after, others nothing."""
        for user, kinds in (
            (self.head, ("city", "client", "hotel", "room", "booking")),
            (self.hotel_editor, ("city", "hotel", "room")),
            (self.manager, ()),
            (self.manager_all, ()),
            (self.accountant, ()),
        ):
            for kind in ("city", "client", "hotel", "room", "booking"):
                with self.subTest(user=user.login, kind=kind):
                    if kind in kinds:
                        self._create_import(kind, CITIES, user)
                    else:
                        with self.assertRaises(AccessError):
                            self._create_import(kind, CITIES, user)

    def test_hotel_editor_sees_his_kinds(self):
        clients = self._create_import("client", CLIENTS)
        cities = self._create_import("city", CITIES)
        clients.action_read()
        clients.action_check()
        env = self.env(user=self.hotel_editor)
        found = env["tour.import"].search([("id", "in", (clients | cities).ids)])
        self.assertEqual(found.ids, cities.ids)
        with self.assertRaises(AccessError):
            clients.with_user(self.hotel_editor).action_check()
        self.assertFalse(
            env["tour.import.column"].search([("import_id", "=", clients.id)])
        )
        self.assertFalse(env["tour.import.profile"].search([("kind", "=", "booking")]))

    def test_a_profile_does_not_widen_rights(self):
        """A file of bookings stays closed to who may not import bookings."""
        record = self._create_import("city", self._hotel_rows({}), self.hotel_editor)
        record.action_read()
        self.assertEqual(record.kind, "city")
        self.assertFalse(record.profile_id)

    def test_guarded_fields(self):
        """Nobody says who an import runs as, or that it was checked."""
        record = self._create_import("city", CITIES, self.hotel_editor)
        for values in (
            {"state": "running"},
            {"user_id": self.env.ref("base.user_admin").id},
            {"company_id": self.env.company.id},
            {"stop_requested": True},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                record.write(values)
            with self.subTest(values), self.assertRaises(AccessError):
                record.with_context(tour_import_gate=True).write(values)
            with self.subTest(values), self.assertRaises(AccessError):
                self._create_import("city", CITIES, self.hotel_editor, **values)

    def test_what_was_checked_is_what_runs(self):
        record = self._create_import("client", CLIENTS)
        record.action_read()
        record.action_check()
        with self.assertRaises(UserError):
            record.file = b"bmFtZQpY"
        record.action_run()
        for values in ({"on_known": "overwrite"}, {"kind": "city"}):
            with self.assertRaises(UserError):
                record.write(values)
        with self.assertRaises(UserError):
            record.column_ids[0].field_id = False
        with self.assertRaises(UserError):
            record.unlink()

    def test_changed_mapping_voids_the_check(self):
        record = self._create_import("client", CLIENTS)
        record.action_read()
        record.action_check()
        record.column_ids[0].field_id = False
        self.assertEqual(record.state, "mapping")
        with self.assertRaises(UserError):
            record.action_run()

    def test_report_is_read_only(self):
        record = self._create_import("client", [["name", "email"], ["A", "bad"]])
        record.action_read()
        record.action_check()
        env = self.env(user=self.head)
        for model in ("tour.import.fault", "tour.import.progress"):
            rows = env[model].search([("import_id", "=", record.id)])
            self.assertTrue(rows)
            with self.assertRaises(AccessError):
                rows.unlink()
            with self.assertRaises(AccessError):
                rows.write({"import_id": record.id})
        with self.assertRaises(AccessError):
            env["tour.import.key"].create(
                {"company_id": 1, "model": "res.users", "key": "x", "res_id": 2}
            )

    def test_other_company(self):
        company = self.env["res.company"].create({"name": "Other"})
        record = self._create_import("client", CLIENTS)
        self.head.write(
            {"company_ids": [(6, 0, company.ids)], "company_id": company.id}
        )
        with self.assertRaises(AccessError):
            record.with_user(self.head).with_company(company).read(["name"])

    def test_importer_without_right_is_told_before_the_first_row(self):
        """A hotel editor may not make sales orders, whatever he is let into."""
        self._import("hotel", [["name", "city"], ["Sea", "Lyon"]], self.hotel_editor)
        record = self._create_import("booking", self._hotel_rows({}))
        record.action_read()
        self.head.group_ids = self.env.ref("tour_partner.tour_group_hotel_editor")
        with self.assertRaises(AccessError):
            record.with_user(self.head).action_check()
