"""Forms of clients that do what they ask for once, however often they are pressed."""

import re
from datetime import timedelta
from secrets import token_hex

from odoo import api, fields, models
from odoo.tools import SQL

TOKEN = re.compile(r"[0-9a-f]{32}")
KEPT_DAYS = 7


class TourPortalOnce(models.Model):
    """That a form was sent, and where its first sending led."""

    _name = "tour.portal.once"
    _description = "Form Sent by a Client"
    _rec_name = "purpose"

    user_id = fields.Many2one(
        comodel_name="res.users", required=True, readonly=True, ondelete="cascade"
    )
    purpose = fields.Char(required=True, readonly=True)
    token = fields.Char(required=True, readonly=True)
    result_url = fields.Char(string="Led to", readonly=True)

    _token_uniq = models.Constraint(
        "UNIQUE(user_id, purpose, token)", "This form was sent already."
    )

    @api.model
    def _new_token(self):
        """A token for a form that is shown."""
        return token_hex(16)

    @api.model
    def _begin(self, purpose, token):
        """Say that a form is being dealt with; call it before anything is done.

        A second sending waits here until the first is committed. Call it in the
        savepoint in which the form is dealt with: what fails may be sent again.

        :param str purpose: what the form is for
        :param token: what came in the input ``once``; a form without a token of ours
            is taken for a new one
        :return: the record, in sudo, to keep ``result_url`` in; and whether this is
            the first sending
        """
        if not isinstance(token, str) or not TOKEN.fullmatch(token):
            token = self._new_token()
        # In sudo: nobody has rights on it; whose it is follows from the environment.
        once_sudo = self.sudo()
        once_sudo.flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO tour_portal_once (
                    user_id, purpose, token,
                    create_uid, write_uid, create_date, write_date
                ) VALUES (
                    %(uid)s, %(purpose)s, %(token)s, %(uid)s, %(uid)s,
                    NOW() AT TIME ZONE 'UTC', NOW() AT TIME ZONE 'UTC'
                )
                ON CONFLICT (user_id, purpose, token) DO NOTHING
                RETURNING id
                """,
                uid=self.env.uid,
                purpose=purpose,
                token=token,
            ),
            # Who waited for another is dealt with anew by Odoo, which is no error.
            log_exceptions=False,
        )
        if rows := self.env.cr.fetchall():
            return once_sudo.browse(rows[0][0]), True
        found_sudo = once_sudo.search(
            [
                ("user_id", "=", self.env.uid),
                ("purpose", "=", purpose),
                ("token", "=", token),
            ]
        )
        return found_sudo, False

    @api.autovacuum
    def _gc_sent(self):
        before = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search([("create_date", "<", before)], limit=100_000).unlink()
