"""Who makes exports, who sees them, and who nothing."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import AccountingCommon

MODELS = (
    "tour.accounting.export",
    "tour.accounting.item",
    "tour.accounting.fault",
    "tour.accounting.tax",
    "tour.accounting.account",
)


@tagged("post_install", "-at_install")
class TestRights(AccountingCommon):
    def _make(self, user, **values):
        wizard = self.env["tour.accounting.make"].with_user(user)
        wizard = wizard.create({"format": "journal_csv", **values})
        return wizard.action_make()["res_id"]

    def test_accountant_and_head_make(self):
        for user in (self.accountant, self.head):
            self._create_move()
            export = self.exports.browse(self._make(user))
            self.exports._cron_export()
            self.assertEqual((export.state, export.user_id), ("done", user))
            mine = export.with_user(user)
            self.assertEqual(mine.item_ids.mapped("act"), ["new"])
            url = mine.action_download()["url"]
            self.assertIn(str(export.attachment_id.id), url)
            self.assertTrue(export.attachment_id.with_user(user).raw)

    def test_director_reads(self):
        self._create_move()
        export = self._export().with_user(self.director)
        self.assertEqual(export.state, "done")
        self.assertTrue(export.item_ids.mapped("number"))
        self.assertTrue(export.action_download()["url"])
        for button in ("action_send", "action_make_afresh", "action_drop"):
            with self.assertRaises(AccessError):
                getattr(export, button)()
        with self.assertRaises(AccessError):
            self._make(self.director)

    def test_managers_see_nothing(self):
        bill = self._create_move()
        export = self._export()
        for user in (self.manager, self.manager_all):
            for model in MODELS:
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([]).read(["id"])
            with self.assertRaises(AccessError):
                self._make(user)
            with self.assertRaises(AccessError):
                export.with_user(user).action_download()
            with self.assertRaises(AccessError):
                export.with_user(user).action_make_afresh()
            with self.assertRaises(AccessError):
                export.attachment_id.with_user(user).read(["datas"])
            with self.assertRaises(AccessError):
                bill.with_user(user).sudo(False).read(["accounting_count"])

    def test_nobody_writes_them(self):
        self._create_move()
        export = self._export()
        for user in (self.accountant, self.head):
            mine = export.with_user(user)
            for record, values in (
                (mine, {"state": "waiting"}),
                (mine.item_ids, {"content_hash": "x"}),
            ):
                with self.assertRaises(AccessError):
                    record.write(values)
                with self.assertRaises(AccessError):
                    record.unlink()
            with self.assertRaises(AccessError):
                mine.create(
                    {
                        "company_id": self.company.id,
                        "format": "journal_csv",
                        "date_to": self.today,
                    }
                )

    def test_no_defaults_of_the_caller(self):
        wizard = self.env["tour.accounting.make"].with_user(self.accountant)
        wizard = wizard.create({"format": "journal_csv"})
        context = {"default_state": "done", "default_auto_on": self.today}
        made = wizard.with_context(**context).action_make()["res_id"]
        export = self.exports.browse(made)
        self.assertEqual((export.state, export.auto_on), ("waiting", False))

    def test_other_companies(self):
        """Neither made for nor read from a company that is not one's own."""
        other = self.env["res.company"].create({"name": "Other"})
        with self.assertRaises(AccessError):
            self._make(self.accountant, company_id=other.id)
        wizard = self.env["tour.accounting.make"].with_user(self.accountant)
        with self.assertRaises(AccessError):
            wizard.new({"company_id": other.id, "format": "journal_csv"}).mapped(
                "preview"
            )
        export = self.exports._start(other, "journal_csv", date_to=self.today)
        seen = self.exports.with_user(self.accountant).search([])
        self.assertNotIn(export, seen)
        with self.assertRaises(AccessError):
            export.with_user(self.accountant).action_drop()

    def test_wizards_of_others(self):
        wizard = self.env["tour.accounting.make"].with_user(self.accountant)
        wizard = wizard.create({"format": "journal_csv"})
        with self.assertRaises(AccessError):
            wizard.with_user(self.head).action_make()

    def test_settings(self):
        Tax = self.env["tour.accounting.tax"]
        values = {"tax_id": self.vat.id, "kind": "general"}
        with self.assertRaises(AccessError):
            Tax.with_user(self.director).create(values)
        self.assertEqual(Tax.with_user(self.head).create(values).rate, 22)
        self.assertEqual(Tax.with_user(self.director).search([]).kind, "general")

    def test_preview(self):
        """Counts and faults before anything is made; nothing is kept of it."""
        bill, second = self._create_move(), self._create_move()
        first = self._export()
        self.assertEqual(first.item_count, 2)
        bill.button_draft()
        bill.invoice_line_ids.price_unit = 7
        bill.action_post()
        second.button_draft()
        self._create_move()
        self._create_move("in_refund")
        wizard = self.env["tour.accounting.make"].with_user(self.accountant)
        wizard = wizard.create({"format": "enterprise_data"})
        data = wizard._get_preview()
        self.assertEqual(data["rows"], [("Supplier bill", [1, 1, 1, 0])])
        self.assertEqual(data["fault_count"], 1)
        self.assertIn("corrects nothing", data["faults"][0])
        self.assertIn("Supplier bill", wizard.preview)
        self.assertEqual(self.items.search_count([("is_last", "=", True)]), 2)
