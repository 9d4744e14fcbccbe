"""From a bill to its bookings, payments and entry (BIL-20), and its alarms."""

from odoo import api, fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    tour_bill_name = fields.Char(
        string="Bill",
        compute="_compute_tour_bill_name",
        help="The supplier's number; of a bill that is not prepared, its file.",
    )
    tour_bill_alarm_text = fields.Text(
        string="Look twice",
        compute="_compute_tour_bill_alarm_text",
    )
    tour_bill_booking_count = fields.Integer(
        string="Number of bookings",
        compute="_compute_tour_bill_booking_count",
    )
    tour_bill_payment_count = fields.Integer(
        string="Number of payments",
        compute="_compute_tour_bill_payment_count",
    )

    @api.depends("message_main_attachment_id", "ref")
    def _compute_tour_bill_name(self):
        for move in self:
            # In sudo: a file's name is told to whoever sees the bill.
            file = move.sudo().message_main_attachment_id
            move.tour_bill_name = move.ref or file.name or move.name

    @api.depends("tour_bill_alarms")
    def _compute_tour_bill_alarm_text(self):
        for move in self:
            alarms = move.tour_bill_alarms or []
            move.tour_bill_alarm_text = "\n".join(a["text"] for a in alarms) or False

    @api.depends("tour_order_ids")
    def _compute_tour_bill_booking_count(self):
        for move in self:
            # In sudo: how many there are is told, also of those one cannot open.
            move.tour_bill_booking_count = len(move.sudo().tour_order_ids)

    @api.depends("tour_bill_event_ids.payment_id")
    def _compute_tour_bill_payment_count(self):
        for move in self:
            # In sudo: payments are for accountants; their number is no secret.
            move.tour_bill_payment_count = len(move.sudo()._get_bill_payments())

    def _get_bill_payments(self):
        """Payments ordered for the bill, and others that were matched with it."""
        return self.tour_bill_event_ids.payment_id | self._get_reconciled_payments()

    def action_view_bill_payments(self):
        self.ensure_one()
        payments = self._get_bill_payments()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_account_payments_payable"
        )
        action = {**action, "domain": [("id", "in", payments.ids)], "context": {}}
        if len(payments) == 1:
            form = (self.env.ref("account.view_account_payment_form").id, "form")
            action.update(res_id=payments.id, view_mode="form", views=[form])
        return action

    def action_open_bill_entry(self):
        """Open the bill as the books have it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(self.env.ref("account.view_move_form").id, "form")],
        }
