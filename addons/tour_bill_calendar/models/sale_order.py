"""What changes of bookings, and their expected bills have to follow (BIL-17)."""

import logging

import psycopg2

from odoo import api, fields, models

from odoo.addons.tour_partner.defaults import plain

STAFF = "tour_partner.tour_group_staff"
CHANGED = "tour_bill_calendar.changed"
_logger = logging.getLogger(__name__)


class SaleOrder(models.Model):
    _inherit = "sale.order"

    expected_bill_ids = fields.One2many(
        comodel_name="tour.expected.bill",
        inverse_name="order_id",
        string="Expected bills",
        readonly=True,
        groups=STAFF,
    )
    supplier_unbilled_amount = fields.Monetary(
        string="Not billed yet",
        compute="_compute_supplier_unbilled_amount",
        store=True,
        groups=STAFF,
        help="What suppliers will bill yet.",
    )

    _booking_unbilled_idx = models.Index(
        "(company_id, id) WHERE is_tour_booking IS TRUE"
        " AND supplier_unbilled_amount > 0"
    )

    @api.depends(
        "bill_ids.tour_bill_match_state",
        "bill_ids.tour_bill_unmatched_amount",
        "booking_state",
        "client_invoice_ids.amount_residual",
        "client_invoice_ids.invoice_date_due",
        "client_invoice_ids.state",
        "date_order",
        "order_line.date_from",
        "order_line.date_to",
        "order_line.free_until",
        "order_line.supplier_billing_difference",
        "order_line.supplier_billing_state",
        "order_line.supplier_id",
        "state",
    )
    def _compute_supplier_unbilled_amount(self):
        """Whatever expected bills depend on leads here; they follow at the end."""
        for order in self:
            order.supplier_unbilled_amount = sum(
                -line.supplier_billing_difference
                for line in order._get_services()
                if line.supplier_billing_state in ("none", "partly")
            )
        self._expect_bills_later()

    def _expect_bills_later(self):
        """Work out the expected bills of these once, before all this is committed."""
        ids = {order_id for order_id in self.ids if isinstance(order_id, int)}
        precommit = self.env.cr.precommit
        changed = precommit.data.setdefault(CHANGED, set())
        if ids and not changed:
            precommit.add(self._expect_bills_now)
        changed |= ids

    def _expect_bills_now(self):
        ids = self.env.cr.precommit.data.pop(CHANGED, set())
        # In sudo: what is expected does not depend on who changed the booking.
        orders = plain(self).sudo().browse(sorted(ids))
        try:
            with self.env.cr.savepoint():
                self.env["tour.expected.bill"].sudo()._update_for(orders)
        except psycopg2.OperationalError:
            raise
        except Exception:
            # Nobody's booking fails by it: the nightly look finds it again.
            _logger.exception("Expected bills of %s are worked out later", orders)
