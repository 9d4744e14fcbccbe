"""From a payment to its bills, bookings and payment orders (BIL-20)."""

from odoo import api, fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    tour_bill_booking_count = fields.Integer(
        string="Number of bookings",
        compute="_compute_tour_bill_chain",
    )
    tour_bill_paper_count = fields.Integer(
        string="Number of payment orders",
        compute="_compute_tour_bill_chain",
    )

    @api.depends("tour_bill_event_ids", "reconciled_bill_ids")
    def _compute_tour_bill_chain(self):
        for payment in self:
            # In sudo: how many there are is told, also of those one cannot open.
            bills = payment.sudo()._get_paid_bills()
            payment.tour_bill_booking_count = len(bills.tour_order_ids)
            payment.tour_bill_paper_count = sum(bills.mapped("tour_bill_paper_count"))

    def _get_paid_bills(self):
        """Bills that these payments were ordered for, or are matched with."""
        bills = self._get_ordered_bills() | self.reconciled_bill_ids
        return bills.filtered(lambda move: move.move_type == "in_invoice")

    def button_open_bills(self):
        """Open bills of ours in their own form."""
        bills = self.reconciled_bill_ids
        # In sudo: where a bill is may be told to whoever has the payment.
        if bills and all(bill.tour_bill_state for bill in bills.sudo()):
            return bills._open_bills(bills)
        return super().button_open_bills()

    def action_view_bill_bookings(self):
        """Open the bookings whose bills the payment is for."""
        self.ensure_one()
        self.check_access("read")
        # In sudo: which bookings; whether the user sees them is asked by their list.
        orders = self.sudo()._get_paid_bills().tour_order_ids.sudo(False)
        return self.env["account.move"]._open_bill_bookings(orders)

    def action_view_bill_papers(self):
        """Open the payment orders, as they came from the bank, of its bills."""
        self.ensure_one()
        self.check_access("read")
        # In sudo: as above.
        bills = self.sudo()._get_paid_bills()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_payment_order.tour_payment_order_action"
            ),
            "domain": [("bill_id", "in", bills.ids)],
            "context": {},
        }
