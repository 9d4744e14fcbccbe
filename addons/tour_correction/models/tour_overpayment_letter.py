"""The letter that asks the supplier for his overpayment back."""

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.tour_document.models.sale_order_facts import exact

from ..correction_states import OWED


class TourOverpayment(models.Model):
    _inherit = "tour.overpayment"

    def _make_letters(self):
        """Have a letter for each booking and supplier; drawn when it is looked at.

        Several overpayments of one booking to one supplier share a letter. One that is
        locked, or put away, stays as it is, and another is made.
        """
        missing = self.filtered(
            lambda overpayment: overpayment.state in OWED and not overpayment.letter_id
        )
        # In sudo: the letter is made by the suite, whoever made the change.
        documents = self.env["tour.document"].sudo()
        for (order, supplier), group in (
            missing.sudo()
            .grouped(
                lambda overpayment: (overpayment.order_id, overpayment.supplier_id)
            )
            .items()
        ):
            template = documents.template_id._get_refund_template(order.company_id)
            if not template:
                continue
            letter = documents.search(
                [
                    ("order_id", "=", order.id),
                    ("partner_id", "=", supplier.id),
                    ("template_id.is_refund_letter", "=", True),
                    ("locked", "=", False),
                ],
                limit=1,
            ) or documents.create(
                {
                    "kind": "supplier_request",
                    "order_id": order.id,
                    "partner_id": supplier.id,
                    "template_id": template.id,
                }
            )
            group._link_letter(letter)

    def _link_letter(self, letter):
        self._as_mover().write({"letter_id": letter.id})

    def _get_letter(self):
        """The letter of these overpayments, made if it is not there."""
        self._make_letters()
        letter = self.letter_id
        if len(letter) != 1:
            raise UserError(
                self.env._(
                    "There is no one letter for %(overpayments)s. Choose overpayments "
                    "of one booking and supplier; if there is none at all, a template "
                    "of documents has to be marked 'Refund of overpayment'.",
                    overpayments=", ".join(self.mapped("display_name")),
                )
            )
        return letter

    def _get_letter_row(self):
        """What the letter says of this overpayment, as plain data."""
        self.ensure_one()
        line = self.line_id
        # Nothing is left of it, where nothing is due.
        stays = line and line.supplier_id == self.supplier_id and self.due_amount
        digits = self.currency_id.decimal_places
        return {
            "name": self.service_name or "",
            "paid_from": self.paid_from or None,
            "paid_to": self.paid_to or None,
            "from": stays and line.date_from or None,
            "to": stays and line.date_to or None,
            "paid": exact(self.paid_amount, digits),
            "due": exact(self.due_amount, digits),
            "returned": exact(self.returned_amount, digits),
            "owed": exact(self.amount, digits),
        }

    # Buttons

    def action_print_letter(self):
        """Show the letter as PDF, as the booking is now."""
        self.check_access("read")
        return self._get_letter().action_print()

    def action_send_letter(self):
        """Open the mail to the supplier and the hotel, with the letter attached."""
        self.check_access("write")
        if any(overpayment.state not in OWED for overpayment in self):
            raise UserError(self.env._("Nothing is owed any more: no letter is sent."))
        return self._get_letter().action_send()

    def action_open_letter(self):
        """Open the letter among the documents."""
        letter = self._get_letter()
        return {
            "type": "ir.actions.act_window",
            "res_model": letter._name,
            "res_id": letter.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_letter_row(self):
        """What a letter made by hand says of a service nobody found overpaid."""
        self.ensure_one()
        return {
            "name": self._prepare_service().short_name,
            "from": self.date_from or None,
            "to": self.date_to or None,
            "due": exact(self.supplier_due, self.currency_id.decimal_places),
        }
