"""'Set statuses': what is over when the report is made becomes Done (RPT-1)."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

CHUNK = 200


class TourReportRun(models.Model):
    _inherit = "tour.report.run"

    finished_count = fields.Integer(string="Set to Done", readonly=True)
    finish_note = fields.Text(string="Not set to Done", readonly=True)

    def _after_done(self):
        if self.finish:
            self._finish_bookings()
        super()._after_done()

    def _finish_bookings(self):
        """Move the bookings of the report that are over; name those that cannot be.

        Note: in sudo mode; the bookings are moved with the rights of whom the report
        is for.
        """
        asked = self._as_asked()
        today = self.company_id._get_report_today()
        domain = asked._get_domain(self._get_period())
        model = asked.env["tour.report.service"]
        found = model._read_group(
            domain & Domain("booking_state", "=", "booked"), ["order_id"]
        )
        orders = asked.env["sale.order"].union(*(order for (order,) in found))
        orders = orders.filtered(
            lambda order: order.service_date_to and order.service_date_to < today
        )
        moved, notes = 0, []
        for start in range(0, len(orders), CHUNK):
            part = orders[start : start + CHUNK]
            moved += part._finish_for_report(notes)
        self.write({"finished_count": moved, "finish_note": "\n".join(notes)})


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _finish_for_report(self, notes):
        """Set all to Done, or one by one if some of them cannot be.

        :param list notes: gets what stood in the way
        :return: how many were
        """
        try:
            with self.env.cr.savepoint():
                return len(self._move_to("done"))
        except (AccessError, UserError) as error:
            if len(self) <= 1:
                notes.append(str(error))
                return 0
        return sum(order._finish_for_report(notes) for order in self)
