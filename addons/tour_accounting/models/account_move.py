"""Invoices and bills: what 1C is told of them."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..engine import documents
from ..engine.documents import exact, make_guid, money, repr_number

KINDS = {
    "out_invoice": documents.INVOICE,
    "out_refund": documents.CREDIT_NOTE,
    "in_invoice": documents.BILL,
    "in_refund": documents.BILL_REFUND,
}
REFUNDS = ("out_refund", "in_refund")


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "tour.accounting.record"]

    @api.model
    def _get_accounting_domain(self, company, is_journal):
        """What is posted; a client's credit note once there are acts to correct.

        Before its bookings are done there is nothing of them in 1C but invoices, and
        when they are cancelled there never will be.
        """
        posted = Domain("state", "=", "posted") & Domain("company_id", "=", company.id)
        if is_journal:
            return posted
        rendered = self.env["sale.order"]._get_accounting_domain(company, is_journal)
        corrects = Domain("move_type", "=", "out_refund") & Domain(
            "tour_booking_ids", "not any", ~rendered
        )
        return posted & (
            Domain("move_type", "in", ("out_invoice", "in_invoice", "in_refund"))
            | corrects
        )

    @api.model
    def _get_accounting_date_field(self, is_journal):
        return "date"

    @api.model
    def _get_accounting_mark(self, alias):
        return SQL(
            "CONCAT_WS('|', %(t)s.write_date, %(t)s.name, %(t)s.amount_total)", t=alias
        )

    # === Which booking a row is of === #

    def _get_accounting_booking(self, line):
        """The booking of a row: of its service, else the first of the invoice."""
        orders = line.sale_line_ids.order_id.filtered("is_tour_booking")
        return (orders or self.tour_booking_ids).sorted("id")[:1]

    def _get_accounting_booking_lines(self):
        """Rows of these invoices by booking."""
        lines = self._get_accounting_lines()
        return lines.grouped(lambda line: line.move_id._get_accounting_booking(line))

    def _get_accounting_lines(self):
        lines = self.invoice_line_ids
        found = lines.filtered(lambda line: line.display_type == "product")
        # Read together with those of the other invoices.
        return found.with_prefetch(lines._prefetch_ids)

    # === The document === #

    def _get_accounting_documents(self, space):
        return {move.id: move._prepare_accounting_document(space) for move in self}

    def _prepare_accounting_document(self, space):
        self.ensure_one()
        document = {
            "kind": KINDS[self.move_type],
            **self._prepare_accounting_keys(space),
            **self._prepare_accounting_currency(self.currency_id),
            "amount": money(self.amount_total),
            "partner": self.commercial_partner_id.id,
            "account": self._get_accounting_settlement_account(),
            "bookings": self._get_accounting_bookings().mapped("name"),
            "note": self._get_accounting_note(),
        }
        if self.move_type in REFUNDS:
            return {**document, "parts": self._prepare_accounting_parts(space)}
        lines = self._get_accounting_lines()
        document["lines"] = [line._prepare_accounting_line(space) for line in lines]
        if self.move_type == "out_invoice":
            return {**document, **self._prepare_accounting_sale(lines, space)}
        return {
            **document,
            "reference": self.ref or "",
            "reference_date": fields.Date.to_string(self.invoice_date),
        }

    def _prepare_accounting_keys(self, space):
        """Identity, number and day."""
        return {
            "guid": make_guid(space, self._name, self.id),
            "number": self.name or "",
            "date": fields.Date.to_string(self.invoice_date or self.date)
            if self.is_sale_document()
            else fields.Date.to_string(self.date),
        }

    def _prepare_accounting_currency(self, currency):
        """Currency of the document, and its rate in ours on that day."""
        rate = "1"
        if self and currency != self.company_currency_id:
            ours = abs(self.amount_total_signed)
            one = ours / self.amount_total if self.amount_total else 0
            one = one or 1 / (self.invoice_currency_rate or 1)
            rate = repr_number(round(one, 6))
        return {
            "currency": currency.name,
            "currency_code": f"{currency.iso_numeric:03d}"
            if currency.iso_numeric
            else "",
            "rate": rate,
        }

    def _get_accounting_settlement_account(self):
        """The account of what is owed."""
        rows = self.line_ids.filtered(lambda line: line.display_type == "payment_term")
        return rows[:1].account_id.id

    def _get_accounting_bookings(self):
        bookings = self.tour_order_ids if self.is_purchase_document() else None
        return (bookings or self.tour_booking_ids).sorted("id")

    def _get_accounting_note(self):
        bookings = self._get_accounting_bookings().mapped("name")
        return ", ".join([f"Odoo {self.name}", *bookings])

    def _prepare_accounting_sale(self, lines, space):
        """What is no booking's is rendered with the invoice: its act goes with it."""
        own = [line for line in lines if not self._get_accounting_booking(line)]
        return {
            "due": fields.Date.to_string(self.invoice_date_due) or None,
            "act": [line._prepare_accounting_line(space) for line in own],
            "act_guid": make_guid(space, self._name, self.id, "act"),
        }

    # === Credit notes === #

    def _prepare_accounting_parts(self, space):
        """What the credit note corrects, each with its rows."""
        parts = {}
        for line in self._get_accounting_lines():
            base = self._get_accounting_base(line)
            if not base:
                return []
            parts.setdefault(base, []).append(line)
        return [
            self._prepare_accounting_part(base, lines, space)
            for base, lines in parts.items()
        ]

    def _get_accounting_base(self, line):
        """What a row corrects: the act of a booking, an invoice's own, or a bill."""
        booking = self.move_type == "out_refund" and self._get_accounting_booking(line)
        return booking or self.reversed_entry_id

    def _prepare_accounting_part(self, base, lines, space):
        keys = base._prepare_accounting_keys(space)
        if base._name == self._name and self.move_type == "out_refund":
            keys["guid"] = make_guid(space, self._name, base.id, "act")
        mine = self._prepare_accounting_keys(space)
        return {
            "guid": make_guid(space, self._name, self.id, f"{base._name},{base.id}"),
            # A correction is no older than what it corrects.
            "date": max(mine["date"], keys["date"]),
            "base": keys,
            "lines": [
                self._prepare_accounting_corrected(line, space) for line in lines
            ],
        }

    def _prepare_accounting_corrected(self, line, space):
        """A row, and what it was before: that of the invoice, if it is found there."""
        row = line._prepare_accounting_line(space)
        services = line.sale_line_ids
        for former in self.reversed_entry_id._get_accounting_lines():
            same = former.sale_line_ids & services or (
                not services
                and (former.product_id, former.name) == (line.product_id, line.name)
            )
            before = former._prepare_accounting_line(space) if same else row
            if same and exact(before["amount"]) >= exact(row["amount"]):
                return {**row, "before": before["amount"], "before_tax": before["tax"]}
        return {**row, "before": row["amount"], "before_tax": row["tax"]}


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _prepare_accounting_line(self, space):
        self.ensure_one()
        product = self.product_id
        name = self.name or product.display_name or self.move_id.name
        return {
            "name": name,
            "product": {
                "guid": make_guid(space, product._name, product.id)
                if product
                else None,
                "name": product.name or name,
            },
            "quantity": repr_number(self.quantity or 1.0),
            "amount": money(self.price_total),
            "tax": money(exact(self.price_total) - exact(self.price_subtotal)),
            "taxes": self.tax_ids.flatten_taxes_hierarchy().ids,
            "account": self.account_id.id,
            "supplier": self.sale_line_ids.supplier_id[:1].commercial_partner_id.id
            or None,
        }
