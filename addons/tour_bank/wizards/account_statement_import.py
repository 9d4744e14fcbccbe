"""OCA's window that takes in statements: our formats, few queries, all or nothing."""

import logging

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.base.models.res_bank import sanitize_account_number
from odoo.addons.tour_partner.defaults import plain

from .. import texts
from ..engine import files, table
from ..engine.result import DOUBTS, BankFileError
from ..models.account_bank_statement_line import ACCOUNTANT
from ..models.account_bank_statement_line_find import AT_ONCE

_logger = logging.getLogger(__name__)

BOOKKEEPER = "account.group_account_user"
MAX_NOTES = 20


class AccountStatementImport(models.TransientModel):
    _inherit = "account.statement.import"

    def import_file_button(self):
        """Take the file in, settle what is certain, and show its lines."""
        self.ensure_one()
        user = self.env.user
        if not (self.env.su or user.has_groups(f"{ACCOUNTANT},{BOOKKEEPER}")):
            raise AccessError(self.env._("This is for accountants."))
        self.check_access("read")
        journal = self._get_chosen_journal()
        # Checks that the user may work for them; in sudo nothing does any more.
        companies = self.env.companies
        # In sudo: accountants of Tour may not write statements; the right was checked.
        wizard = (
            plain(self)
            .sudo()
            .with_context(allowed_company_ids=companies.ids, journal_id=journal.id)
        )
        result = wizard._import_file()
        statements = wizard.env["account.bank.statement"].browse(
            result["statement_ids"]
        )
        settled = statements.line_ids._match_lines(limit=AT_ONCE)
        # What is certain and was too much is settled in the background. In sudo:
        # scheduled actions are not the accountant's to read.
        self.env.ref("tour_bank.ir_cron_match").sudo()._trigger()
        return self._open_lines(statements, settled, result["notifications"])

    def _get_chosen_journal(self):
        """The journal whose button was pressed, as far as the user may see it."""
        chosen = self.env.context.get("journal_id")
        is_id = isinstance(chosen, int) and not isinstance(chosen, bool)
        journal = self.env["account.journal"].browse(chosen if is_id else [])
        journal.check_access("read")
        return journal

    def _open_lines(self, statements, settled, notes):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_bank.account_bank_statement_line_action"
        )
        action |= {
            "domain": [("statement_id", "in", statements.ids)],
            "context": {"search_default_waiting": 0},
        }
        read = self.env._(
            "%(count)s lines were read; %(settled)s are settled by rule so far.",
            count=len(statements.line_ids),
            settled=len(settled),
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if notes else "success",
                "sticky": bool(notes),
                "message": "\n".join([read, *notes]),
                "next": action,
            },
        }

    # === Reading === #

    def _parse_file(self, data_file):
        """Read what the suite knows: 1CClientBankExchange, CAMT.053, MT940, tables."""
        try:
            kind = files.kind_of(data_file)
            if kind:
                # What is doubtful depends on the journal, which the file tells.
                statements = files.read(data_file, kind, strict=False)
            elif journal := self._get_table_journal():
                statements = table.read(
                    data_file,
                    journal.tour_bank_table_id._get_table(),
                    journal.bank_account_id.sanitized_acc_number or "",
                    (journal.currency_id or journal.company_id.currency_id).name,
                )
            else:
                return super()._parse_file(data_file)
            if not any(each.lines for each in statements):
                raise BankFileError("no_lines")
            return [self._prepare_statement(each) for each in statements]
        except BankFileError as error:
            raise UserError(texts.tell(self.env, error)) from error

    def _get_table_journal(self):
        """The journal of a table, which names no account itself."""
        journal = self.env["account.journal"].browse(
            self.env.context.get("journal_id") or []
        )
        if not journal:
            journal = self._get_journals().filtered("tour_bank_table_id")
        return journal if len(journal) == 1 and journal.tour_bank_table_id else None

    def _prepare_statement(self, statement):
        """What OCA's chain takes; doubts are refused unless the journal bears them."""
        doubts = [note for note in statement.notes if note.code in DOUBTS]
        journal = self._find_journal(statement.account)
        if doubts and not journal.tour_bank_tolerant:
            raise BankFileError(doubts[0].code, doubts[0].row, doubts[0].value)
        name = statement.account[-4:]
        if statement.date_from and statement.date_to:
            name = f"{name} {statement.date_from} – {statement.date_to}"
        values = {
            "name": name,
            "date": statement.date_to,
            "tour_notes": [
                texts.tell(self.env, note) for note in statement.notes[:MAX_NOTES]
            ],
            "transactions": [self._prepare_line(line) for line in statement.lines],
        }
        if not statement.date_to:
            values.pop("date")
        if statement.start is not None:
            values["balance_start"] = float(statement.start)
        if statement.end is not None:
            values["balance_end_real"] = float(statement.end)
        return statement.currency, statement.account, [values]

    @api.model
    def _prepare_line(self, line):
        return {
            "date": line.date,
            "amount": float(line.amount),
            "payment_ref": line.purpose or line.name or line.number or "/",
            "partner_name": line.name,
            "account_number": line.account,
            "transaction_type": line.kind,
            "unique_import_id": line.key,
            "tour_tax_id": line.tax_id,
            "tour_bic": line.bic,
            "tour_number": line.number,
            "tour_file_row": line.row,
        }

    # === Into the books === #

    @api.model
    def _get_journals(self):
        return self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "in", self.env.companies.ids)]
        )

    @api.model
    def _find_journal(self, account_number):
        """The journal of exactly this account, of the companies that one works for."""
        number = sanitize_account_number(account_number)
        if not number:
            return self.env["account.journal"]
        return self._get_journals().filtered(
            lambda journal: journal.bank_account_id.sanitized_acc_number == number
        )[:1]

    @api.model
    def _match_journal(self, account_number, currency):
        """Take no journal whose account is merely like the file's."""
        if not account_number:
            return super()._match_journal(account_number, currency)
        journal = self._find_journal(account_number)
        chosen = self.env.context.get("journal_id")
        if not journal:
            raise UserError(
                self.env._(
                    "No bank journal has account %(account)s. Enter it in the settings "
                    "of the journal.",
                    account=account_number,
                )
            )
        if chosen and journal.id != chosen:
            raise UserError(
                self.env._(
                    "The statement is of account %(account)s, which is that of "
                    "'%(journal)s'.",
                    account=account_number,
                    journal=journal.display_name,
                )
            )
        own = journal.currency_id or journal.company_id.currency_id
        if own != currency:
            raise UserError(
                self.env._(
                    "The statement is in %(currency)s; '%(journal)s' is kept in "
                    "%(own)s.",
                    currency=currency.name,
                    journal=journal.display_name,
                    own=own.name,
                )
            )
        return journal

    # OCA's two steps are for the button only: nobody calls them with data of his own.

    @api.private
    def import_single_file(self, file_data, result):
        return super().import_single_file(file_data, result)

    @api.private
    def import_single_statement(self, single_statement_data, result):
        """Tell what was passed over, also where nothing is left to take in."""
        for values in single_statement_data[2]:
            result["notifications"] += values.pop("tour_notes", [])
        return super().import_single_statement(single_statement_data, result)

    def _complete_stmts_vals(self, stmts_vals, journal, account_number):
        """Add the client or supplier who has the tax id."""
        stmts_vals = super()._complete_stmts_vals(stmts_vals, journal, account_number)
        rows = [row for values in stmts_vals for row in values["transactions"]]
        wanted = {row.get("tour_tax_id") for row in rows} - {None, ""}
        Line = self.env["account.bank.statement.line"]
        known = Line._get_partners_of(wanted, journal.company_id)
        for row in rows:
            if partner := known.get(row.get("tour_tax_id")):
                row["partner_id"] = partner
        return stmts_vals

    def _create_bank_statements(self, stmts_vals, result):
        """Leave out what is known already: by one query, where OCA asks for each."""
        keys = [
            row["unique_import_id"]
            for values in stmts_vals
            for row in values["transactions"]
        ]
        Line = self.env["account.bank.statement.line"]
        known = set(
            Line.search_fetch(
                [("unique_import_id", "in", keys)], ["unique_import_id"]
            ).mapped("unique_import_id")
        )
        left_out = 0
        for values in stmts_vals:
            rows = values.pop("transactions")
            new = [row for row in rows if row["unique_import_id"] not in known]
            left_out += len(rows) - len(new)
            if not new:
                continue
            if "balance_start" in values:
                values["balance_start"] += sum(
                    row["amount"] for row in rows if row["unique_import_id"] in known
                )
            for sequence, row in enumerate(new, 1):
                row["sequence"] = sequence
            lines = [(0, 0, row) for row in new]
            statement = self.env["account.bank.statement"].create(
                {**values, "line_ids": lines}
            )
            result["statement_ids"].append(statement.id)
        if left_out and result["statement_ids"]:
            result["notifications"].append(
                self.env._(
                    "%(count)s lines were there already, and are left out.",
                    count=left_out,
                )
            )
