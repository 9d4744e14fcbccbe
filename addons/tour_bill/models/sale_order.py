from odoo import api, fields, models

from ..bill_states import STATES

STAFF = "tour_partner.tour_group_staff"
# Of several bills the one that is least far counts.
ORDER = [code for code, _name in STATES]


class SaleOrder(models.Model):
    _inherit = "sale.order"

    supplier_bill_state = fields.Selection(
        selection=STATES,
        string="State of supplier bills",
        compute="_compute_supplier_bill_state",
        store=True,
        groups=STAFF,
        help="Where the booking's bill is; of several the one that is least far.",
    )

    @api.depends("bill_ids.tour_bill_state", "bill_ids.state")
    def _compute_supplier_bill_state(self):
        for order in self:
            states = {
                bill.tour_bill_state
                for bill in order.bill_ids
                if bill.tour_bill_state and bill.state != "cancel"
            }
            order.supplier_bill_state = min(states, key=ORDER.index, default=False)

    def action_upload_bill(self):
        """Ask for the file of a bill of these bookings."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_bill.tour_bill_upload_action"
            ),
            "context": {"default_order_ids": self.ids},
        }

    def action_view_bills(self):
        """Open the bills in their own list and form."""
        action = super().action_view_bills()
        views = self.env["account.move"]._get_bill_form_views()
        if action.get("res_id"):
            return {**action, "views": views[-1:]}
        return {**action, "view_mode": "list,kanban,form", "views": views}
