"""What stands in a payment order: from payments to the keys of the format."""

from base64 import b64encode
from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError

from .. import texts
from ..engine import client_bank_write
from ..engine.result import BankFileError

# What all of ours are: electronic, in the usual turn, without a code of the state's.
FIXED = {"ВидОплаты": "01", "Код": "0", "Очередность": "5"}
LAST = 999_999


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def _lock_for_file(self, replaces):
        """Lock these; note: in sudo mode."""
        if not self:
            raise UserError(self.env._("Choose the payments that go to the bank."))
        held = self - self.try_lock_for_update(allow_referencing=True)
        if held:
            raise UserError(
                self.env._(
                    "Somebody else is working on %(payments)s right now. Try again in "
                    "a moment.",
                    payments=", ".join(held.mapped("display_name")),
                )
            )
        self.invalidate_recordset(["state", "tour_bank_file_id"])

    def _check_for_file(self):
        """Collect all that is in the way, and raise once."""
        faults = []
        if len(self.journal_id) > 1 or len(self.currency_id) > 1:
            faults.append(self.env._("A file is from one account, in one currency."))
        if not self.journal_id.bank_account_id:
            faults.append(
                self.env._(
                    "%(journal)s has no number of its account.",
                    journal=", ".join(self.journal_id.mapped("name")),
                )
            )
        for payment in self:
            if fault := payment._get_file_fault():
                faults.append(
                    self.env._(
                        "%(payment)s: %(fault)s",
                        payment=payment.display_name,
                        fault=fault,
                    )
                )
        if faults:
            raise UserError("\n".join(faults))

    def _get_file_fault(self):
        """Why the payment cannot go to the bank; nothing if it can."""
        self.ensure_one()
        if self.tour_bank_file_id:
            return self.env._(
                "went to the bank already, in %(file)s. Make that again, with a "
                "reason.",
                file=self.tour_bank_file_id.name,
            )
        if self.payment_type != "outbound" or self.state != "in_process":
            return self.env._("is no payment that waits for the bank.")
        if self.reconciled_statement_line_ids:
            return self.env._("the bank paid it already.")
        account = self.partner_bank_id
        if not account:
            return self.env._("it has no account to pay to.")
        if account.partner_id.commercial_partner_id != (
            self.partner_id.commercial_partner_id
        ):
            return self.env._("its account belongs to somebody else.")
        if not account.bank_id.bic:
            return self.env._("the BIC of the payee's bank is missing.")
        return account._get_account_fault() or ""

    def _number_orders(self):
        """Number what has no number yet, as banks count: up to six digits."""
        for payment in self.filtered(lambda payment: not payment.tour_order_number):
            sequence = self.env["ir.sequence"].with_company(payment.company_id)
            number = 0
            # Three zeros at the end are for the central bank's own.
            while number % 1000 == 0:
                text = sequence.next_by_code("tour.bank.order") or "0"
                number = int("".join(filter(str.isdigit, text)) or 0) % (LAST + 1)
            payment.tour_order_number = str(number)

    def _write_orders(self, journal):
        """The file of these payments: its content, and what had to be cut.

        :raise UserError: with the payment that cannot be written
        """
        payments = self.sorted("id")
        try:
            written = client_bank_write.write(
                [payment._prepare_order() for payment in payments],
                journal.bank_account_id.sanitized_acc_number,
                fields.Datetime.context_timestamp(self, fields.Datetime.now()),
                journal.tour_bank_encoding,
            )
        except BankFileError as error:
            number = payments[error.row - 1 : error.row].display_name
            error.row = 0
            text = texts.tell(self.env, error)
            told = f"{number}: {text}" if number else text
            raise UserError(told) from error
        warnings = []
        for note in written.warnings:
            name = payments[note.row - 1].tour_order_number if note.row else ""
            text = texts.tell(self.env, BankFileError(note.code, 0, note.value))
            warnings.append(f"{name}: {text}")
        return {
            "content": b64encode(written.data),
            "warnings": "\n".join(dict.fromkeys(warnings)) or False,
        }

    def _prepare_order(self):
        """The keys of the format with their values; override to add to them."""
        self.ensure_one()
        own = self.journal_id.bank_account_id
        return {
            "Номер": self.tour_order_number,
            "Дата": fields.Date.context_today(self),
            "Сумма": Decimal(repr(self.amount)).quantize(Decimal("0.01")),
            **self._prepare_side("Плательщик", self.company_id.partner_id, own),
            **self._prepare_side("Получатель", self.partner_id, self.partner_bank_id),
            **FIXED,
            "НазначениеПлатежа": self.memo or "",
        }

    def _prepare_side(self, side, partner, account):
        entity = partner.commercial_partner_id
        bank = account.bank_id
        number = account.sanitized_acc_number
        tax_id = entity.vat or ""
        name = account.acc_holder_name or entity.name or ""
        return {
            f"{side}Счет": number,
            side: f"ИНН {tax_id} {name}" if tax_id else name,
            f"{side}ИНН": tax_id,
            f"{side}КПП": partner.kpp or entity.kpp or "",
            f"{side}1": name,
            f"{side}РасчСчет": number,
            f"{side}Банк1": bank.name or "",
            f"{side}Банк2": bank.city or "",
            f"{side}БИК": bank.bic or "",
            f"{side}Корсчет": bank.corr_account or "",
        }
