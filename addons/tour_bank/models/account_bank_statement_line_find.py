"""Looking for what lines may settle: a fixed number of queries for any number."""

import logging
from collections import defaultdict
from decimal import Decimal

from psycopg2 import OperationalError

from odoo import api, models
from odoo.fields import Command
from odoo.tools import SQL, split_every

from odoo.addons.tour_refund.refund_states import UNDER_WAY

from ..engine.matching import Item, Moved, decide

_logger = logging.getLogger(__name__)

BATCH = 1000
# So many are settled while the user waits for his import; the rest in the background.
AT_ONCE = 200
KINDS = {"out_invoice": "invoice", "in_invoice": "bill"}
NOTES = ("out_refund", "in_refund")


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    def _match_lines(self, limit=None):
        """Look for what these lines may settle, and settle what is certain by rule.

        Note: in sudo mode; whoever calls has checked that it may be done.

        :param limit: settle no more than so many now
        :return: the lines that were settled
        """
        settled = self.browse()
        waiting = self.filtered(lambda line: not line.is_reconciled)
        for (journal, currency), lines in waiting.grouped(
            lambda line: (line.journal_id, line.currency_id)
        ).items():
            for batch in split_every(BATCH, lines.ids, self.browse):
                certain = batch._propose(journal, currency)
                if limit is not None:
                    certain = certain[: max(0, limit - len(settled))]
                settled |= certain._settle_by_rule()
        return settled

    def _propose(self, journal, currency):
        """Keep what these lines may settle, in place of what was proposed before.

        :return: the lines of which it is certain
        """
        items = self._get_open_items(journal, currency)
        tax_ids = {line.tour_tax_id for line in self} - {False}
        partners = self._get_partners_of(tax_ids, journal.company_id)
        found = decide([line._prepare_moved() for line in self], items, partners)
        Proposal = self.env["tour.bank.proposal"]
        Proposal.search([("line_id", "in", self.ids)]).unlink()
        Proposal.create(
            [
                self._prepare_proposal(line_id, each)
                for line_id, proposals in found.items()
                for each in proposals
            ]
        )
        certain = [key for key, each in found.items() if each and each[0].certain]
        return self.browse(certain).filtered(lambda line: not line.tour_by_hand)

    def _prepare_moved(self):
        return Moved(
            self.id,
            Decimal(repr(self.amount)).quantize(Decimal("0.01")),
            self.payment_ref or "",
            self.tour_tax_id or "",
            self.account_number or "",
            self.tour_number or "",
        )

    @api.model
    def _prepare_proposal(self, line_id, proposal):
        entries = [key for key in proposal.items if key > 0]
        topups = [-key for key in proposal.items if key < 0]
        return {
            "line_id": line_id,
            "kind": proposal.kind,
            "aml_ids": [Command.set(entries)],
            "topup_id": topups[0] if topups else False,
            "partner_id": proposal.partner or False,
            "points": proposal.points,
            "is_certain": proposal.certain,
            "reasons": [list(reason) for reason in proposal.reasons],
            "rest": float(proposal.rest),
        }

    # === What is open in the books === #

    @api.model
    def _get_open_items(self, journal, currency):
        """Everything that a line of this journal may settle."""
        self.env.flush_all()
        rows = self.env.execute_query_dict(self._query_open_items(journal, currency))
        moves = {row["move_id"] for row in rows}
        payments = {row["payment_id"] for row in rows} - {None}
        bookings = self._get_names(
            SQL(
                """
                SELECT rel.move_id, orders.name
                  FROM tour_booking_invoice_rel rel
                  JOIN sale_order orders ON orders.id = rel.order_id
                 WHERE rel.move_id = ANY(%(moves)s)
                 UNION
                SELECT rel.move_id, orders.name
                  FROM tour_order_bill_rel rel
                  JOIN sale_order orders ON orders.id = rel.order_id
                 WHERE rel.move_id = ANY(%(moves)s)
                """,
                moves=list(moves),
            )
        )
        bills = self._get_names(
            SQL(
                """
                SELECT DISTINCT event.payment_id, move.ref
                  FROM tour_bill_event event
                  JOIN account_move move ON move.id = event.move_id
                 WHERE event.payment_id = ANY(%s) AND move.ref IS NOT NULL
                """,
                list(payments),
            )
        )
        items = [self._prepare_item(row, bookings, bills) for row in rows]
        return items + self._get_topup_items(journal.company_id, currency)

    @api.model
    def _get_names(self, query):
        names = defaultdict(list)
        for key, name in self.env.execute_query(query):
            names[key].append(name)
        return names

    @api.model
    def _query_open_items(self, journal, currency):
        return SQL(
            """
            SELECT line.id, line.move_id, line.amount_residual_currency::text AS amount,
                   account.account_type, move.move_type, move.name, move.ref,
                   move.payment_reference, payment.id AS payment_id,
                   payment.tour_order_number, entity.id AS partner_id, entity.vat,
                   bank.sanitized_acc_number AS account
              FROM account_move_line line
              JOIN account_move move ON move.id = line.move_id
              JOIN account_account account ON account.id = line.account_id
         LEFT JOIN account_payment payment ON payment.id = move.origin_payment_id
         LEFT JOIN res_partner partner ON partner.id = line.partner_id
         LEFT JOIN res_partner entity ON entity.id = partner.commercial_partner_id
         LEFT JOIN res_partner_bank bank
                ON bank.id = COALESCE(payment.partner_bank_id, move.partner_bank_id)
               AND bank.partner_id = entity.id
             WHERE line.company_id = %(company)s
               AND line.currency_id = %(currency)s
               AND line.parent_state = 'posted'
               AND line.reconciled IS NOT TRUE
               AND line.amount_residual_currency != 0
               AND line.statement_line_id IS NULL
               AND (
                   account.account_type IN ('asset_receivable', 'liability_payable')
                   OR (
                       payment.journal_id = %(journal)s
                       AND payment.state = 'in_process'
                       AND account.reconcile
                   )
               )
               AND NOT EXISTS (
                   SELECT FROM tour_refund refund
                    WHERE refund.note_id = move.id AND refund.state = ANY(%(states)s)
               )
          ORDER BY line.date_maturity NULLS LAST, line.id
            """,
            company=journal.company_id.id,
            currency=currency.id,
            journal=journal.id,
            states=list(UNDER_WAY),
        )

    @api.model
    def _prepare_item(self, row, bookings, bills):
        trade = row["account_type"] in ("asset_receivable", "liability_payable")
        is_payment = bool(row["payment_id"]) and not trade
        kind = "note" if row["move_type"] in NOTES else KINDS.get(row["move_type"])
        numbers, references = (), ()
        if kind == "invoice":
            numbers = (row["name"], row["payment_reference"] or "")
        elif kind == "bill" and row["ref"]:
            references = (row["ref"],)
        elif is_payment:
            references = tuple(bills.get(row["payment_id"], ()))
        return Item(
            row["id"],
            "payment" if is_payment else kind or "credit",
            Decimal(row["amount"]).quantize(Decimal("0.01")),
            numbers=tuple(dict.fromkeys(filter(None, numbers))),
            references=references,
            bookings=tuple(bookings.get(row["move_id"], ())),
            order=(row["tour_order_number"] or "") if is_payment else "",
            tax_id=row["vat"] or "",
            account=row["account"] or "",
            partner=row["partner_id"] or 0,
        )

    @api.model
    def _get_topup_items(self, company, currency):
        topups = self.env["tour.topup"].search_fetch(
            [
                ("state", "=", "open"),
                ("company_id", "=", company.id),
                ("currency_id", "=", currency.id),
            ],
            ["name", "amount", "paid_amount", "partner_id"],
        )
        entities = topups.partner_id.commercial_partner_id
        entities.fetch(["vat"])
        return [
            Item(
                -topup.id,
                "topup",
                Decimal(repr(topup.amount - topup.paid_amount)).quantize(
                    Decimal("0.01")
                ),
                numbers=(topup.name,),
                tax_id=topup.partner_id.commercial_partner_id.vat or "",
                partner=topup.partner_id.commercial_partner_id.id,
            )
            for topup in topups
        ]

    @api.model
    def _get_partners_of(self, tax_ids, company):
        """{tax id: id of the partner}; nobody where two have the same."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT vat, MIN(commercial_partner_id)
                  FROM res_partner
                 WHERE vat = ANY(%s) AND active
                   AND (company_id IS NULL OR company_id = %s)
              GROUP BY vat
                HAVING COUNT(DISTINCT commercial_partner_id) = 1
                """,
                list(tax_ids),
                company.id,
            )
        )
        return dict(rows)

    # === In the background === #

    @api.model
    def _cron_match(self):
        """Settle what is certain of what was not looked at, or was too much."""
        domain = [
            ("is_reconciled", "=", False),
            ("tour_by_hand", "=", False),
            ("tour_proposal_ids", "any", [("is_certain", "=", True)]),
        ]
        lines = self.search(domain, order="id")
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(lines))
        for batch in split_every(AT_ONCE, lines.ids, self.browse):
            try:
                with self.env.cr.savepoint():
                    batch._match_lines()
            except OperationalError:
                raise
            except Exception:
                # One line that cannot be settled holds up no other batch.
                _logger.exception("Lines %s are not settled", batch.ids)
            if not cron._commit_progress(len(batch)):
                break
