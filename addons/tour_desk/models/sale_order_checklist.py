"""The checklist of a booking: it comes with the confirmation (BKG-25)."""

from odoo import api, fields, models

from odoo.addons.tour_booking.models.sale_order import STAFF

from ..checklist_states import BEGINS, ENDS


class SaleOrder(models.Model):
    _inherit = "sale.order"

    checklist_ids = fields.One2many(
        comodel_name="tour.checklist.item",
        inverse_name="order_id",
        string="Checklist",
        groups=STAFF,
    )
    checklist_count = fields.Integer(
        string="Tasks", compute="_compute_checklist", groups=STAFF
    )
    checklist_done_count = fields.Integer(
        string="Tasks done", compute="_compute_checklist", groups=STAFF
    )
    checklist_progress = fields.Float(
        string="Checklist done", compute="_compute_checklist", groups=STAFF
    )

    @api.depends("checklist_ids.state")
    def _compute_checklist(self):
        for order in self:
            states = [s for s in order.checklist_ids.mapped("state") if s != "dropped"]
            done = states.count("done")
            order.checklist_count = len(states)
            order.checklist_done_count = done
            order.checklist_progress = 100 * done / len(states) if states else 0

    def action_open_checklist(self):
        """Open the tasks of the booking in a list of their own."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_desk.tour_checklist_item_action"
            ),
            "domain": [("order_id", "=", self.id)],
            "context": {},
        }

    def _after_move(self, from_states, state):
        """Bring the checklist with the confirmation, and end it with the booking."""
        result = super()._after_move(from_states, state)
        if state in BEGINS:
            self._make_checklist()
        elif state in ENDS:
            self._drop_checklist()
        return result

    def _make_checklist(self):
        """Give the bookings the tasks that they lack, in a fixed number of queries."""
        # In sudo: whoever confirms a booking gets its tasks, those of others too.
        templates = (
            self.env["tour.checklist.template"].sudo().search([("active", "=", True)])
        )
        orders = self.sudo()
        items = orders.checklist_ids
        items.filtered("is_ended")._move_to("open")
        known = {(item.order_id, item.template_id): item for item in items}
        wanted = [
            (order, template)
            for order in orders
            for template in templates
            if (order, template) not in known and template._matches(order)
        ]
        # Those that wait for others are made after them.
        while wanted:
            missing = set(wanted)
            ready, later = [], []
            for order, template in wanted:
                waits = (order, template.after_id) in missing
                (later if waits else ready).append((order, template))
            if not ready:
                # They wait for each other, which nobody can do: none waits.
                ready, later = later, []
            known.update(self._create_checklist(ready, known))
            wanted = later

    @api.model
    def _create_checklist(self, pairs, known):
        vals_list = []
        for order, template in pairs:
            before = known.get((order, template.after_id))
            vals = template._prepare_item_vals(order)
            if not before and vals["anchor"] == "previous":
                # What it waits for is not asked of this booking.
                vals["anchor"] = "confirmation"
            vals_list.append({**vals, "after_id": before.id if before else False})
        # In sudo: as above.
        items = self.env["tour.checklist.item"].sudo().create(vals_list)
        return dict(zip(pairs, items, strict=True))

    def _drop_checklist(self):
        # In sudo: the tasks of others go with the booking.
        items = self.sudo().checklist_ids.filtered(lambda item: item.state == "open")
        items._move_to("dropped", is_ended=True)
