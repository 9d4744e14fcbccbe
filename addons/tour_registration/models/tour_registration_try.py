"""How often somebody registered, or asked for a reminder: so much is enough."""

import logging
from datetime import timedelta
from hashlib import sha256

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.tour_partner.network import get_network

from .tour_registration import NO_ACCESS, _escape_like

_logger = logging.getLogger(__name__)

# Of one address, in an hour: an office behind one address, and those who try.
MAX_OF_ADDRESS = 20
ADDRESS_MINUTES = 60
# Of one login or mail, in a day, whether or not it is somebody's.
MAX_OF_KEY = 5
KEY_HOURS = 24
KEEP_DAYS = 2
VACUUM_SIZE = 10000
# A mail may be of several users; a whole list of them is nobody's.
MAX_REMINDED = 5


class TourRegistrationTry(models.Model):
    _name = "tour.registration.try"
    _description = "Try to register, or to be reminded"
    _order = "id desc"
    _log_access = False

    date = fields.Datetime(required=True, readonly=True)
    purpose = fields.Selection(
        selection=[("register", "Registration"), ("remind", "Reminder")],
        required=True,
        readonly=True,
    )
    address = fields.Char(string="Network address", readonly=True)
    # Not what was typed: a list of logins and mails is worth something to others.
    login_hash = fields.Char(readonly=True, groups=NO_ACCESS)
    email_hash = fields.Char(readonly=True, groups=NO_ACCESS)
    # Until the reminder is sent.
    typed = fields.Char(readonly=True, groups=NO_ACCESS)

    # What `_is_too_much` and the cron look for.
    _address_idx = models.Index("(address, date)")
    _login_idx = models.Index("(login_hash, date)")
    _email_idx = models.Index("(email_hash, date) WHERE email_hash IS NOT NULL")
    _to_remind = models.Index("(id) WHERE typed IS NOT NULL")

    @api.model
    def _log(self, purpose, address, login, email=None, typed=None):
        """Note that somebody tried, whether or not there is such a user."""
        # In sudo: the visitor is nobody, and nobody has the right to write this.
        return self.sudo().create(
            {
                "date": fields.Datetime.now(),
                "purpose": purpose,
                "address": get_network(address),
                "login_hash": _digest(login),
                "email_hash": _digest(email) if email else False,
                "typed": typed,
            }
        )

    @api.model
    def _is_too_much(self, purpose, address, login, email=None):
        """Whether this address, login or mail was tried too often of late."""
        now = fields.Datetime.now()
        self.flush_model()
        ((of_address, of_login, of_email),) = self.env.execute_query(
            SQL(
                """
                SELECT (SELECT COUNT(*) FROM tour_registration_try
                         WHERE purpose = %(purpose)s AND address = %(address)s
                           AND date > %(address_from)s),
                       (SELECT COUNT(*) FROM tour_registration_try
                         WHERE purpose = %(purpose)s AND login_hash = %(login)s
                           AND date > %(key_from)s),
                       (SELECT COUNT(*) FROM tour_registration_try
                         WHERE purpose = %(purpose)s AND email_hash = %(email)s
                           AND date > %(key_from)s)
                """,
                purpose=purpose,
                address=get_network(address),
                login=_digest(login),
                email=_digest(email) if email else None,
                address_from=now - timedelta(minutes=ADDRESS_MINUTES),
                key_from=now - timedelta(hours=KEY_HOURS),
            )
        )
        return of_address >= MAX_OF_ADDRESS or max(of_login, of_email) >= MAX_OF_KEY

    # === Reminders === #

    @api.model
    def _ask_reminder(self, typed, address):
        """Have a reminder sent to whom the login or mail belongs, if to anybody.

        Nobody is looked for here: what is answered, and how soon, tells nothing.
        """
        self._log("remind", address, typed, typed=typed)
        # In sudo: the visitor may wake up the cron.
        self.env.ref("tour_registration.ir_cron_remind").sudo()._trigger()

    @api.model
    def _cron_remind(self):
        """Send the reminders that were asked for."""
        waiting = self.search([("typed", "!=", False)], order="id")
        for number, one in enumerate(waiting, 1):
            one._remind()
            self.env["ir.cron"]._commit_progress(1, remaining=len(waiting) - number)

    def _remind(self):
        self.ensure_one()
        typed, self.typed = self.typed, False
        for user in self._find_users(typed):
            try:
                with self.env.cr.savepoint():
                    user.action_reset_password()
            except UserError as error:
                _logger.info("No reminder for user %s: %s", user.id, error)

    @api.model
    def _find_users(self, typed):
        users = self.env["res.users"]
        found = users.search(users._get_login_domain(typed), limit=1)
        if found:
            return found
        found = users.search(
            [("partner_id.email_normalized", "=ilike", _escape_like(typed))],
            limit=MAX_REMINDED + 1,
        )
        return found if len(found) <= MAX_REMINDED else users

    @api.autovacuum
    def _gc_old(self):
        """Forget who tried."""
        old = self.search(
            [
                ("date", "<", fields.Datetime.now() - timedelta(days=KEEP_DAYS)),
                ("typed", "=", False),
            ],
            limit=VACUUM_SIZE,
        )
        old.unlink()
        return len(old), len(old) == VACUUM_SIZE


def _digest(text):
    """What stands for a login or mail among the tries."""
    return sha256((text or "").strip().lower().encode()).hexdigest()
