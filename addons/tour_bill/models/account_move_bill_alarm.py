"""What must make people look twice: a new account, a bill entered twice (BIL-18)."""

import re

from odoo import models
from odoo.fields import Domain
from odoo.tools.misc import format_date


def plain_number(number):
    """A bill's number without what people write another way each time.

    >>> plain_number("№ 00-123/А"), plain_number("00123а")
    ('00123А', '00123А')
    """
    return re.sub(r"[\W_]", "", number or "").upper()


class AccountMove(models.Model):
    _inherit = "account.move"

    def _find_bill_alarms(self):
        """What is suspicious about the bill, in the language of the company.

        Override to raise more alarms.

        :rtype: list[dict]: ``code`` and ``text``
        """
        self.ensure_one()
        finders = {
            "duplicate": self._find_double_bill,
            "new_account": self._find_new_account,
            "bad_account": self._find_bad_account,
        }
        found = ((code, find()) for code, find in finders.items())
        return [{"code": code, "text": text} for code, text in found if text]

    def _find_double_bill(self):
        """The same supplier's bill of the same number, or sum and day, or file."""
        supplier = Domain("commercial_partner_id", "=", self.commercial_partner_id.id)
        same = Domain("ref", "!=", False) | (
            Domain("amount_total", "=", self.amount_total)
            & Domain("invoice_date", "=", self.invoice_date)
        )
        domain = supplier & same
        if self.tour_bill_checksum:
            domain |= Domain("tour_bill_checksum", "=", self.tour_bill_checksum)
        ours = (
            Domain("move_type", "=", "in_invoice")
            & Domain("id", "not in", (self | self.tour_bill_replaces_id).ids)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("state", "!=", "cancel")
        )
        # Of a supplier with many bills the number narrows it down, as it is written.
        tail = (re.findall(r"\d+", self.ref or "") or [""])[-1].lstrip("0")
        if tail:
            domain &= (
                Domain("ref", "ilike", tail)
                | Domain("amount_total", "=", self.amount_total)
                | Domain("tour_bill_checksum", "=", self.tour_bill_checksum or "-")
            )
        for other in self.search(ours & domain, limit=200):
            if self._is_same_bill(other):
                return self.env._(
                    "It looks like %(other)s of %(date)s: entered twice?",
                    other=other._get_bill_name(),
                    date=format_date(self.env, other.invoice_date) or "",
                )
        return ""

    def _is_same_bill(self, other):
        if self.tour_bill_checksum and (
            self.tour_bill_checksum == other.tour_bill_checksum
        ):
            return True
        if plain_number(self.ref) == plain_number(other.ref):
            if not other.invoice_date:
                return True
            # Suppliers begin to count anew each year.
            return abs((self.invoice_date - other.invoice_date).days) < 180
        return (
            not self.currency_id.compare_amounts(self.amount_total, other.amount_total)
            and self.invoice_date == other.invoice_date
            and self.currency_id == other.currency_id
            and bool(self.tour_order_ids & other.tour_order_ids)
        )

    def _find_new_account(self):
        """An account to which nothing was paid, of a supplier who was paid before."""
        if not self.partner_bank_id:
            return ""
        supplier = self.commercial_partner_id
        paid = self.env["account.payment"].search(
            [
                ("partner_id", "child_of", supplier.ids),
                ("payment_type", "=", "outbound"),
                ("state", "in", ("in_process", "paid")),
                ("company_id", "=", self.company_id.id),
            ],
            limit=500,
            order="id desc",
        )
        number = self.partner_bank_id.sanitized_acc_number
        known = paid.partner_bank_id.mapped("sanitized_acc_number")
        if not paid or number in known:
            return ""
        return self.env._(
            "%(supplier)s was never paid to account %(account)s before.",
            supplier=supplier.name,
            account=self.partner_bank_id.acc_number,
        )

    def _find_bad_account(self):
        """An account whose check digits do not fit its bank, or of somebody else."""
        account = self.partner_bank_id
        if not account:
            return ""
        if fault := account._get_account_fault():
            return fault
        if account.partner_id.commercial_partner_id == self.commercial_partner_id:
            return ""
        return self.env._(
            "Account %(account)s belongs to %(owner)s.",
            account=account.acc_number,
            owner=account.partner_id.display_name,
        )
