"""The one thing that each row of 'Today' asks for."""

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.tour_correction.correction_states import CLOSED

INVOICING = "account.group_account_invoice"


class TourToday(models.Model):
    _inherit = "tour.today"

    def action_do(self):
        """Do what the row asks for, or open where it is done.

        :return: an action, or True if it was done at once
        """
        row = self._get_due_row()
        return getattr(row, f"_do_{row.kind}", row.action_open)()

    def action_open(self):
        """Open what the row is about."""
        row = self._get_due_row()
        if row.order_id:
            return row.order_id.get_formview_action()
        return self.env[row.res_model].browse(row.res_id).get_formview_action()

    def action_open_order(self):
        """Open the booking of the row."""
        return self._get_due_row().order_id.get_formview_action()

    def action_snooze(self):
        """Ask until when the row is put off, and why."""
        row = self._get_due_row()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_desk.tour_today_snooze_action_new"
        )
        return {**action, "context": {"default_row_id": row.id}}

    def action_bring_back(self):
        """Show the row again that was put off."""
        row = self._get_due_row()
        row.check_access("read")
        self.env["tour.today.snooze"].search([("row_id", "=", row.id)]).unlink()
        return True

    def _get_due_row(self):
        """The row as it is now, if the user may see it and it is still due."""
        self.ensure_one()
        row = self.search([("id", "=", self.id)])
        if not row:
            raise UserError(
                self.env._("This is done already, or not yours. Reload the list.")
            )
        return row

    # === What is done, by kind === #

    def _get_record(self):
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)

    def _do_new(self):
        self.order_id.action_move_to("accepted")
        return True

    def _do_agreed(self):
        return self.order_id.action_open_move_wizard()

    def _do_not_booked(self):
        return self.order_id.action_open_move_wizard()

    def _do_option(self):
        return self.order_id.action_open_move_wizard()

    def _do_to_close(self):
        self.order_id.action_move_to("done")
        return True

    def _do_no_supplier(self):
        return self._open_service(lambda line: not line.supplier_id)

    def _do_no_guests(self):
        return self._open_service(
            lambda line: line.service_kind == "accommodation" and not line.guest_ids
        )

    def _open_service(self, condition):
        """Open the service that something is missing in."""
        lines = self.order_id._get_services().filtered(condition)
        if len(lines) != 1:
            return self.order_id.get_formview_action()
        view = self.env.ref("tour_booking.sale_order_line_view_form_service")
        return {
            "type": "ir.actions.act_window",
            "name": self.order_id.name,
            "res_model": lines._name,
            "res_id": lines.id,
            "views": [(view.id, "form")],
            "target": "new",
        }

    def _do_no_bill(self):
        """Start the bill for who may make it; others find the booking."""
        order = self.order_id
        if not self.env.user.has_group(INVOICING):
            return order.get_formview_action()
        suppliers = order._get_services().supplier_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Supplier's bill"),
            "res_model": "account.move",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {
                "default_move_type": "in_invoice",
                "default_partner_id": suppliers[:1].id,
                "default_tour_order_ids": order.ids,
            },
        }

    def _do_to_invoice(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sale.action_view_sale_advance_payment_inv"
        )
        order = self.order_id
        context = {
            "active_model": order._name,
            "active_id": order.id,
            "active_ids": order.ids,
        }
        return {**action, "context": context}

    def _do_balance(self):
        return self._pay()

    def _do_bill(self):
        return self._pay()

    def _pay(self):
        """Ask for the payment of who may enter it; others look at what is unpaid."""
        move = self._get_record()
        if self.env.user.has_group(INVOICING):
            return move.action_register_payment()
        if not move.has_access("read"):
            return self.order_id.get_formview_action()
        return move.get_formview_action()

    def _do_task(self):
        self._get_record().action_done()
        return True

    def _do_confirmation(self):
        return self.order_id.action_see_changes()

    def _do_change(self):
        return self._get_record().get_formview_action()

    def _do_answer(self):
        return self._get_record().get_formview_action()

    def _do_offer(self):
        return self._get_record().get_formview_action()

    def _do_reposting(self):
        return self._get_record().action_finish()

    def _do_refund_letter(self):
        return self._get_record().action_send_letter()

    def _do_refund(self):
        """Ask how it ended of who may say so; others look at what is owed."""
        overpayment = self._get_record()
        if set(CLOSED) & set(overpayment.allowed_moves or ()):
            return overpayment.action_close()
        return overpayment.get_formview_action()
