"""Attempts to collect what is due from a saved card (BIL-14).

Never twice for one due row: an attempt, with a reference of its own that is unique in
the database, is kept and committed before the provider is asked. Whoever comes at the
same time finds it, or breaks off on its number. An attempt that nobody answered is not
repeated until somebody has found out how it ended.
"""

import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL
from odoo.tools.misc import format_amount

from ..collecting import BY_TRANSACTION, STATES, Attempt, Policy, decide

_logger = logging.getLogger(__name__)

SEES_COLLECTIONS = (
    "tour_partner.tour_group_manager_own,tour_partner.tour_group_accountant,"
    "tour_partner.tour_group_director"
)
# Of the locks that are held while a provider is asked; any number of our own.
REQUEST_LOCK = 1906
MONEY_ROLES = ("tour_partner.tour_group_accountant", "tour_partner.tour_group_head")


class TourCollection(models.Model):
    """One time that a client's card was asked for what is due."""

    _name = "tour.collection"
    _description = "Collection from a Saved Card"
    _order = "id desc"
    _rec_name = "transaction_id"

    line_id = fields.Many2one(
        comodel_name="account.move.line",
        string="Due row",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    number = fields.Integer(string="Attempt", required=True, readonly=True)
    move_id = fields.Many2one(
        related="line_id.move_id", store=True, index=True, string="Invoice"
    )
    order_id = fields.Many2one(
        comodel_name="sale.order", string="Booking", readonly=True, index=True
    )
    company_id = fields.Many2one(related="line_id.company_id", store=True)
    partner_id = fields.Many2one(
        related="move_id.commercial_partner_id", store=True, string="Client"
    )
    user_id = fields.Many2one(
        related="move_id.invoice_user_id", store=True, string="Manager"
    )
    transaction_id = fields.Many2one(
        comodel_name="payment.transaction",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    amount = fields.Monetary(readonly=True)
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    date = fields.Date(
        string="Asked on", required=True, readonly=True, default=fields.Date.today
    )
    state = fields.Selection(
        selection=STATES, compute="_compute_state", store=True, index=True
    )
    message = fields.Char(
        string="Answer", compute="_compute_state", store=True, compute_sudo=True
    )
    is_open = fields.Boolean(
        string="Needs somebody",
        compute="_compute_is_open",
        store=True,
        help="The latest attempt, and what it asked for is not paid.",
    )
    told = fields.Boolean(readonly=True)

    _once = models.Constraint(
        "UNIQUE(line_id, number)", "This attempt to collect was made already."
    )
    # One transaction is one attempt.
    _transaction_uniq = models.Constraint(
        "UNIQUE(transaction_id)", "This payment belongs to another attempt."
    )

    @api.depends("transaction_id.state", "transaction_id.state_message")
    def _compute_state(self):
        for collection in self:
            tx = collection.transaction_id
            collection.state = BY_TRANSACTION.get(tx.state, "no_answer")
            collection.message = tx.state_message

    @api.depends("line_id.reconciled", "line_id.collection_ids")
    def _compute_is_open(self):
        for collection in self:
            line = collection.line_id
            # Paid, and the row still open: the money settled something else.
            collection.is_open = (
                not line.reconciled
                and collection == line.collection_ids.sorted("number")[-1:]
            )

    # === The cron === #

    @api.model
    def _cron_collect(self):
        """Move due dates with the bookings, remind clients, collect what is due."""
        Move = self.env["account.move"]
        Move._cron_update_due_dates()
        Move._cron_remind_due()
        self.env["account.payment"]._cron_follow_again()
        lines = self._search_due()
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(lines))
        for line in lines:
            self._collect(line)
            if not cron._commit_progress(1):
                break
        self._tell_failures()

    @api.model
    def _do_each(self, records, act):
        """Do something for each record by itself: one that fails holds up no other.

        :param act: gets the record
        """
        cron = self.env["ir.cron"]
        for record in records:
            try:
                with self.env.cr.savepoint():
                    act(record)
            except Exception:
                _logger.exception("%s is left for the next time", record)
            else:
                cron._commit_progress()

    @api.model
    def _search_due(self):
        """Rows that are due today or before, and may be collected from a card."""
        return self.env["account.move.line"].search(
            [
                ("display_type", "=", "payment_term"),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("date_maturity", "<=", fields.Date.today()),
                ("move_id.move_type", "=", "out_invoice"),
                ("move_id.tour_shown_on", "!=", False),
                ("move_id.payment_state", "in", ("not_paid", "partial")),
                ("move_id.invoice_payment_term_id.tour_auto_collect", "=", True),
                ("move_id.tour_booking_ids.collect_token_id", "!=", False),
            ],
            order="date_maturity, id",
        )

    @api.model
    def _collect(self, line):
        """Ask the card for one due row, if it is time to.

        :return: the attempt, empty if the card was not asked
        """
        cr = self.env.cr
        collection = self.browse()
        try:
            with cr.savepoint():
                collection = self._prepare_attempt(line)
        except Exception:
            # Somebody else was faster, or the row cannot be read: the others go on.
            _logger.info("Due row %s is not collected now", line.id, exc_info=True)
        if not collection:
            return collection
        # From here on the provider may be asked: what we ask is kept first.
        self.env["ir.cron"]._commit_progress()
        collection._ask_card()
        self.env["ir.cron"]._commit_progress()
        collection._enter_payment()
        return collection

    @api.model
    def _prepare_attempt(self, line):
        """Lock the row and its invoice, look again, and keep the attempt.

        :return: the attempt, empty if the card must not be asked now
        """
        move = line.move_id
        if not (
            line.try_lock_for_update(allow_referencing=True)
            and move.try_lock_for_update(allow_referencing=True)
        ):
            return self.browse()
        (line | move.line_ids).invalidate_recordset()
        order = move.tour_booking_ids[:1]
        if (
            not move._get_collect_token().active
            or line.reconciled
            or move.state != "posted"
            or any(tx._is_pending() or tx._is_on_page() for tx in move.transaction_ids)
            or self._decide(line) != "ask"
        ):
            return self.browse()
        attempts = self.search([("line_id", "=", line.id)])
        return self.create(self._prepare_attempt_vals(line, order, len(attempts) + 1))

    @api.model
    def _decide(self, line):
        company = line.company_id
        attempts = [
            Attempt(attempt.state, attempt.date)
            for attempt in self.search([("line_id", "=", line.id)])
        ]
        policy = Policy(company.tour_collect_attempts, company.tour_collect_days)
        return decide(line.date_maturity, fields.Date.today(), attempts, policy)

    @api.model
    def _prepare_attempt_vals(self, line, order, number):
        token = order.collect_token_id
        amount = line.amount_residual_currency
        tx = self.env["payment.transaction"].create(
            {
                "provider_id": token.provider_id.id,
                "payment_method_id": token.payment_method_id.id,
                "token_id": token.id,
                "operation": "offline",
                "reference": f"{line.move_id.name}-{line.id}-{number}",
                "amount": amount,
                "currency_id": line.currency_id.id,
                "partner_id": token.partner_id.id,
                "invoice_ids": [fields.Command.set(line.move_id.ids)],
            }
        )
        return {
            "line_id": line.id,
            "number": number,
            "order_id": order.id,
            "transaction_id": tx.id,
            "amount": amount,
            "currency_id": line.currency_id.id,
        }

    def _ask_card(self):
        """Ask the provider, unless the attempt was answered meanwhile."""
        self.ensure_one()
        tx = self.transaction_id
        self._lock_request()
        tx.invalidate_recordset(["state"])
        if tx.state == "draft":
            tx._ask_provider(tx._send_payment_request)

    def _enter_payment(self):
        """Enter at once what was paid; Odoo's own cron does so else."""
        tx = self.transaction_id
        if tx.state != "done" or tx.is_post_processed:
            return
        try:
            with self.env.cr.savepoint():
                tx._post_process()
        except Exception:
            _logger.exception("Payment %s is entered later", tx.reference)

    # === Telling === #

    @api.model
    def _tell_failures(self):
        """Tell managers what could not be collected, or has no answer; once each."""
        new = self.search([("told", "=", False), ("state", "!=", "done")])
        self._do_each(new, lambda collection: collection._tell_failure())

    def _tell_failure(self):
        move = self.move_id
        self.told = True

        def title(env):
            collection = self.with_env(env).sudo()
            amount = format_amount(env, collection.amount, collection.currency_id)
            if collection.state == "no_answer":
                return env._(
                    "%(invoice)s: no answer about %(amount)s from the card",
                    invoice=move.name,
                    amount=amount,
                )
            return env._(
                "%(invoice)s: %(amount)s could not be collected",
                invoice=move.name,
                amount=amount,
            )

        def text(env):
            collection = self.with_env(env).sudo()
            if collection.state == "no_answer":
                return env._(
                    "The card may have been charged. It is not asked again until the "
                    "provider answers, or an accountant says that it was not charged."
                )
            policy = collection.company_id.tour_collect_attempts
            if collection.number >= policy:
                return env._(
                    "%(answer)s That was the last attempt: ask the client.",
                    answer=collection.message or "",
                )
            return collection.message or ""

        self.env["tour.notification.category"]._tell_users(
            "invoice_paid", self.user_id, title, text, move
        )

    # === Buttons === #

    def action_not_charged(self):
        """Say that the card was not charged: the provider's own pages show it."""
        if not (self.env.su or any(map(self.env.user.has_group, MONEY_ROLES))):
            raise AccessError(self.env._("Accountants and heads of department say so."))
        self.check_access("read")
        for collection in self:
            # In sudo: transactions are written by the program only.
            collection.sudo()._check_settled()
            collection.sudo().transaction_id._set_error(
                self.env._(
                    "Not charged, says %(user)s.", user=self.env.user.display_name
                )
            )
        return True

    def _check_settled(self):
        """Lock the payment, and refuse to answer while the provider still may.

        :raise UserError: with what is wrong
        """
        tx = self.transaction_id
        values = {"payment": tx.reference}
        if not self._lock_request(wait=False):
            raise UserError(
                self.env._("%(payment)s is being asked for right now.", **values)
            )
        tx.lock_for_update()
        tx.invalidate_recordset(["state", "last_state_change"])
        if tx.state == "authorized":
            raise UserError(
                self.env._(
                    "%(payment)s: the provider holds the money. Take it, or let it go, "
                    "on the payment itself.",
                    **values,
                )
            )
        if tx.state not in ("draft", "pending"):
            raise UserError(self.env._("%(payment)s has its answer already.", **values))
        if tx._is_recent():
            raise UserError(
                self.env._(
                    "%(payment)s: the provider may still answer. Wait an hour.",
                    **values,
                )
            )

    def _lock_request(self, wait=True):
        """Hold the attempt until the transaction ends: nobody else asks or answers.

        No lock of its row: the provider's notice may come while the request runs.

        :return: whether it is held
        """
        self.ensure_one()
        name = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
        query = SQL("SELECT %s(%s, %s)", SQL(name), REQUEST_LOCK, self.id)
        [(held,)] = self.env.execute_query(query)
        return wait or held
