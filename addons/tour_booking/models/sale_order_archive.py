"""Nightly archiving of finished bookings (BKG-18), in the database."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

CHUNK = 5000


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model
    def _cron_archive_bookings(self):
        """Archive what ended longer ago than the company's setting says.

        A chunk is committed at a time, so that memory is constant, locks are short,
        and a run that is cut off goes on where it was.
        """
        archived = True
        while archived:
            archived = self._archive_bookings(CHUNK)
            if not self.env["ir.cron"]._commit_progress(archived):
                break

    @api.model
    def _archive_bookings(self, limit):
        """Archive up to ``limit`` bookings, and return how many it were.

        Status and history only: nothing that is computed changes with the archive
        (see `_compute_penalty_columns`), and it sends no mails.
        """
        count = 0
        # In sudo: the cron serves all companies.
        for company in (
            self.env["res.company"].sudo().search([("tour_archive_days", ">=", 0)])
        ):
            if count < limit:
                count += self._archive_of_company(company, limit - count)
        return count

    @api.model
    def _archive_of_company(self, company, limit):
        today = fields.Date.context_today(self)
        before = today - relativedelta(days=company.tour_archive_days)
        self.env["sale.order"].flush_model()
        self.env["tour.booking.event"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH due AS (
                    SELECT id, booking_state
                      FROM sale_order
                     WHERE booking_state IN ('done', 'cancelled', 'cancelled_penalty',
                                             'refused')
                       AND service_date_to < %(before)s
                       AND company_id = %(company)s
                     ORDER BY service_date_to, id
                     LIMIT %(limit)s
                       FOR NO KEY UPDATE SKIP LOCKED
                ), archived AS (
                    UPDATE sale_order
                       SET booking_state = 'archive',
                           write_date = NOW() AT TIME ZONE 'UTC',
                           write_uid = %(user)s
                      FROM due
                     WHERE sale_order.id = due.id
                )
                INSERT INTO tour_booking_event (
                    order_id, from_state, to_state, user_id, date,
                    create_uid, write_uid, create_date, write_date
                )
                SELECT id, booking_state, 'archive', %(user)s,
                       NOW() AT TIME ZONE 'UTC', %(user)s, %(user)s,
                       NOW() AT TIME ZONE 'UTC', NOW() AT TIME ZONE 'UTC'
                  FROM due
                """,
                before=before,
                company=company.id,
                limit=limit,
                user=self.env.uid,
            )
        )
        count = self.env.cr.rowcount
        self.invalidate_model(["booking_state", "status_event_ids", "write_date"])
        return count
