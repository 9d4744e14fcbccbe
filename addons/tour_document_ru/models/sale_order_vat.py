"""Rows of the official forms, from a posted invoice or from the booking itself.

Amounts are those that Odoo's tax engine has rounded for the whole document, so that
the rows add up to its totals.
"""

from decimal import Decimal

from odoo import models

from odoo.addons.tour_document.models.sale_order_facts import exact

from ..vat_form import rate_label

# Words of the form's line 10, in Russian as all of it.
CONTRACT = "Договор № {number} от {date:%d.%m.%Y}"
BOOKING = "Заявка № {number} от {date:%d.%m.%Y}"
IN_FORCE = ("in_force", "signed")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_vat_moves(self):
        """Invoices that a VAT invoice is made out for: posted, the oldest first."""
        # In sudo: invoices are for accountants, papers for all of the booking's staff.
        moves_sudo = self.sudo().invoice_ids.filtered(
            lambda move: move.move_type == "out_invoice"
            and move.state == "posted"
            and move.payment_state != "reversed"
        )
        return moves_sudo.sorted("id").sudo(False)

    def _get_transfer_basis(self):
        """The contract that the booking is made under, and the booking."""
        self.ensure_one()
        # In sudo: the number of a contract, for who may see its bookings.
        contract_sudo = (
            self.env["tour.contract"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", self.partner_id.commercial_partner_id.id),
                    ("company_id", "=", self.company_id.id),
                    ("state", "in", IN_FORCE),
                ],
                order="date_from desc",
                limit=1,
            )
        )
        parts = []
        if contract_sudo:
            parts.append(
                CONTRACT.format(number=contract_sudo.name, date=contract_sudo.date_from)
            )
        parts.append(BOOKING.format(number=self.name, date=self.date_order))
        return ", ".join(parts)

    def _get_vat_rows(self, move_sudo):
        """Rows of the form.

        :param move_sudo: the posted invoice, or none for those of the booking
        :return: the rows, and whether they are an advance
        """
        self.ensure_one()
        if move_sudo:
            base_lines, _tax_lines = move_sudo._get_rounded_base_and_tax_lines()
        else:
            base_lines = self._get_vat_base_lines()
        is_advance = bool(base_lines) and all(
            self._is_advance_line(line["record"]) for line in base_lines
        )
        decimals = (move_sudo or self).currency_id.decimal_places
        rows = [
            self._prepare_vat_row(line, is_advance, decimals)
            for line in base_lines
            if line["quantity"]
        ]
        return rows, is_advance

    def _get_vat_base_lines(self):
        # In sudo: taxes are for accountants, the paper is for all.
        order_sudo = self.sudo()
        taxes_sudo = order_sudo.env["account.tax"]
        base_lines = [
            line._prepare_base_line_for_taxes_computation()
            for line in order_sudo._get_priced_lines()
            if not line.is_downpayment
        ]
        company_sudo = order_sudo.company_id
        taxes_sudo._add_tax_details_in_base_lines(base_lines, company_sudo)
        taxes_sudo._round_base_lines_tax_details(base_lines, company_sudo)
        return base_lines

    def _is_advance_line(self, record):
        return "is_downpayment" in record._fields and record.is_downpayment

    def _prepare_vat_row(self, line, is_advance, decimals):
        record, details = line["record"], line["tax_details"]
        taxes = details["taxes_data"]
        untaxed = exact(
            details["total_excluded_currency"]
            + details["delta_total_excluded_currency"],
            decimals,
        )
        tax = exact(sum(data["tax_amount_currency"] for data in taxes), decimals)
        quantity = Decimal(str(line["quantity"]))
        percents = [
            Decimal(str(data["tax"].amount))
            for data in taxes
            if data["tax"].amount_type == "percent"
        ]
        return {
            "name": " ".join((record.name or "").split()),
            "code": record.product_id.default_code or "",
            "quantity": quantity,
            "price": exact(untaxed / quantity, decimals),
            "untaxed": untaxed,
            "rate": rate_label(percents, is_advance),
            "tax": tax,
            "total": untaxed + tax,
        }
