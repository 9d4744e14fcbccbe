"""Income and expense by article, held against a ledger that was worked out by hand."""

from datetime import date, timedelta
from io import BytesIO

from freezegun import freeze_time
from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.addons.mail.tests.common import mail_new_test_user

from ..engine import periods
from ..models import tour_report_head


@tagged("post_install", "-at_install")
class TestHead(AccountTestInvoicingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        cls.head = cls._create_user("head")
        cls.income = cls._create_account("410001", "Stays", "income")
        cls.transfers = cls._create_account("410002", "Transfers", "income")
        cls.fines = cls._create_account("490001", "Fines", "income_other")
        cls.cost = cls._create_account("510001", "Hotels", "expense_direct_cost")
        cls.rent = cls._create_account("610001", "Rent", "expense")
        cls.bank = cls.company_data["default_account_assets"]
        # May 2026: 900 - 500 - 150; April: 400; May 2025: 600 - 300.
        cls._enter("2026-05-01", cls.income, -1000)
        cls._enter("2026-05-31", cls.income, 100)
        cls._enter("2026-05-15", cls.transfers, -300)
        cls._enter("2026-05-15", cls.cost, 500)
        cls._enter("2026-05-20", cls.rent, 150)
        cls._enter("2026-04-30", cls.income, -400)
        cls._enter("2026-06-01", cls.income, -7000)
        cls._enter("2025-05-10", cls.income, -600)
        cls._enter("2025-05-10", cls.fines, -60)
        cls._enter("2025-05-11", cls.cost, 300)
        cls._enter("2026-05-15", cls.income, -5000, post=False)

    @classmethod
    def _create_user(cls, role):
        return mail_new_test_user(
            cls.env,
            login=f"tour_head_{role}",
            groups=f"tour_partner.tour_group_{role}",
            company_id=cls.company.id,
        )

    @classmethod
    def _create_account(cls, code, name, account_type):
        values = {"code": code, "name": name, "account_type": account_type}
        return cls.env["account.account"].create(values)

    @classmethod
    def _enter(cls, day, account, balance, post=True):
        move = cls.env["account.move"].create(
            {
                "date": day,
                "line_ids": [
                    Command.create({"account_id": account.id, "balance": balance}),
                    Command.create({"account_id": cls.bank.id, "balance": -balance}),
                ],
            }
        )
        if post:
            move.action_post()
        return move

    def _get(self, start="2026-05-01", end="2026-05-31", user=None):
        head = self.env(user=user or self.head)["tour.report.head"]
        return head.get_report("custom", start, end)

    def test_articles_by_section(self):
        report = self._get()
        sections = {section["code"]: section for section in report["sections"]}
        self.assertEqual(
            {code: section["amounts"] for code, section in sections.items()},
            {
                "income": [1200, 400, 600],
                "other_income": [0, 0, 60],
                "cost": [-500, 0, -300],
                "expense": [-150, 0, 0],
            },
        )
        self.assertEqual(
            [
                (row["name"], row["amounts"], row["share"])
                for row in sections["income"]["rows"]
            ],
            [
                ("Stays", [900, 400, 600], 75),
                ("Transfers", [300, 0, 0], 25),
            ],
        )
        # Of the income of 1,200.
        self.assertAlmostEqual(sections["cost"]["share"], -41.667, 3)

    def test_result_and_changes(self):
        result = self._get()["result"]
        self.assertEqual(result["amounts"], [550, 400, 360])
        self.assertEqual(result["changes"], [150, 190])
        self.assertEqual(result["percents"][0], 37.5)
        self.assertAlmostEqual(result["percents"][1], 52.778, 3)

    def test_equals_the_ledger(self):
        """The sums are those of Odoo's own journal items."""
        lines = self.env["account.move.line"].search(
            [
                ("company_id", "=", self.company.id),
                ("parent_state", "=", "posted"),
                ("account_id.internal_group", "in", ("income", "expense")),
                ("date", ">=", "2026-05-01"),
                ("date", "<=", "2026-05-31"),
            ]
        )
        self.assertEqual(
            self._get()["result"]["amounts"][0], -sum(lines.mapped("balance"))
        )

    def test_an_invoice_with_its_credit_note(self):
        before = self._get("2027-03-01", "2027-03-31")["result"]["amounts"][0]
        for move_type, amount in (("out_invoice", 1000), ("out_refund", 200)):
            self.init_invoice(
                move_type, invoice_date="2027-03-10", amounts=[amount], post=True
            )
        after = self._get("2027-03-01", "2027-03-31")["result"]["amounts"][0]
        self.assertEqual(after - before, 800)

    @freeze_time("2028-02-29 12:00:00")
    def test_periods_to_choose(self):
        """On a leap day, a Tuesday."""
        self.company.partner_id.tz = "UTC"
        head = self.env(user=self.head)["tour.report.head"]
        days = {
            "today": ("2028-02-29", "2028-02-29"),
            "yesterday": ("2028-02-28", "2028-02-28"),
            "this_month": ("2028-02-01", "2028-02-29"),
            "last_month": ("2028-01-01", "2028-01-31"),
            "this_quarter": ("2028-01-01", "2028-03-31"),
            "this_year": ("2028-01-01", "2028-12-31"),
            "last_year": ("2027-01-01", "2027-12-31"),
        }
        for preset, (first, last) in days.items():
            with self.subTest(preset):
                self.assertEqual(head.get_report(preset)["periods"][0], [first, last])
        offered = [each["code"] for each in head.get_report()["presets"]]
        self.assertEqual({*offered} - {"this_week", "custom"}, {*days})

    def test_nothing_to_compare_with(self):
        report = self._get("2030-01-01", "2030-01-31")
        self.assertEqual(report["sections"], [])
        self.assertEqual(report["result"]["amounts"], [0, 0, 0])
        self.assertEqual(report["result"]["percents"], [None, None])

    def test_periods_compared(self):
        """Whole months with as many; odd days with as many; February with February."""
        days = [
            tuple(map(str, period))
            for start, end in (
                (date(2026, 1, 1), date(2026, 3, 31)),
                (date(2026, 5, 10), date(2026, 5, 12)),
                (date(2024, 2, 1), date(2024, 2, 29)),
            )
            for period in (
                periods.before(periods.Period(start, end)),
                periods.year_before(periods.Period(start, end)),
            )
        ]
        self.assertEqual(
            days,
            [
                ("2025-10-01", "2025-12-31"),
                ("2025-01-01", "2025-03-31"),
                ("2026-05-07", "2026-05-09"),
                ("2025-05-10", "2025-05-12"),
                ("2024-01-01", "2024-01-31"),
                ("2023-02-01", "2023-02-28"),
            ],
        )
        self.assertIsNone(tour_report_head.get_percent(5, 0))

    def test_another_company_is_left_out(self):
        other = self.setup_other_company()["company"]
        account = self.env["account.account"].search(
            [("account_type", "=", "income"), ("company_ids", "in", other.id)], limit=1
        )
        bank = self.env["account.account"].search(
            [("account_type", "=", "asset_current"), ("company_ids", "in", other.id)],
            limit=1,
        )
        journal = self.env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", other.id)], limit=1
        )
        self.env["account.move"].with_company(other).create(
            {
                "date": "2026-05-15",
                "journal_id": journal.id,
                "line_ids": [
                    Command.create({"account_id": account.id, "balance": -90}),
                    Command.create({"account_id": bank.id, "balance": 90}),
                ],
            }
        ).action_post()
        self.assertEqual(self._get()["result"]["amounts"][0], 550)
        rows = self.env(user=self.head)["tour.report.article"].search([])
        self.assertEqual(rows.company_id, self.company)

    def test_each_figure_opens_its_entries(self):
        head = self.env(user=self.head)["tour.report.head"]
        days = ("2026-05-01", "2026-05-31")
        for section, account, amount in (
            (False, False, 550),
            ("income", False, 1200),
            ("income", self.income.id, 900),
            ("cost", self.cost.id, -500),
        ):
            action = head.get_entries_action(*days, section, account)
            rows = self.env(user=self.head)[action["res_model"]].search(
                action["domain"]
            )
            self.assertEqual(sum(rows.mapped("result")), amount)

    def test_an_entry_that_the_role_may_not_read(self):
        """A head sees the row of a supplier's bill; the bill is not his to open."""
        bill = self.init_invoice(
            "in_invoice", invoice_date="2027-04-10", amounts=[100], post=True
        )
        sale = self.init_invoice(
            "out_invoice", invoice_date="2027-04-10", amounts=[100], post=True
        )
        director = self._create_user("director")
        for user, move, model in (
            (self.head, bill, "tour.report.article"),
            (self.head, sale, "account.move"),
            (director, bill, "account.move"),
        ):
            with self.subTest(user=user.login, entry=move.move_type):
                rows = self.env(user=user)["tour.report.article"]
                row = rows.search([("move_id", "=", move.id)])
                action = row.action_open_entry()
                self.assertEqual(action["res_model"], model)
                opened = self.env(user=user)[model].browse(action["res_id"])
                opened.invalidate_recordset()
                self.assertTrue(opened.read(["display_name", "date"]))
        form = self.env(user=self.head)["tour.report.article"].get_view(
            view_type="form"
        )
        self.assertIn("result", form["arch"])

    def test_bad_section_or_article(self):
        """Whatever is none opens nothing, least of all more than was asked for."""
        head = self.env(user=self.head)["tour.report.head"]
        gone = self._create_account("619999", "Gone", "expense")
        gone_id = gone.id
        gone.unlink()
        for args in (
            ([1], False),
            ({}, False),
            ("x", False),
            (True, False),
            (None, False),
            ("cost", [1]),
            ("cost", "x"),
            ("cost", True),
            ("cost", -1),
            ("cost", 0),
            ("cost", 2**70),
            ("cost", gone_id),
        ):
            with self.subTest(args), self.assertRaises(UserError) as refused:
                head.get_entries_action("2026-05-01", "2026-05-31", *args)
            self.assertNotIsInstance(refused.exception, AccessError)

    def test_roles(self):
        for role in ("director", "accountant"):
            user = self._create_user(role)
            self.assertEqual(self._get(user=user)["result"]["amounts"][0], 550)
        portal = mail_new_test_user(
            self.env, login="tour_head_portal", groups="base.group_portal"
        )
        others = [self._create_user(role) for role in ("manager_all", "hotel_editor")]
        for user in (*others, portal):
            head = self.env(user=user)["tour.report.head"]
            with self.assertRaises(AccessError):
                head.get_report()
            with self.assertRaises(AccessError):
                head.make_file()
            with self.assertRaises(AccessError):
                head.get_entries_action("2026-05-01", "2026-05-31")
            with self.assertRaises(AccessError):
                self.env(user=user)["tour.report.article"].search([])

    def test_bad_parameters(self):
        head = self.env(user=self.head)["tour.report.head"]
        for args in (
            ("custom", "2026-05-31", "2026-05-01"),
            ("custom", "x", "2026-05-01"),
            ("custom", None, 5),
            ("someday", False, False),
            (["custom"], "2026-05-01", "2026-05-31"),
        ):
            with self.subTest(args), self.assertRaises(UserError):
                head.get_report(*args)

    def test_as_xlsx(self):
        head = self.env(user=self.head)["tour.report.head"]
        head.make_file("custom", "2026-05-01", "2026-05-31")
        run = self.env["tour.report.run"].sudo().search([], limit=1)
        self.assertEqual((run.report, run.state, run.row_count), ("head", "done", 5))
        content = BytesIO(run.attachment_id.raw)
        values = load_workbook(content, data_only=True)["Income and expense"]
        rows = list(values.values)
        self.assertEqual(
            rows[-6], ("Income", "Stays", 900, 75, 400, 500, 125, 600, 300, 50)
        )
        self.assertEqual(rows[-1][2], 550)
        self.assertEqual(rows[-1][4], 400)
        self.assertEqual(rows[-1][7], 360)
        formulas = load_workbook(content)["Income and expense"]
        last = formulas.max_row
        self.assertEqual(
            formulas.cell(last, 3).value, f"=SUBTOTAL(109,C{last - 5}:C{last - 1})"
        )

    def test_overdue(self):
        self.company.partner_id.tz = "UTC"
        order = (
            self.env["sale.order"]
            .sudo()
            .create(
                {
                    "is_tour_booking": True,
                    "partner_id": self.partner_a.id,
                    "user_id": self.head.id,
                }
            )
        )
        today = self.company._get_report_today()
        self.env["tour.checklist.item"].sudo().create(
            [
                {"name": "Call the hotel", "order_id": order.id, "deadline": deadline}
                for deadline in ("2026-01-01", today - timedelta(days=1), today)
            ]
        )
        overdue = self._get()["overdue"]
        rows = self.env(user=self.head)["tour.today"]
        # What is due today is not late yet.
        self.assertEqual({row["kind"]: row["count"] for row in overdue}["task"], 2)
        for row in overdue:
            self.assertEqual(
                rows.search_count(row["action"]["domain"]), row["count"], row["kind"]
            )

    def test_queries(self):
        """The role, three sums, the accounts' names, what is overdue: 12 at most,
        however many articles there are."""
        self._get()

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._get()
            return self.cr.sql_log_count - before

        few = count()
        for number in range(5):
            account = self._create_account(f"99900{number}", f"X{number}", "expense")
            self._enter("2026-05-15", account, 10)
        self.assertEqual(count(), few)
