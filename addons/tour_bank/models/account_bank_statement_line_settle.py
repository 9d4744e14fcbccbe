"""Settling lines in the books: the counterpart in place of the suspense account."""

import logging

from psycopg2 import OperationalError

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.tour_partner.defaults import plain

_logger = logging.getLogger(__name__)


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    # === By rule: many at once === #

    def _settle_by_rule(self):
        """Settle these lines with what is certain; note: in sudo mode.

        All at once, and one by one where that fails: one line holds up no other.

        :return: those that were settled
        """
        if not self:
            return self
        try:
            with self.env.cr.savepoint():
                return self._settle_certain()
        except OperationalError:
            # Two at once: Odoo begins the whole again.
            raise
        except Exception:
            _logger.info("Lines are settled one by one", exc_info=True)
        done = self.browse()
        for line in self:
            try:
                with self.env.cr.savepoint():
                    done |= line._settle_certain()
            except OperationalError:
                raise
            except Exception:
                _logger.warning("Line %s is not settled", line.id, exc_info=True)
        return done

    def _settle_certain(self):
        lines = self.try_lock_for_update(allow_referencing=True)
        lines.invalidate_recordset(["is_reconciled"])
        lines = lines.filtered(lambda line: not line.is_reconciled)
        chosen = {
            line: line.tour_proposal_ids.filtered("is_certain")[:1] for line in lines
        }
        chosen = {line: each for line, each in chosen.items() if each}
        whole = {
            line: each
            for line, each in chosen.items()
            if len(each.aml_ids) == 1 and not each.topup_id and line._is_plain()
        }
        done = self._settle_whole(whole)
        for line, each in chosen.items():
            if line not in whole:
                line._settle(each.aml_ids, each.topup_id)
                done |= line
        done._end_match(chosen, "rule")
        return done

    def _is_plain(self):
        """Whether the sum is the same in all currencies of the entry."""
        return (
            self.currency_id == self.company_id.currency_id
            and not self.foreign_currency_id
        )

    def _settle_whole(self, chosen):
        """Each line with one entry of its sum, in a step for each account."""
        Aml = self.env["account.move.line"]
        wanted = Aml.union(*(each.aml_ids for each in chosen.values()))
        locked = wanted._lock_open()
        pairs, groups, done = [], {}, self.browse()
        for line, proposal in chosen.items():
            aml = proposal.aml_ids
            _liquidity, suspense, others = line._seek_for_lines()
            same = line.currency_id.compare_amounts(
                aml.amount_residual_currency, line.amount
            )
            if aml not in locked or same or others or len(suspense) != 1:
                continue
            pairs.append(suspense | aml)
            key = (aml.account_id.id, aml.partner_id.id)
            groups[key] = groups.get(key, Aml) | suspense
            done |= line
        for (account, partner), suspense in groups.items():
            # Rows of posted entries are read only; these stand there to be replaced.
            suspense.with_context(skip_readonly_check=True).write(
                {"account_id": account, "partner_id": partner}
            )
        if pairs:
            Aml._reconcile_plan(pairs)
        return done

    # === By hand, and what is more than one === #

    def _take_by_hand(self, proposal):
        """Settle the line with a proposal of it, as an accountant chose."""
        self.ensure_one()
        self._check_bank_right()
        # In sudo: accountants of Tour may not write entries; the right was checked.
        line = plain(self).sudo()
        proposal = line.env["tour.bank.proposal"].browse(proposal.id)
        line._lock_lines()
        line._check_waiting()
        if proposal not in line.tour_proposal_ids:
            raise UserError(
                self.env._("The proposal is not there any more. Look again.")
            )
        line._settle(proposal.aml_ids, proposal.topup_id, proposal.partner_id)
        line._end_match({line: proposal}, "hand")
        return True

    def _check_waiting(self):
        for line in self:
            if line.is_reconciled:
                raise UserError(
                    self.env._(
                        "%(line)s is settled already. Undo that first.",
                        line=line.payment_ref or line.name,
                    )
                )

    def _settle(self, amls, topup=None, partner=None, account=None):
        """Put what is settled in place of the suspense account, and match it.

        What the line brings beyond goes to the partner's account, or to `account`.
        Note: in sudo mode, the line locked.

        :raise UserError: if something of it is not open any more
        """
        self.ensure_one()
        if topup:
            amls |= self._enter_topup(topup)
        locked = amls._lock_open()
        if locked != amls:
            raise UserError(
                self.env._(
                    "%(entries)s is not open any more, or somebody else is working on "
                    "it. Look again.",
                    entries=", ".join((amls - locked).move_id.mapped("display_name")),
                )
            )
        parts, left = self._split_among(amls)
        partner = partner or amls.partner_id.commercial_partner_id[:1]
        if left and not self.currency_id.is_zero(left) and (partner or account):
            account = account or self._get_account_of(partner)
            parts.append((account, partner, left, None))
            left = 0.0
        if not parts:
            raise UserError(self.env._("Choose what the line settles."))
        self._enter_parts(parts, left, partner)

    def _split_among(self, amls):
        """Give each entry what is open of it, as far as the line goes.

        :return: [(account, partner, amount, entry)], and what is left of the line
        """
        currency, left = self.currency_id, self.amount
        parts = []

        def place(aml):
            # Credit notes first: what they give goes to the invoices.
            same = aml.amount_residual_currency * self.amount > 0
            return same, aml.date_maturity or aml.date, aml.id

        for aml in amls.sorted(place):
            if aml.currency_id != currency:
                raise UserError(
                    self.env._(
                        "%(entry)s is in another currency than the line.",
                        entry=aml.move_id.display_name,
                    )
                )
            open_amount = aml.amount_residual_currency
            # What has the other sign is taken whole: a credit note with its invoices.
            part = open_amount
            if open_amount * self.amount > 0 and abs(open_amount) > abs(left):
                part = left if left * self.amount > 0 else 0.0
            left = currency.round(left - part)
            if not currency.is_zero(part):
                parts.append((aml.account_id, aml.partner_id, part, aml))
        if left * self.amount < 0:
            raise UserError(
                self.env._("What was chosen has the other sign than the line.")
            )
        return parts, left

    def _get_account_of(self, partner):
        """Where what is too much stands to the credit of a partner."""
        partner = partner.with_company(self.company_id)
        if self.amount > 0:
            return partner.property_account_receivable_id
        return partner.property_account_payable_id

    def _enter_parts(self, parts, left, partner):
        """Write the entry of the line anew, and match its rows."""
        liquidity, suspense, others = self._seek_for_lines()
        commands = [Command.delete(row.id) for row in others | suspense]
        balance_left = -sum(liquidity.mapped("balance"))
        rows = list(parts)
        if left and not self.currency_id.is_zero(left):
            rows.append((self.journal_id.suspense_account_id, partner, left, None))
        for nth, (account, owner, amount, _aml) in enumerate(rows):
            values = self._prepare_counterpart_amounts_using_st_line_rate(
                self.currency_id, None, -amount
            )
            balance = values["balance"]
            if nth == len(rows) - 1:
                # Whatever rounding left over is in the last.
                balance = balance_left
            balance_left = self.company_id.currency_id.round(balance_left - balance)
            commands.append(
                Command.create(
                    {
                        "name": self.payment_ref,
                        "account_id": account.id,
                        "partner_id": owner.id,
                        "currency_id": self.currency_id.id,
                        "amount_currency": -amount,
                        "balance": balance,
                    }
                )
            )
        if partner:
            commands.append(Command.update(liquidity.id, {"partner_id": partner.id}))
        before = self.move_id.line_ids
        # As above: so does Odoo where it takes a match back.
        self.move_id.with_context(skip_readonly_check=True, force_delete=True).write(
            {"line_ids": commands}
        )
        made = (self.move_id.line_ids - before).sorted("id")
        self._match_rows(made, parts)

    def _match_rows(self, made, parts):
        """Match each new row with the entry that it was made for."""
        for row, (_account, _partner, _amount, aml) in zip(made, parts, strict=False):
            if aml:
                (row | aml).reconcile()

    def _enter_topup(self, topup):
        """Enter the payment of a top-up: it stands on the client's account.

        :return: its row that waits for the bank
        """
        topup._lock_open()
        left = topup.currency_id.round(topup.amount - topup.paid_amount)
        method = self.journal_id.inbound_payment_method_line_ids.filtered(
            lambda line: not line.payment_provider_id
        )[:1]
        Payment = self.env["account.payment"].with_context(force_payment_move=True)
        payment = Payment.create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": topup.partner_id.commercial_partner_id.id,
                "amount": min(left, self.amount),
                "currency_id": topup.currency_id.id,
                "company_id": topup.company_id.id,
                "date": self.date,
                "journal_id": self.journal_id.id,
                "payment_method_line_id": method.id,
                "memo": topup.name,
                "tour_topup_id": topup.id,
            }
        )
        payment.action_post()
        self.payment_ids |= payment
        return payment._seek_for_lines()[0]

    # === What follows === #

    def _end_match(self, chosen, how):
        """Keep why, and let the bills know that the bank paid them."""
        taken = self.env["tour.bank.proposal"]
        for line in self:
            proposal = chosen.get(line)
            if proposal:
                taken |= proposal
        (self.tour_proposal_ids - taken).unlink()
        taken.write({"taken": True})
        self.write({"tour_matched_by": how, "tour_by_hand": False})
        settled = self._get_settled_lines()
        self._after_match(settled)

    def _after_match(self, settled):
        """Hook: these entries were settled by the bank; override to follow up."""
        payments = settled.move_id.origin_payment_id
        payments._confirm_bill_payments()


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _lock_open(self):
        """Those of these that are open, locked; note: in sudo mode."""
        locked = self.try_lock_for_update(allow_referencing=True)
        locked.invalidate_recordset(
            ["reconciled", "amount_residual", "amount_residual_currency"]
        )
        return locked.filtered(
            lambda aml: aml.parent_state == "posted" and not aml.reconciled
        )
