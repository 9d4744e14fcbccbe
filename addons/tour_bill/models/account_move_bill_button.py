"""The buttons of a bill; each is public, and asks for its right by the mover."""

from odoo import api, models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_seen(self):
        """The last event that the screen showed, as it says itself."""
        seen = self.env.context.get("tour_bill_seen")
        return seen if isinstance(seen, int) and len(self) == 1 else None

    def action_prepare_bill(self):
        """Ask for what is to be paid."""
        self.ensure_one()
        self.check_access("read")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_bill.tour_bill_prepare_action"
            ),
            "context": {"default_move_id": self.id},
        }

    def action_hand_over_bill(self):
        """Hand the bills over: the rules say to whom, and each bill says why."""
        self._do_bill_act("hand_over", seen=self._get_seen())
        return self._tell_handed()

    def _tell_handed(self):
        states = dict(self._fields["tour_bill_state"]._description_selection(self.env))
        lines = [
            "{}: {} {}".format(
                move._get_bill_name(),
                states.get(move.tour_bill_state, ""),
                f"({move.tour_bill_why})" if move.tour_bill_why else "",
            )
            for move in self
        ]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Handed over"),
                "message": "\n".join(lines[:10]),
                "type": "success",
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_order_bill(self):
        """The payment order is made."""
        self._do_bill_act("order", seen=self._get_seen())
        return True

    def action_confirm_bill(self):
        """An accountant says that the bank paid."""
        self._do_bill_act("confirm", seen=self._get_seen())
        return True

    def action_approve_bill(self):
        return self._ask_bill("approve")

    def action_send_back_bill(self):
        return self._ask_bill("send_back")

    def action_bill_to_director(self):
        return self._ask_bill("to_director")

    def action_unorder_bill(self):
        return self._ask_bill("unorder")

    def action_unconfirm_bill(self):
        return self._ask_bill("unconfirm")

    def action_recall_bill(self):
        return self._ask_bill("recall")

    def action_close_bill(self):
        return self._ask_bill("close")

    def action_reopen_bill(self):
        return self._ask_bill("reopen")

    def _ask_bill(self, act):
        """Open the window that asks for the reason, or how much and when."""
        self.check_access("read")
        for move in self:
            if act not in (move.tour_bill_acts or ()):
                move._check_bill_act(act, "-", move._get_seen())
        names = dict(
            self.env["tour.bill.act"]._fields["act"]._description_selection(self.env)
        )
        return {
            "type": "ir.actions.act_window",
            "name": names[act],
            "res_model": "tour.bill.act",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_act": act,
                "default_move_ids": self.ids,
                "default_seen": self._get_seen() or 0,
            },
        }

    def action_view_bill_bookings(self):
        """Open the bookings that the bill is for."""
        self.ensure_one()
        self._check_reads_bills()
        # In sudo: which bookings; whether the user sees them is asked by their list.
        return self._open_bill_bookings(self.sudo().tour_order_ids.sudo(False))

    @api.model
    def _open_bill_bookings(self, orders):
        if len(orders) == 1:
            return orders.action_open_booking()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_booking.sale_order_action_booking"
        )
        return {**action, "domain": [("id", "in", orders.ids)], "context": {}}
