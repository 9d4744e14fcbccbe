"""What an import made, and what it refused."""

import io

import xlsxwriter

from odoo import models

REFUSED_NAME = "refused_rows.xlsx"


class TourImport(models.Model):
    _inherit = "tour.import"

    def action_view_orders(self):
        return self._view_made("sale.order", self.env._("Bookings"))

    def action_view_clients(self):
        return self._view_made("res.partner", self.env._("Clients"))

    def action_view_hotels(self):
        return self._view_made("tour.hotel", self.env._("Hotels"))

    def action_view_rooms(self):
        return self._view_made("tour.room", self.env._("Rooms"))

    def action_view_cities(self):
        return self._view_made("tour.city", self.env._("Cities"))

    def action_view_faults(self):
        self.ensure_one()
        phase = "run" if self.state in ("running", "stopped", "done") else "check"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Faults"),
            "res_model": "tour.import.fault",
            "view_mode": "list,form",
            "domain": [("import_id", "=", self.id), ("phase", "=", phase)],
            "context": {"create": False, "edit": False, "delete": False},
        }

    def action_download_refused(self):
        """The rows that were not imported, with what is wrong with each."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/tour_import/{self.id}/{REFUSED_NAME}",
            "target": "download",
        }

    def _view_made(self, model, name):
        """The records that the import made; as a sub-query, they may be many."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list,form",
            "domain": [("tour_import_ids", "=", self.id)],
            "context": {"active_test": False, "create": False},
        }

    def _make_refused_file(self):
        """XLSX with the headers and the refused rows as they came, and two columns
        that say why: corrected in place, the file can be imported again.

        Cells are written as text, so that nothing in them is taken for a formula.
        """
        self.ensure_one()
        phase = "run" if self.state in ("running", "stopped", "done") else "check"
        reasons = self._get_reasons(phase)
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
        sheet = book.add_worksheet()
        with self._open_table() as found:
            added = [
                self.env._("Row"),
                self.env._("What is wrong"),
                self.env._("Way out"),
            ]
            self._write_row(sheet, 0, [*found.headers, *added])
            line = 1
            for row in found.rows:
                if row.number not in reasons:
                    continue
                cells = [str(cell) for cell in row.cells[: len(found.headers)]]
                cells += [""] * (len(found.headers) - len(cells))
                self._write_row(
                    sheet, line, [*cells, str(row.number), *reasons[row.number]]
                )
                line += 1
        book.close()
        return buffer.getvalue()

    def _write_row(self, sheet, line, cells):
        for column, text in enumerate(cells):
            sheet.write_string(line, column, text)

    def _get_reasons(self, phase):
        """Number of a refused row to its messages and ways out."""
        faults = self.env["tour.import.fault"].search_fetch(
            [
                ("import_id", "=", self.id),
                ("phase", "=", phase),
                ("is_warning", "=", False),
            ],
            ["row", "column", "message", "way_out"],
        )
        reasons = {}
        for fault in faults:
            messages, ways = reasons.setdefault(fault.row, ([], []))
            text = fault.message
            messages.append(f"{fault.column}: {text}" if fault.column else text)
            ways.append(fault.way_out or "")
        return {
            row: ("\n".join(messages), "\n".join(dict.fromkeys(ways)))
            for row, (messages, ways) in reasons.items()
        }
