"""Money that came and went."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..engine.documents import PAYMENT_IN, PAYMENT_OUT, make_guid, money


class AccountPayment(models.Model):
    _name = "account.payment"
    _inherit = ["account.payment", "tour.accounting.record"]

    @api.model
    def _get_accounting_domain(self, company, is_journal):
        """Money of bank and cash: what a gift cheque pays is none."""
        done = Domain("state", "in", ("in_process", "paid")) & Domain(
            "company_id", "=", company.id
        )
        return done & Domain("journal_id", "!=", company.tour_gift_journal_id.id)

    @api.model
    def _get_accounting_mark(self, alias):
        return SQL(
            "CONCAT_WS('|', %(t)s.write_date, %(t)s.name, %(t)s.amount, %(t)s.date)",
            t=alias,
        )

    def _get_accounting_kind(self):
        return PAYMENT_IN if self.payment_type == "inbound" else PAYMENT_OUT

    def _get_accounting_documents(self, space):
        return {
            payment.id: payment._prepare_accounting_document(space) for payment in self
        }

    def _prepare_accounting_document(self, space):
        self.ensure_one()
        return {
            "kind": self._get_accounting_kind(),
            "guid": make_guid(space, self._name, self.id),
            "number": self.name or "",
            "date": fields.Date.to_string(self.date),
            **self._prepare_accounting_currency(),
            "amount": money(self.amount),
            "partner": self.partner_id.commercial_partner_id.id,
            "account": self.destination_account_id.id,
            "bookings": [],
            "note": f"Odoo {self.name}",
            "memo": self.memo or "",
            "reference": self.payment_reference or "",
            "is_cash": self.journal_id.type == "cash",
            "is_customer": self.partner_type == "customer",
            "journal": self.journal_id.name,
            "bank": self._prepare_accounting_bank(),
        }

    def _prepare_accounting_currency(self):
        """At the rate of the day of the payment."""
        company, currency = self.company_id, self.currency_id
        Move = self.env["account.move"]
        values = Move._prepare_accounting_currency(currency)
        if currency != company.currency_id:
            rate = currency._get_conversion_rate(
                currency, company.currency_id, company, self.date
            )
            values["rate"] = f"{rate:.6f}"
        return values

    def _prepare_accounting_bank(self):
        account = self.journal_id.bank_account_id
        return {
            "id": account.id,
            "account": account.sanitized_acc_number or "",
            "name": account.bank_id.name or "",
            "bic": account.bank_id.bic or "",
        }
