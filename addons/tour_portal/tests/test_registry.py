from io import BytesIO

from freezegun import freeze_time
from openpyxl import load_workbook

from odoo.fields import Command
from odoo.tests import tagged

from .common import PortalCommon

PATH = "/my/tour/registry"


@tagged("post_install", "-at_install")
class TestPortalRegistry(PortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.period = f"date_from={cls._day(0)}&date_to={cls._day(10)}"

    def _read(self, user=None, query=None):
        answer = self._get(f"{PATH}.xlsx?{query or self.period}", user)
        self.assertEqual(answer.status_code, 200)
        sheet = load_workbook(BytesIO(answer.content)).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
        return [row for row in rows if row[0]], answer

    def _names(self, user=None, query=None):
        rows, _answer = self._read(user, query)
        return [row[0] for row in rows if row[0] != "Total"]

    def test_row_of_a_stay(self):
        order = self._of(
            self.olga,
            self._stay([{"last_name": "Ivanov"}, {"last_name": "Petrov"}]),
            state="done",
            client_order_ref="=1+1",
        )
        (row, total), answer = self._read()
        self.assertEqual(row[:2], [order.name, "=1+1"])
        self.assertEqual(
            row[3:8], ["Accommodation", "Alpina", "Lyon", "Standard", "Ivanov, Petrov"]
        )
        self.assertEqual(row[8].date(), self._day(1))
        self.assertEqual(row[9].date(), self._day(3))
        self.assertEqual(row[10:12], [2, 1])
        self.assertEqual(row[12:16], ["Olga", "Metran", 10000, order.currency_id.name])
        self.assertTrue(row[16])
        self.assertEqual((total[0], total[14]), ("Total", 10000))
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_formulas_are_text(self):
        self._of(
            self.olga,
            self._stay([{"last_name": "=cmd|' /C calc'!A0", "first_name": "@x"}]),
            state="done",
            client_order_ref='=HYPERLINK("http://evil")',
        )
        answer = self._get(f"{PATH}.xlsx?{self.period}")
        sheet = load_workbook(BytesIO(answer.content)).active
        self.assertEqual(sheet.cell(5, 2).data_type, "s")
        self.assertEqual(sheet.cell(5, 8).data_type, "s")
        self.assertIsNone(sheet.cell(5, 2).hyperlink)

    def test_finished_ones_of_the_period(self):
        done, penalty, again = (
            self._of(self.olga, state=state)
            for state in ("done", "cancelled_penalty", "reposting")
        )
        archived = self._of(self.olga, state="archive")
        for state in ("booked", "cancelled", "refused", "new"):
            self._of(self.olga, state=state)
        lost = self._of(self.olga, state="archive")
        lost.state = "cancel"
        late = self._stay(date_from=self._day(9), date_to=self._day(11))
        self._of(self.olga, late, state="done")
        expected = sorted((done | penalty | again | archived).mapped("name"))
        self.assertEqual(sorted(self._names()), expected)

    def test_kinds_of_services(self):
        ride = Command.create(
            {
                "service_type_id": self.transfer.id,
                "route": "Airport – hotel",
                "date_from": self._day(1),
                "price_unit": 500,
            }
        )
        self._of(self.olga, self._stay(), ride, state="done")
        self.assertEqual(len(self._names(query=f"{self.period}&kind=all")), 2)
        self.assertEqual(len(self._names(query=f"{self.period}&kind=accommodation")), 1)
        rows, _answer = self._read(query=f"{self.period}&kind=transfer")
        self.assertEqual(rows[0][4], "Airport – hotel")

    def test_each_gets_his_own(self):
        own = self._of(self.olga, state="done")
        colleague = self._of(self.boris, state="done")
        foreign = self._of(self.eva, state="done")
        self.assertEqual(self._names(), [own.name])
        self.assertEqual(self._names(self.boris), [colleague.name])
        self.assertEqual(
            sorted(self._names(self.curator)), sorted([own.name, colleague.name])
        )
        self.assertEqual(self._names(self.eva), [foreign.name])
        self.assertFalse(self._names(self.vera))

    def test_nothing_inner_is_in_it(self):
        self._of(self.olga, state="done", internal_note="INNER", acquiring_cost=4321)
        _rows, answer = self._read()
        sheet = load_workbook(BytesIO(answer.content)).active
        values = {str(cell.value) for row in sheet.iter_rows() for cell in row}
        self.assertFalse({"INNER", "4321", "Alpina LLC"} & values)

    def test_queries_do_not_grow(self):
        counts = []
        for total in (3, 60):
            orders = self.env["sale.order"].search(
                [("client_user_id", "=", self.olga.id)]
            )
            for _number in range(total - len(orders)):
                self._of(self.olga, self._stay([{"last_name": "X"}]), state="done")
            for _round in ("to warm up", "to count"):
                self.env.flush_all()
                self.env.invalidate_all()
                start = self.cr.sql_log_count
                self.env["sale.order"].with_user(self.olga)._open_tour_registry(
                    self._day(0), self._day(10)
                )
            counts.append(self.cr.sql_log_count - start)
        self.assertEqual(*counts)

    def test_form(self):
        with freeze_time("2026-03-15 10:00:00"):
            page = self._get(PATH).text
        self.assertIn('value="2026-02-01"', page)
        self.assertIn('value="2026-02-28"', page)
        self.assertIn("Your finished bookings", page)
        self.assertIn("of your company", self._get(PATH, self.curator).text)

    def test_faults_name_their_input(self):
        for query, text in (
            ("", "From: enter a day"),
            ("date_from=2026-01-01", "To: enter a day"),
            ("date_from=2026-01-02&date_to=2026-01-01", "To: the period ends before"),
            ("date_from=x%00&date_to=99999-01-01", "From: enter a day"),
            ("date_from[]=2026-01-01", "From: enter a day"),
        ):
            answer = self._get(f"{PATH}.xlsx?{query}")
            self.assertEqual(answer.status_code, 200)
            self.assertIn(text, answer.text)
            self.assertIn('aria-invalid="true"', answer.text)

    def test_who_gets_it(self):
        for path in (PATH, f"{PATH}.xlsx?{self.period}"):
            for user in (self.manager, self.accountant, self.guest):
                self.assertEqual(self._get(path, user).status_code, 404)
            self.authenticate(None, None)
            self.assertIn("/web/login", self.url_open(path).url)
