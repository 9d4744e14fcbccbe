"""Where what was entered is not what the file says: told to whoever decides."""

from odoo import models
from odoo.tools.misc import format_amount

from .account_move_hints import SURE


class AccountMove(models.Model):
    _inherit = "account.move"

    def _find_bill_alarms(self):
        """Add what the file says of the account and the sum."""
        alarms = super()._find_bill_alarms()
        found = self._get_sure_hints()
        account = self.partner_bank_id.sanitized_acc_number
        texts = {
            "file_account": self._doubt_account(found, account),
            "file_amount": self._doubt_amount(
                found, self.amount_total, self.currency_id
            ),
            "file_rivals": self._doubt_code(),
        }
        return alarms + [
            {"code": code, "text": text} for code, text in texts.items() if text
        ]

    def _get_sure_hints(self):
        """{what: value} of the hints that are sure and that nobody called wrong."""
        reading = self._get_bill_reading()
        dismissed = reading.dismissed or {}
        return {
            name: hint["value"]
            for name, hint in (reading.hints or {}).items()
            if hint["confidence"] >= SURE and name not in dismissed
        }

    def _doubt_account(self, found, account):
        said = found.get("account")
        if not said or not account or said == account:
            return ""
        return self.env._(
            "The file says account %(said)s, not %(account)s.",
            said=said,
            account=account,
        )

    def _doubt_amount(self, found, amount, currency):
        said = found.get("amount")
        code = found.get("currency", currency.name)
        if not said or not currency:
            return ""
        is_same = code == currency.name
        if is_same and not currency.compare_amounts(float(said), amount):
            return ""
        shown = format_amount(self.env, float(said), currency) if is_same else ""
        return self.env._(
            "The file says %(said)s, not %(amount)s.",
            said=shown or f"{said} {code}",
            amount=format_amount(self.env, amount, currency),
        )

    def _doubt_code(self):
        """The code and the text of one bill name two accounts: a sign of forgery."""
        hint = (self._get_bill_reading().hints or {}).get("account", {})
        if not hint.get("is_contradicted"):
            return ""
        return self.env._(
            "The file names two accounts: its QR code and its text differ (%(one)s,"
            " %(other)s).",
            one=hint["value"],
            other=hint["rival"],
        )
