"""Bookings: each that is done goes as the act of its services."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..engine.documents import BOOKING, exact, make_guid, money


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "tour.accounting.record"]

    @api.model
    def _get_accounting_domain(self, company, is_journal):
        """What was rendered, and penalties that were invoiced; archived since, too."""
        cancelled = Domain("booking_state", "=", "cancelled_penalty") | (
            Domain("booking_state", "=", "archive")
            & Domain("state", "=", "sale")
            & Domain("penalty_from", "!=", False)
        )
        invoiced = Domain("move_type", "=", "out_invoice") & Domain(
            "state", "=", "posted"
        )
        cancelled &= Domain("client_invoice_ids", "any", invoiced)
        return (
            Domain("is_tour_booking", "=", True)
            & Domain("company_id", "=", company.id)
            & (self._get_tour_done_domain() | cancelled)
        )

    @api.model
    def _get_accounting_held_domain(self):
        """What is being reposted waits until that is finished."""
        held = Domain("booking_state", "=", "reposting")
        if "is_reposting" in self._fields:
            # The tag of corrections, which may not be installed.
            held |= Domain("is_reposting", "=", True)
        return held

    @api.model
    def _get_accounting_date_field(self, is_journal):
        return "service_date_to"

    @api.model
    def _get_accounting_mark(self, alias):
        """The booking, its services and guests, and its posted invoices."""
        return SQL(
            """CONCAT_WS('|', %(t)s.write_date, %(t)s.amount_total, (
                SELECT CONCAT(COUNT(*), ' ', MAX(l.write_date))
                  FROM sale_order_line l WHERE l.order_id = %(t)s.id
            ), (
                SELECT CONCAT(COUNT(*), ' ', MAX(g.write_date))
                  FROM tour_guest g JOIN sale_order_line l ON l.id = g.line_id
                 WHERE l.order_id = %(t)s.id
            ), (
                SELECT CONCAT(COUNT(*), ' ', MAX(m.write_date))
                  FROM tour_booking_invoice_rel r
                  JOIN account_move m ON m.id = r.move_id
                 WHERE r.order_id = %(t)s.id AND m.state = 'posted'
            ))""",
            t=alias,
        )

    # === The document === #

    def _get_accounting_documents(self, space):
        invoices = self.client_invoice_ids.filtered(
            lambda move: move.move_type == "out_invoice" and move.state == "posted"
        )
        lines = invoices._get_accounting_booking_lines()
        views = self._accounting_views()
        documents = {}
        for order in self:
            mine = lines.get(order, invoices.invoice_line_ids.browse())
            # Nothing to pay, nothing to account for.
            if mine or order.amount_total:
                document = order._prepare_accounting_act(mine, space)
                documents[order.id] = {**document, "view": views[order.id]}
        return documents

    def _get_accounting_entries(self, space):
        """In a journal a booking is its services; entries come with its moves."""
        views = self._accounting_views()
        return {
            order.id: {
                **order._prepare_accounting_keys(space),
                "kind": BOOKING,
                "amount": money(order.amount_total),
                "currency": order.currency_id.name,
                "partner": order.partner_invoice_id.commercial_partner_id.id,
                "bookings": [order.name],
                "view": views[order.id],
            }
            for order in self
        }

    def _prepare_accounting_keys(self, space):
        """Identity, number and day of the act."""
        day = self.service_date_to or self.date_order.date()
        return {
            "guid": make_guid(space, self._name, self.id),
            "number": self.name,
            "date": fields.Date.to_string(day),
        }

    def _prepare_accounting_act(self, lines, space):
        """The act of what was invoiced for the booking."""
        self.ensure_one()
        invoices = lines.move_id.sorted("id")
        client = invoices[:1].partner_id or self.partner_invoice_id
        currency = invoices[:1].currency_id or self.currency_id
        others = invoices.currency_id - currency
        rows = [line._prepare_accounting_line(space) for line in lines]
        return {
            "kind": BOOKING,
            **self._prepare_accounting_keys(space),
            **invoices[:1]._prepare_accounting_currency(currency),
            "amount": str(sum((exact(row["amount"]) for row in rows), exact(0))),
            "partner": client.commercial_partner_id.id,
            "account": invoices._get_accounting_settlement_account(),
            "bookings": [self.name],
            "note": ", ".join(["Odoo", self.name, *invoices.mapped("name")]),
            "lines": rows,
            "invoice": (
                invoices._prepare_accounting_keys(space) if len(invoices) == 1 else None
            ),
            "other_currency": others[:1].name or "",
        }
