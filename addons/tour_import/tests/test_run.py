import io

import openpyxl

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .common import ImportCommon
from .test_engine_files import make_csv, make_xlsx

CLIENTS = [["name", "kind"], *([f"Client {n}", "agent"] for n in range(25))]


@tagged("post_install", "-at_install")
class TestRun(ImportCommon):
    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("tour_import.ir_cron_run_imports").method_direct_trigger()
        self.env.invalidate_all()

    def _checked(self, kind="client", rows=CLIENTS, **values):
        record = self._create_import(kind, rows, **values)
        record.action_read()
        record.action_check()
        return record

    # === Steps === #

    def test_steps(self):
        record = self._create_import("client", CLIENTS)
        self.assertEqual(record.state, "draft")
        record.action_read()
        self.assertEqual(record.state, "mapping")
        self.assertEqual(
            record.column_ids.mapped("field_id.name"), ["name", "client_kind"]
        )
        self.assertEqual(record.column_ids[0].samples, "Client 0 · Client 1 · Client 2")
        self.assertEqual(record.format_found, "UTF-8, delimiter: Semicolon ;")
        record.action_check()
        self.assertEqual(record.state, "checked")
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Client 1")]))
        record.action_run()
        self.assertEqual(record.state, "running")
        self._run_cron()
        self.assertEqual(record.state, "done")
        self.assertCounts(record, made=25)
        self.assertEqual(record.progress_percent, 100)
        self.assertEqual(
            self.env["res.partner"].search_count([("name", "=like", "Client %")]), 25
        )

    def test_dry_run_writes_nothing(self):
        tables = ("sale.order", "res.partner", "tour.hotel", "tour.room", "tour.city")
        tables += ("tour.import.key",)
        before = [self.env[table].search_count([]) for table in tables]
        record = self._checked("booking", self._hotel_rows({"agent": "1"}, {}))
        self.assertEqual(record.to_make_count, 2)
        after = [self.env[table].search_count([]) for table in tables]
        self.assertEqual(after, before)

    def test_back(self):
        record = self._checked()
        record.action_back()
        self.assertEqual((record.state, record.row_count), ("mapping", 0))
        record.action_back()
        self.assertEqual(record.state, "draft")

    def test_stop_and_go_on(self):
        """Chunks that are done stay, and none is done twice."""
        self.patch(self.env.registry["tour.import"], "_get_chunk_size", lambda s, p: 10)
        record = self._checked()
        record.action_run()
        record.action_stop()
        self._run_cron()
        self.assertEqual(record.state, "stopped")
        self.assertCounts(record, made=10)
        self.assertEqual(record.progress_percent, 40)
        record.action_resume()
        self._run_cron()
        self.assertEqual(record.state, "done")
        self.assertCounts(record, made=25)

    def test_two_of_each_button(self):
        record = self._checked()
        record.action_run()
        with self.assertRaisesRegex(UserError, "meanwhile"):
            record.action_run()
        self._run_cron()
        self._run_cron()
        self.assertCounts(record, made=25)
        with self.assertRaises(UserError):
            record.action_run()

    def test_import_again(self):
        record = self._checked()
        record.action_run()
        self._run_cron()
        copy = self.env["tour.import"].browse(record.action_run_again()["res_id"])
        self.assertEqual(copy.state, "mapping")
        copy.with_user(self.head).action_check()
        self.assertEqual((copy.to_make_count, copy.to_merge_count), (0, 25))

    def test_rights_of_who_pressed(self):
        """Rights that were lost since stop the import; nothing is made with others'."""
        record = self._checked()
        record.action_run()
        self.head.group_ids = self.env.ref("tour_partner.tour_group_staff")
        with self.assertLogs(
            "odoo.addons.tour_import.models.tour_import_run", "WARNING"
        ):
            self._run_cron()
        self.assertEqual(record.sudo().state, "stopped")
        self.assertTrue(record.sudo().last_error)
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Client 1")]))

    # === Mapping === #

    def test_missing_columns(self):
        record = self._create_import("booking", [["Hotel", "Zzz"], ["Alpina", "1"]])
        record.action_read()
        self.assertIn("Arrival", record.mapping_hint)
        with self.assertRaisesRegex(UserError, "Still needed: Client"):
            record.action_check()
        self.assertEqual(record.state, "mapping")

    def test_duplicate_headers(self):
        rows = [["name", "phone", "Phone"], ["Client", "1", "2"]]
        record = self._create_import("client", rows)
        record.action_read()
        self.assertEqual(record.column_ids.mapped("is_duplicate"), [False, True, True])
        self.assertEqual(record.column_ids.field_id.mapped("name"), ["name"])
        phone = self.env["tour.import.field"]._get_by_name("client")["phone"]
        record.column_ids[1:].field_id = phone
        with self.assertRaisesRegex(UserError, "several columns: B “phone”, C “Phone”"):
            record.action_check()
        record.column_ids[1].field_id = False
        record.action_check()
        self.assertEqual(record.state, "checked")

    def test_profile(self):
        """A mapping that was saved is found by the headers of the next file."""
        rows = [["Wer", "Wo"], ["Client X", "Rome"]]
        record = self._create_import("client", rows, decimal_sign=",")
        record.action_read()
        self.assertFalse(record.column_ids.field_id)
        fields = self.env["tour.import.field"]._get_by_name("client")
        record.column_ids[0].field_id = fields["name"]
        record.column_ids[1].field_id = fields["city"]
        record.action_save_profile()
        self.assertEqual(record.profile_id.decimal_sign, ",")
        self.assertEqual(record.profile_id.company_id, self.env.company)
        other = self._create_import("booking", [["wo", "WER"], ["Rome", "Client Y"]])
        other.action_read()
        self.assertEqual(other.profile_id, record.profile_id)
        self.assertEqual(other.kind, "client")
        self.assertEqual(other.decimal_sign, ",")
        self.assertEqual(other.column_ids.mapped("field_id.name"), ["city", "name"])

    # === Bad files === #

    def assertRefusedFile(self, content, pattern, **values):
        record = self._create_import("client", content, **values)
        with self.assertRaisesRegex(UserError, pattern):
            record.action_read()
        self.assertEqual(record.state, "draft")
        self.assertFalse(record.column_ids)

    def test_bad_files(self):
        self.assertRefusedFile("имя\nПётр".encode("koi8-r"), "Choose the encoding")
        self.assertRefusedFile(b"name\n\xff\xfe", "encoding")
        self.assertRefusedFile(b"%PDF-1.7", "save it as XLSX or CSV")
        self.assertRefusedFile(b"\n \n", "no rows")
        self.assertRefusedFile(
            make_xlsx([["name"], ["x"]]), "no sheet “Nope”", sheet_name="Nope"
        )

    def test_empty_file(self):
        record = self._create_import("client", b"")
        with self.assertRaisesRegex(UserError, "Choose a file first"):
            record.action_read()

    def test_too_big(self):
        """Refused before it is saved."""
        self.env["ir.config_parameter"].set_param("tour_import.max_megabytes", "1")
        before = self.env["ir.attachment"].search_count([])
        with self.assertRaisesRegex(UserError, "at most 1 MB"):
            self._create_import("client", b"0" * (1024 * 1024 + 100))
        self.assertEqual(self.env["ir.attachment"].search_count([]), before)

    def test_too_many_rows(self):
        self.env["ir.config_parameter"].set_param("tour_import.max_rows", "10")
        record = self._create_import("client", CLIENTS)
        record.action_read()
        with self.assertRaisesRegex(UserError, "more than 10 rows"):
            record.action_check()

    def test_broken_rows(self):
        content = (
            make_csv(CLIENTS) + b'"x"y;agent\r\n1;2;3;4\r\n"never ends;1\r\nZ;agent'
        )
        record = self._checked(rows=content)
        self.assertFaults(
            record,
            (27, "", '"x"y;agent', "broken_row"),
            (28, "", "3", "too_many_cells"),
            (29, "", '"never ends;1', "open_quote"),
        )
        self.assertEqual((record.row_count, record.to_make_count), (29, 26))

    def test_formula(self):
        content = make_xlsx(
            [["name", "phone"], ["Client F", "=1+1"], ["Client G", "1"]]
        )
        record = self._checked(rows=content)
        self.assertFaults(record, (2, "phone", "=1+1", "formula_without_value"))

    # === Report === #

    def test_refused_rows_come_back(self):
        """As text: what looks like a formula stays text."""
        rows = [["name", "email"], ["Good", "a@b.example"], ["=cmd()", "no mail"]]
        record = self._checked(rows=rows)
        book = openpyxl.load_workbook(io.BytesIO(record._make_refused_file()))
        found = [[cell.value for cell in row] for row in book.active.iter_rows()]
        self.assertEqual(found[0], ["name", "email", "Row", "What is wrong", "Way out"])
        self.assertEqual(found[1][:3], ["=cmd()", "no mail", "3"])
        self.assertEqual(book.active["A2"].data_type, "s")
        self.assertIn("email: Not an e-mail address.", found[1][3])
        self.assertEqual(len(found), 2)

    def test_faults_are_capped_and_counted(self):
        self.patch(self.env.registry["tour.import"], "_get_max_faults", lambda s: 3)
        rows = [["name", "email"], *([f"C{n}", "bad"] for n in range(9))]
        record = self._checked(rows=rows)
        self.assertEqual(len(record.fault_ids), 3)
        self.assertEqual(record.fault_count, 9)
        self.assertEqual(record.to_refuse_count, 9)

    def test_messages_in_the_language_of_the_importer(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.env["ir.module.module"]._load_module_terms(["tour_import"], ["ru_RU"])
        rows = [["name", "email"], ["C", "bad"]]
        record = self._create_import("client", rows).with_context(lang="ru_RU")
        record.action_read()
        record.action_check()
        self.assertRegex(record.fault_ids.message, "[а-я]")


@tagged("post_install", "-at_install")
class TestDownload(HttpCase, ImportCommon):
    def test_download(self):
        rows = [["name", "email"], ["C", "bad"]]
        record = self._create_import("client", rows)
        record.action_read()
        record.action_check()
        url = f"/tour_import/{record.id}/refused_rows.xlsx"
        for user, status in (
            (None, 303),
            (self.head, 200),
            (self.manager, 404),
            (self.accountant, 404),
            # The import of clients is none of a hotel editor's.
            (self.hotel_editor, 404),
        ):
            with self.subTest(user=user and user.login):
                login = user and user.login
                self.authenticate(login, login)
                answer = self.url_open(url, allow_redirects=False)
                self.assertEqual(answer.status_code, status)
        self.authenticate(self.head.login, self.head.login)
        self.assertEqual(
            self.url_open("/tour_import/99999999/refused_rows.xlsx").status_code, 404
        )
