"""'Set statuses': what is over when the report is made becomes Done (RPT-1)."""

import logging

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import split_every

from ..reports import REPORTS

_logger = logging.getLogger(__name__)

CHUNK = 200


class TourReportRun(models.Model):
    _inherit = "tour.report.run"

    finished_count = fields.Integer(string="Set to Done", readonly=True)
    finish_note = fields.Text(string="Not set to Done", readonly=True)

    def _after_done(self):
        # A schedule keeps the mark when it is given another report.
        if self.finish and "finish" in REPORTS[self.report].asks:
            self._finish_bookings()
        return super()._after_done()

    def _finish_bookings(self):
        """Move the bookings of the report that are over; name those that cannot be.

        Note: in sudo mode; the bookings are moved with the rights of whom the report
        is for.
        """
        orders, faults = self._as_asked()._find_over(), {}
        for ids in split_every(CHUNK, orders.ids):
            faults |= orders.browse(ids)._finish_for_report(self)
        self.write(
            {
                "finished_count": len(orders) - len(faults),
                "finish_note": "\n".join(faults.values()),
            }
        )

    def _find_over(self):
        """Booked bookings of the report whose last service is over."""
        domain = self._get_domain(self._get_period())
        found = self.env["tour.report.service"]._read_group(
            domain & Domain("booking_state", "=", "booked"), ["order_id"]
        )
        return self.env["sale.order"].search(
            [
                ("id", "in", [order.id for (order,) in found]),
                ("service_date_to", "<", self.company_id._get_report_today()),
            ],
            order="service_date_to, id",
        )


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _finish_for_report(self, run):
        """Set to Done what can be: together, unless something is the matter with one.

        :param run: the report
        :return: {booking: why it was not}
        """
        faults = {
            order: fault
            for order in self
            if (fault := order._get_move_fault("done", ""))
        }
        rest = self - self.browse().union(*faults)
        for order, text in rest._check_move_done().items():
            faults[order] = f"{order.name}: {text}"
        ready = self - self.browse().union(*faults)
        if ready._try_to_finish(run):
            for order in ready:
                if reason := order._try_to_finish(run):
                    known = order.name in reason
                    faults[order] = reason if known else f"{order.name}: {reason}"
        return faults

    def _try_to_finish(self, run):
        """Set all of them to Done, or none; say why none."""
        try:
            with self.env.cr.savepoint():
                self._move_to("done")
                self.flush_recordset()
        except OperationalError:
            # Somebody else changes the same: the report is made again.
            raise
        except UserError as error:
            return str(error)
        except Exception as error:
            _logger.exception("Bookings %s were not set to Done", self.ids)
            return run._explain_error(error)
        return ""
