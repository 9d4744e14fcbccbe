"""Passport and birth data go some time after the stay, unless the guest travels again.

Past the ORM: nobody changes the booking by it, nothing has to be worked out or
confirmed anew, and a million guests cost no memory.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

BATCH = 500
# In these a trip does not take place.
OVER_STATES = ("cancelled", "cancelled_penalty", "refused", "archive")


class TourGuest(models.Model):
    _inherit = "tour.guest"

    @api.model
    def _cron_erase_personal_data(self):
        """Erase what is due, batch by batch; what is left is done the next time."""
        cron = self.env["ir.cron"]
        # In sudo, as crons are: settings of every company.
        companies = self.env["res.company"].sudo()
        for company in companies.search([("tour_guest_data_days", ">", 0)]):
            last_id = 0
            while guests := self._find_erasable(company, last_id):
                last_id = guests[-1].id
                guests._erase_personal_data()
                remaining = int(len(guests) == BATCH)
                if not cron._commit_progress(len(guests), remaining=remaining):
                    return

    @api.model
    def _find_erasable(self, company, last_id=0):
        """The next guests whose stay is over for long enough, by their ids.

        Another trip of the same guest is one to come of somebody of the same name,
        whose birth date and document do not differ, and who is the same by one of
        them or by his client company.
        """
        today = fields.Date.context_today(self)
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT guest.id
                  FROM tour_guest guest
                  JOIN sale_order_line line ON line.id = guest.line_id
                  JOIN sale_order booking ON booking.id = line.order_id
                  JOIN res_partner client ON client.id = booking.partner_id
                 WHERE guest.id > %(last_id)s
                   AND guest.company_id = %(company_id)s
                   AND (guest.document_number IS NOT NULL
                        OR guest.birth_date IS NOT NULL)
                   AND COALESCE(line.date_to, line.date_from, booking.service_date_to,
                                booking.date_order::date) < %(until)s
                   AND NOT EXISTS (%(other_trip)s)
              ORDER BY guest.id
                 LIMIT %(batch)s
                """,
                last_id=last_id,
                company_id=company.id,
                until=today - timedelta(days=company.tour_guest_data_days),
                other_trip=self._get_other_trip_sql(today),
                batch=BATCH,
            )
        )
        return self.browse(guest_id for (guest_id,) in rows)

    @api.model
    def _get_other_trip_sql(self, today):
        return SQL(
            """
            SELECT 1
              FROM tour_guest other
              JOIN sale_order_line other_line ON other_line.id = other.line_id
              JOIN sale_order trip ON trip.id = other_line.order_id
              JOIN res_partner other_client ON other_client.id = trip.partner_id
             WHERE lower(other.full_name) = lower(guest.full_name)
               AND other.id != guest.id
               AND COALESCE(other_line.date_to, other_line.date_from,
                            trip.service_date_to) >= %(today)s
               AND trip.booking_state NOT IN %(over)s
               AND (other.birth_date IS NULL OR guest.birth_date IS NULL
                    OR other.birth_date = guest.birth_date)
               AND (other.document_number IS NULL OR guest.document_number IS NULL
                    OR other.document_number = guest.document_number)
               AND (other.birth_date = guest.birth_date
                    OR other.document_number = guest.document_number
                    OR other_client.commercial_partner_id
                       = client.commercial_partner_id)
            """,
            today=today,
            over=OVER_STATES,
        )

    def _erase_personal_data(self):
        """Clear the stored values of these guests, and say so in the log."""
        if not self:
            return
        self.env.cr.execute(
            SQL(
                """
                UPDATE tour_guest
                   SET document_number = NULL, birth_date = NULL, data_erased_on = %s
                 WHERE id IN %s
                """,
                fields.Datetime.now(),
                tuple(self.ids),
            )
        )
        self.invalidate_recordset(flush=False)
        self._erase_copies()
        self.env["tour.guest.look"]._log(self, "erase")

    def _erase_copies(self):
        """Hook: the data of these guests are erased; override to clear what copies of
        them your records keep, as snapshots of bookings do."""
