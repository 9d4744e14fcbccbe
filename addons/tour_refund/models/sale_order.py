"""What of a booking's money goes back, for its list and its form."""

from odoo import api, fields, models

from odoo.addons.tour_billing.models.account_move import STAFF

from ..refund_states import UNDER_WAY


class SaleOrder(models.Model):
    _inherit = "sale.order"

    tour_refund_ids = fields.Many2many(
        comodel_name="tour.refund",
        string="Refunds",
        compute="_compute_tour_refund_ids",
        groups=STAFF,
    )
    tour_refund_count = fields.Integer(
        compute="_compute_tour_refund_ids", string="Number of refunds", groups=STAFF
    )

    @api.depends("client_invoice_ids.tour_refund_ids")
    def _compute_tour_refund_ids(self):
        for order in self:
            order.tour_refund_ids = order.client_invoice_ids.tour_refund_ids
            order.tour_refund_count = len(order.tour_refund_ids)

    @api.depends(
        "client_invoice_ids.tour_refund_ids.amount",
        "client_invoice_ids.tour_refund_ids.state",
    )
    def _compute_invoice_columns(self):
        """Let refunds say what is asked for, on its way, and done."""
        result = super()._compute_invoice_columns()
        for order in self:
            refunds = order.client_invoice_ids.tour_refund_ids
            notes = order.client_invoice_ids.filtered(
                lambda move: move.move_type == "out_refund" and move.state != "cancel"
            )
            asked = refunds.filtered(lambda refund: refund.state == "asked")
            if not (refunds.note_id & notes or asked):
                continue
            order.refund_amount = sum(
                record.currency_id._convert(
                    amount, order.currency_id, order.company_id, fields.Date.today()
                )
                for record, amount in (
                    *((note, note.amount_total) for note in notes),
                    *((refund, refund.amount) for refund in asked),
                )
            )
            by_hand = notes - refunds.note_id
            if asked or "draft" in by_hand.mapped("state"):
                order.refund_state = "asked"
            elif refunds.filtered(lambda refund: refund.state in UNDER_WAY) or (
                not notes._is_tour_paid()
            ):
                order.refund_state = "in_progress"
            else:
                order.refund_state = "done"
        return result

    def action_view_refunds(self):
        """Open the refunds of the booking."""
        self.ensure_one()
        self.check_access("read")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_refund.tour_refund_action"
            ),
            "domain": [("move_id.tour_booking_ids", "in", self.ids)],
            "context": {},
        }
