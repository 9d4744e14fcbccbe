"""From a bill to its bookings, payment orders, payments, lines of the bank and entry
(BIL-20), and its alarms."""

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
    tour_bill_paper_count = fields.Integer(
        string="Number of payment orders",
        compute="_compute_tour_bill_paper_count",
    )
    tour_bill_bank_line_count = fields.Integer(
        string="Number of lines of the bank",
        compute="_compute_tour_bill_bank_line_count",
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

    def _compute_tour_bill_paper_count(self):
        # In sudo: how many there are is told, whoever may open them.
        groups = (
            self.env["tour.payment.order"]
            .sudo()
            ._read_group([("bill_id", "in", self.ids)], ["bill_id"], ["__count"])
        )
        counts = {bill.id: count for bill, count in groups}
        for move in self:
            move.tour_bill_paper_count = counts.get(move._origin.id, 0)

    @api.depends("line_ids.matched_debit_ids", "tour_bill_event_ids.payment_id")
    def _compute_tour_bill_bank_line_count(self):
        for move in self:
            # In sudo: as above.
            move.tour_bill_bank_line_count = len(move.sudo()._get_bill_bank_lines())

    def _get_bill_bank_lines(self):
        """Lines of statements by which the bank says that the bills were paid: by a
        payment of ours, or matched at once."""
        rows = self.line_ids.filtered(
            lambda line: line.account_type == "liability_payable"
        )
        at_once = rows.matched_debit_ids.debit_move_id.statement_line_id
        return at_once | self._get_bill_payments().reconciled_statement_line_ids

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

    def action_view_bill_papers(self):
        """Open the payment orders, as they came from the bank, of this bill."""
        self.ensure_one()
        self._check_reads_bills()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_payment_order.tour_payment_order_action"
            ),
            "domain": [("bill_id", "=", self.id)],
            "context": {},
        }

    def action_view_bill_bank_lines(self):
        """Open the lines of statements that paid the bill."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Lines of the bank"),
            "res_model": "account.bank.statement.line",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", self._get_bill_bank_lines().ids)],
            "context": {"create": False},
        }

    @api.model
    def _get_bill_form_views(self):
        """The views in which bills are listed and opened."""
        names = ("list", "kanban", "form")
        return [
            (self.env.ref(f"tour_bill.account_move_view_{name}_bill").id, name)
            for name in names
        ]

    @api.model
    def _open_bills(self, bills):
        """Open these bills in their own list and form."""
        views = self._get_bill_form_views()
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Supplier bills"),
            "res_model": self._name,
            "domain": [("id", "in", bills.ids)],
            "context": {"create": False},
        }
        if len(bills) == 1:
            return {**action, "res_id": bills.id, "views": views[-1:]}
        return {**action, "views": views}

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
