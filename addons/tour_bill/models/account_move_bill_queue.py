"""Dealing bills out: each to one person, for some minutes (BIL-6, BIL-7)."""

from datetime import timedelta

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, mute_logger
from odoo.tools.misc import format_datetime

from ..bill_states import ACCOUNTANT

QUEUES = ("director", "accounting")
# So many are looked at when others take bills at the very same moment.
TRIES = 24


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _deal_bill(self, queue, skipped=()):
        """Deal the next bill of a queue to the user, for as long as a lease lasts.

        Whoever has one already keeps it. Costs the same number of queries however
        long the queue is.

        :param str queue: one of `QUEUES`
        :param skipped: ids of bills that he does not want now
        :return: the bill; none if there is none left to do today
        """
        self._check_queue(queue)
        self.env.flush_all()
        mine = self._get_dealt_bill(queue)
        if not mine:
            mine = self._take_bill(queue, skipped)
        return mine

    @api.model
    def _check_queue(self, queue):
        if queue not in QUEUES:
            raise AccessError(
                self.env._("There is no such queue: %(queue)s.", queue=queue)
            )
        if queue == "accounting":
            allowed = self.env.user.has_group(ACCOUNTANT)
        else:
            allowed = self._may_approve()
        if not (allowed or self.env.su):
            raise AccessError(
                self.env._("You have no bills to work off. Ask the administrator.")
            )

    @api.model
    def _may_approve(self):
        """Whether the user has anybody's authority to approve bills."""
        draft = self.new({"company_id": self.env.company.id})
        return bool(draft._get_bill_authorities())

    @api.model
    def _get_dealt_bill(self, queue):
        """The bill of the queue that the user has a live lease of."""
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM account_move WHERE tour_bill_state = %s"
                " AND company_id = %s AND tour_bill_holder_id = %s"
                " AND tour_bill_held_until > %s ORDER BY id LIMIT 1",
                queue,
                self.env.company.id,
                self.env.uid,
                fields.Datetime.now(),
            )
        )
        return self.browse([row[0] for row in rows])

    @api.model
    def _take_bill(self, queue, skipped=()):
        """Take the first free bill, past those that others take just now.

        Odoo's transactions see the database as it was when they began: of a bill that
        was dealt since then, the lock is refused by PostgreSQL. Then the next one is
        tried, in place of the whole request once more.
        """
        rows = self.env.execute_query(self._get_queue_sql(queue, skipped))
        for bill in self.browse([row[0] for row in rows]):
            if bill._hold_bill(queue):
                return bill
        return self.browse()

    @api.model
    def _get_queue_sql(self, queue, skipped=()):
        today = fields.Date.context_today(self)
        free = SQL(
            "company_id = %s AND tour_bill_state = %s AND (tour_bill_holder_id IS NULL"
            " OR tour_bill_held_until <= %s) AND id <> ALL(%s)",
            self.env.company.id,
            queue,
            fields.Datetime.now(),
            list(skipped),
        )
        if queue == "accounting":
            return SQL(
                "SELECT id FROM account_move WHERE %s AND tour_bill_pay_date <= %s"
                " ORDER BY tour_bill_pay_date, id LIMIT %s",
                free,
                today,
                TRIES,
            )
        near = today + timedelta(days=self.env.company.tour_bill_near_days)
        return SQL(
            "SELECT id FROM account_move WHERE %s ORDER BY CASE"
            " WHEN tour_bill_wanted_date <= %s AND tour_bill_is_urgent THEN 0"
            " WHEN tour_bill_wanted_date <= %s THEN 1"
            " WHEN tour_bill_paid_share > 0 THEN 2 ELSE 3 END,"
            " tour_bill_wanted_date, id LIMIT %s",
            free,
            near,
            near,
            TRIES,
        )

    def _hold_bill(self, queue):
        """Take the lease of this bill, if it is free.

        By SQL: who looks at a bill is no change of it, and costs no more than a row.

        :return: whether it is the user's now
        """
        # What was done before is written by itself: where that comes too late, the
        # request is tried again, and not just another bill.
        self.env.flush_all()
        now = fields.Datetime.now()
        minutes = self.env.company.tour_bill_lease_minutes
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint(flush=False):
                rows = self.env.execute_query(
                    SQL(
                        "UPDATE account_move SET tour_bill_holder_id = %s,"
                        " tour_bill_held_until = %s WHERE id = (SELECT id FROM"
                        " account_move WHERE id = %s AND tour_bill_state = %s AND"
                        " (tour_bill_holder_id IS NULL OR tour_bill_holder_id = %s"
                        " OR tour_bill_held_until <= %s)"
                        " FOR NO KEY UPDATE SKIP LOCKED) RETURNING id",
                        self.env.uid,
                        now + timedelta(minutes=minutes),
                        self.id,
                        queue,
                        self.env.uid,
                        now,
                    )
                )
        except SerializationFailure:
            return False
        self.invalidate_recordset(["tour_bill_holder_id", "tour_bill_held_until"])
        return bool(rows)

    def _release_bill(self):
        """Give the lease back without doing anything."""
        # In sudo: a lease is no change of the bill; it is the user's own.
        mine = self.sudo().filtered(lambda m: m.tour_bill_holder_id == self.env.user)
        mine._as_bill_mover().write(
            {"tour_bill_holder_id": False, "tour_bill_held_until": False}
        )

    def _get_live_holder(self):
        """Who has the bill dealt to him now; note: in sudo mode."""
        until = self.tour_bill_held_until
        live = until and until > fields.Datetime.now()
        return self.tour_bill_holder_id if live else self.tour_bill_holder_id.browse()

    def _get_other_holder(self):
        """Who else has the bill dealt to him now; note: in sudo mode."""
        other = self._get_live_holder() - self.env.user
        # Who does not work the queue off has his own reasons to take it away.
        if other and not self._is_bill_worked_off(self.env.user):
            return other.browse()
        return other

    def _is_bill_worked_off(self, user):
        """Whether the user is one of those to whom this bill is dealt."""
        if self.tour_bill_state == "accounting":
            return user.has_group(ACCOUNTANT)
        return bool(self.sudo(False)._get_bill_authorities())

    def _explain_held(self, holder):
        return self.env._(
            "%(bill)s is dealt to %(user)s until %(time)s. Take the next one.",
            bill=self._get_bill_name(),
            user=holder.name,
            time=format_datetime(
                self.env, self.tour_bill_held_until, dt_format="short"
            ),
        )

    @api.model
    def _count_queue(self, queue):
        """How many bills of the queue are left to do today, dealt ones too."""
        domain = [
            ("tour_bill_state", "=", queue),
            ("company_id", "=", self.env.company.id),
        ]
        if queue == "accounting":
            today = fields.Date.context_today(self)
            domain.append(("tour_bill_pay_date", "<=", today))
        # In sudo: a number, and who may ask was checked.
        return self.sudo().search_count(domain)
