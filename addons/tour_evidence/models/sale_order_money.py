"""What was invoiced and paid, in the evidence of a booking."""

from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _add_money(self, evidence):
        """Invoices of the client, bills of the suppliers, and what was paid of both."""
        invoices = self._get_evidence_invoices()._filtered_access("read").sorted("id")
        bills = self.bill_ids._filtered_access("read").sorted("id")
        self._add_moves(evidence, self.env._("Invoices"), invoices)
        self._add_moves(evidence, self.env._("Supplier bills"), bills)
        self._add_payments(evidence, invoices | bills)
        self._add_payment_orders(evidence)

    def _get_evidence_invoices(self):
        """Those of the services, and those that were made by hand, where there are."""
        if "client_invoice_ids" not in self._fields:
            return self.invoice_ids
        return self.invoice_ids | self.client_invoice_ids

    def _say_amount(self, amount, record):
        return f"{amount:.{record.currency_id.decimal_places}f}"

    def _add_moves(self, evidence, title, moves):
        evidence.add_table(
            "money",
            title,
            [self.env._("Number"), self.env._("Reference"), self.env._("Partner")]
            + [self.env._("Date"), self.env._("Status"), self.env._("Total")]
            + [self.env._("Left to pay"), self.env._("Currency")]
            + [self.env._("Payment")],
            [
                (
                    move.name,
                    move.ref,
                    # In sudo: the name that stands on what he reads.
                    move.sudo().partner_id.display_name,
                    move.invoice_date,
                    self._say(move, "state"),
                    self._say_amount(move.amount_total, move),
                    self._say_amount(move.amount_residual, move),
                    move.currency_id.name,
                    self._say(move, "payment_state"),
                )
                for move in moves
            ],
        )
        for move in moves:
            name = (move.name or str(move.id)).replace("/", "-")
            # With the PDF that was sent, which is a field of the invoice.
            files = self.env["ir.attachment"].search(
                [
                    ("res_model", "=", move._name),
                    ("res_id", "=", move.id),
                    ("res_field", "in", (False, "invoice_pdf_report_file")),
                ],
                order="id",
            )
            self._add_files(evidence, f"money/{name}", files, title=move.name)

    def _add_payments(self, evidence, moves):
        # In sudo: which payments there are; those he may not read are left out.
        payments = moves.sudo().reconciled_payment_ids.sudo(False)
        payments = payments._filtered_access("read").sorted("id")
        evidence.add_table(
            "money",
            self.env._("Payments"),
            [self.env._("Number"), self.env._("Date"), self.env._("Direction")]
            + [self.env._("Amount"), self.env._("Currency"), self.env._("Status")]
            + [self.env._("Reference")],
            [
                (one.name, one.date, self._say(one, "payment_type"))
                + (self._say_amount(one.amount, one), one.currency_id.name)
                + (self._say(one, "state"), one.memo)
                for one in payments
            ],
        )

    def _add_payment_orders(self, evidence):
        """Where they are kept; their PDFs are among the files of the booking."""
        if "tour.payment.order" not in self.env:
            return
        mine = [("order_id", "=", self.id)]
        evidence.add_table(
            "money",
            self.env._("Payment orders"),
            [self.env._("Number"), self.env._("Date"), self.env._("Amount")]
            + [self.env._("Currency"), self.env._("Payee's tax id")]
            + [self.env._("Purpose"), self.env._("Carried out")]
            + [self.env._("Attached on"), self.env._("File")],
            [
                (one.number, one.date, self._say_amount(one.amount, one))
                + (one.currency_id.name, one.payee_tax_id, one.purpose)
                + (self.env._("yes") if one.is_executed else "", one.attached_on)
                # In sudo: the name of its own PDF.
                + (one.sudo().attachment_id.name,)
                for one in self._read_evidence("tour.payment.order", mine)
            ],
        )
