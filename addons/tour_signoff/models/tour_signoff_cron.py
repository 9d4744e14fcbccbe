"""Reminders before the deadline, and statements of the last month by themselves."""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

_logger = logging.getLogger(__name__)


class TourSignoff(models.Model):
    _inherit = "tour.signoff"

    @api.model
    def _cron_follow_up(self):
        """Remind clients, and ask for the last month where that is wanted.

        One statement at a time, each for itself and committed: what fails is left,
        and does not hold up the others.
        """
        if self._remind_due():
            self._ask_last_month()

    @api.model
    def _remind_due(self):
        """Remind; whether there is time left."""
        today = fields.Date.context_today(self)
        # In sudo: the cron serves all companies.
        due = self._as_mover().search(
            [
                ("state", "=", "waiting"),
                ("remind_on", "<=", today),
                ("reminded_on", "=", False),
            ],
            order="id",
        )
        for signoff in due:
            if signoff.try_lock_for_update():
                signoff._remind_safely(today)
            if not self.env["ir.cron"]._commit_progress(1):
                return False
        return True

    def _remind_safely(self, today):
        # Somebody may have signed since the search.
        self.invalidate_recordset()
        if self.state != "waiting" or self.reminded_on:
            return
        try:
            with self.env.cr.savepoint():
                self.reminded_on = fields.Datetime.now()
                # One mail, and before the deadline.
                if not self.deadline or today <= self.deadline:
                    self._mail_client("reminded")
        except Exception:
            _logger.exception("No reminder of the statement %s", self.id)

    @api.model
    def _ask_last_month(self):
        """Ask every client with anything in the books of the last month."""
        first = fields.Date.context_today(self).replace(day=1)
        date_to = first - timedelta(days=1)
        date_from = date_to.replace(day=1)
        # In sudo: the cron serves all companies.
        companies = (
            self.env["res.company"].sudo().search([("tour_signoff_monthly", "=", True)])
        )
        for company in companies:
            until = company.tour_signoff_asked_until
            if until and until >= date_to:
                continue
            period = {"company_id": company, "date_from": date_from, "date_to": date_to}
            if not self._ask_clients(period):
                return
            company.tour_signoff_asked_until = date_to
            if not self.env["ir.cron"]._commit_progress(0):
                return

    @api.model
    def _ask_clients(self, period):
        """Ask one after the other; whether all were asked."""
        Partner, Currency = self.env["res.partner"].sudo(), self.env["res.currency"]
        for partner_id, currency_id in self._find_clients(**period):
            partner = Partner.browse(partner_id)  # In sudo: as above.
            self._ask_safely(
                partner, {**period, "currency_id": Currency.browse(currency_id)}
            )
            if not self.env["ir.cron"]._commit_progress(1):
                return False
        return True

    def _ask_safely(self, partner, period):
        try:
            with self.env.cr.savepoint():
                self.sudo()._ask(partner, period)  # In sudo: as above.
        except UserError as error:
            _logger.info("No statement is asked for: %s", error)
        except Exception:
            _logger.exception("No statement of the client %s", partner.id)

    @api.model
    def _find_clients(self, company_id, date_from, date_to):
        """Clients with documents in a period, by currency, and no statement of it."""
        self.env["account.move.line"].flush_model()
        self.flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT partner.commercial_partner_id, line.currency_id
                  FROM account_move_line line
                  JOIN account_account account ON account.id = line.account_id
                  JOIN res_partner partner ON partner.id = line.partner_id
                  JOIN res_partner client
                    ON client.id = partner.commercial_partner_id
                 WHERE account.account_type = 'asset_receivable'
                   AND line.company_id = %(company)s
                   AND line.parent_state = 'posted'
                   AND line.date BETWEEN %(date_from)s AND %(date_to)s
                   AND client.is_tour_client
                   AND NOT EXISTS (
                       SELECT FROM tour_signoff signoff
                        WHERE signoff.partner_id = client.id
                          AND signoff.company_id = line.company_id
                          AND signoff.currency_id = line.currency_id
                          AND signoff.date_from = %(date_from)s
                          AND signoff.date_to = %(date_to)s
                   )
              ORDER BY 1, 2
                """,
                company=company_id.id,
                date_from=date_from,
                date_to=date_to,
            )
        )
