"""Entries of the ledger, row by row, for the general journal."""

from odoo import fields, models

from ..engine import documents
from ..engine.documents import exact, make_guid, money
from .account_move import KINDS

TEXTS = ("line_section", "line_subsection", "line_note")


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_accounting_entries(self, space):
        codes = self.env["tour.accounting.account"]._get_known(self.company_id[:1])
        names = self._get_accounting_analytic_names()
        return {
            move.id: move._prepare_accounting_entry(space, codes, names)
            for move in self
        }

    def _prepare_accounting_entry(self, space, codes, names):
        self.ensure_one()
        bookings = self._get_accounting_bookings().mapped("name")
        common = {
            "date": fields.Date.to_string(self.date),
            "journal": self.journal_id.code,
            "move": self.name or "",
            "booking": ", ".join(bookings),
        }
        # Not filtered: they are read together with those of the other entries.
        lines = [line for line in self.line_ids if line.display_type not in TEXTS]
        debit = sum((exact(line.debit) for line in lines), exact(0))
        return {
            "kind": self._get_accounting_entry_kind(),
            "guid": make_guid(space, self._name, self.id),
            "number": self.name or "",
            "date": common["date"],
            "currency": self.company_currency_id.name,
            "amount": str(debit),
            "partner": self.commercial_partner_id.id,
            "bookings": bookings,
            "entries": [
                {**common, **line._prepare_accounting_entry_row(codes, names)}
                for line in sorted(lines, key=lambda line: line.id)
            ],
        }

    def _get_accounting_entry_kind(self):
        if payment := self.origin_payment_id:
            return payment._get_accounting_kind()
        return KINDS.get(self.move_type, documents.ENTRY)

    def _get_accounting_analytic_names(self):
        keys = {
            int(part)
            for distribution in self.line_ids.mapped("analytic_distribution")
            for key in distribution or ()
            for part in key.split(",")
        }
        accounts = self.env["account.analytic.account"].browse(keys).exists()
        return {account.id: account.name for account in accounts}


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _prepare_accounting_entry_row(self, codes, names):
        self.ensure_one()
        account = self.account_id
        taxes = self.tax_ids | self.tax_line_id
        return {
            "label": self.name or "",
            "account": codes.get(str(account.id), account.code or ""),
            "account_name": account.name or "",
            "partner": self.partner_id.commercial_partner_id.id,
            "debit": money(self.debit),
            "credit": money(self.credit),
            "currency": self.currency_id.name,
            "amount_currency": money(self.amount_currency),
            "tax": ", ".join(taxes.mapped("name")),
            "tax_base": money(self.tax_base_amount),
            "analytic": self._get_accounting_analytic(names),
        }

    def _get_accounting_analytic(self, names):
        shares = []
        for key, percent in (self.analytic_distribution or {}).items():
            path = " / ".join(names.get(int(part), part) for part in key.split(","))
            shares.append(f"{path} {percent:g} %")
        return ", ".join(shares)
