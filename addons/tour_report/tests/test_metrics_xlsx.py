"""The figures of the metrics as a file."""

import json
from io import BytesIO

from openpyxl import load_workbook

from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_metrics import MARCH, MetricCommon

URL = "/tour_report/metrics/xlsx"


@tagged("post_install", "-at_install")
class TestMetricsXlsx(MetricCommon, HttpCase):
    def _write(self, code, user=None, **params):
        file = BytesIO()
        name = self._metrics(user)._write_xlsx(file, code, {**MARCH, **params})
        return name, load_workbook(file)

    def _table(self, book):
        """Cells from the heads down to the totals."""
        rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
        head = next(place for place, row in enumerate(rows) if not any(row)) + 1
        return rows[head:]

    def test_finished(self):
        self._book(10, "done")
        self._book(20, "done")
        name, book = self._write("finished", interval="month")
        self.assertEqual(name, "Finished bookings 2031-03-01 2031-03-31")
        head, row, total = self._table(book)
        self.assertEqual(head[:3], ["From", "To", "Bookings"])
        self.assertEqual(
            [str(day.date()) for day in row[:2]], ["2031-03-01", "2031-03-31"]
        )
        self.assertEqual(row[2:], [2, 20000])
        self.assertEqual(total[0], "Total")
        for formula in total[2:]:
            self.assertTrue(formula.startswith("=SUBTOTAL(109,"), formula)

    def test_a_year_is_named_by_its_days(self):
        self._book(10, "done")
        name, book = self._write("year")
        self.assertEqual(name, "Income and profit of the year 2031-01-01 2031-12-31")
        self.assertEqual(len(self._table(book)), 14)

    def test_by_manager_and_group(self):
        self._book(10, "done")
        for code, label, figure in (
            ("made_by_manager", "Manager", 1),
            ("commission", "Others", 1000),
        ):
            _head, row, _total = self._table(self._write(code)[1])
            self.assertEqual(row, [label, figure])

    def test_a_name_becomes_no_formula(self):
        self.manager.name = "=1+1"
        self._book()
        _head, row, _total = self._table(self._write("made_by_manager")[1])
        self.assertEqual(row, ["=1+1", 1])

    def test_tables(self):
        order = self._book(10)
        order.order_line.commission_percent = 7
        self._force_state(order, "done")
        _head, row, _total = self._table(self._write("doubtful")[1])
        self.assertEqual(row[:2], [order.name, "Metran"])

    def test_nothing(self):
        head, total = self._table(self._write("made_by_manager")[1])
        self.assertEqual((head[1], total[1]), ("Bookings", "=0"))

    def test_rights(self):
        for user, code in (
            (self.manager, "commission"),
            (self.portal, "finished"),
            (self.editor, "doubtful"),
        ):
            with self.assertRaises(AccessError):
                self._write(code, user)

    # === The route === #

    def _post(self, **data):
        data = {"csrf_token": http.Request.csrf_token(self), **data}
        return self.url_open(URL, data=data)

    def test_route(self):
        self._book(10, "done")
        self.authenticate("tour_head", "tour_head")
        answer = self._post(metric="finished", params=json.dumps(MARCH))
        self.assertEqual(answer.status_code, 200)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        load_workbook(BytesIO(answer.content))

    @mute_logger("odoo.http")
    def test_route_refuses(self):
        self.authenticate("tour_manager", "tour_manager")
        for data, error in (
            ({"metric": "commission", "params": json.dumps(MARCH)}, "AccessError"),
            ({"metric": "finished", "params": "{nonsense"}, "UserError"),
            ({"metric": "finished", "params": "[" * 50_000}, "UserError"),
            ({"metric": "finished"}, "UserError"),
            ({}, "UserError"),
        ):
            answer = self._post(**data)
            self.assertEqual(answer.status_code, 422)
            self.assertIn(error, answer.json()["data"]["name"])
        self.authenticate("tour_client_user", "tour_client_user")
        answer = self._post(metric="finished", params=json.dumps(MARCH))
        self.assertEqual(answer.status_code, 422)
        self.authenticate(None, None)
        answer = self.url_open(URL, data={}, allow_redirects=False)
        self.assertNotEqual(answer.status_code, 200)
