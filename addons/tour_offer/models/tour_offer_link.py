"""The links by which clients open their offers without a login."""

import hashlib
import secrets
from binascii import Error as Base64Error
from datetime import datetime, time, timedelta

from odoo import api, fields, models, tools
from odoo.tools import SQL

TOKEN_SCOPE = "tour_offer.link"
# A token of ours has about 130 characters; what is longer is not worth decoding.
TOKEN_MAX_LENGTH = 300
# The page goes on saying how it ended for so long after the last day of the offer.
DAYS_AFTER = 60
# So many acts of one link in an hour are enough for a person.
MAX_ACTS = 30


class TourOfferLink(models.Model):
    """A link to an offer; of its token only a hash is kept."""

    _name = "tour.offer.link"
    _description = "Link to an Offer"
    _order = "id desc"

    offer_id = fields.Many2one(
        "tour.offer", required=True, index=True, ondelete="cascade", readonly=True
    )
    token_hash = fields.Char(required=True, readonly=True, groups="base.group_system")
    expires_on = fields.Datetime(required=True, readonly=True)
    revoked_on = fields.Datetime(readonly=True)
    acts = fields.Integer(readonly=True, help="Acts since the hour began.")
    acts_from = fields.Datetime(readonly=True)

    _token_uniq = models.UniqueIndex("(token_hash)", "This link exists already.")

    @api.model
    def _make(self, offer):
        """Make a link to ``offer``, and return its address; it is shown only now."""
        secret = secrets.token_urlsafe(24)
        last_day = offer.valid_until + timedelta(days=DAYS_AFTER)
        expires_on = datetime.combine(last_day, time.max).replace(microsecond=0)
        # In sudo: nobody may write links himself.
        link_sudo = self.sudo().create(
            {
                "offer_id": offer.id,
                "token_hash": self._hash(secret),
                "expires_on": expires_on,
            }
        )
        token = tools.hash_sign(
            link_sudo.env, TOKEN_SCOPE, [offer.id, secret], expiration=expires_on
        )
        return f"{offer.get_base_url()}/offer/{token}"

    @api.model
    def _hash(self, secret):
        return hashlib.sha256(secret.encode()).hexdigest()

    @api.model
    def _find(self, token):
        """The link of a token in sudo mode; empty for whatever is not one of ours."""
        links_sudo = self.sudo()
        if not isinstance(token, str) or not 60 < len(token) <= TOKEN_MAX_LENGTH:
            return links_sudo.browse()
        try:
            values = tools.verify_hash_signed(links_sudo.env, TOKEN_SCOPE, token)
            offer_id, secret = values or (0, "")
        except (Base64Error, IndexError, TypeError, UnicodeError, ValueError):
            return links_sudo.browse()
        if not offer_id:
            return links_sudo.browse()
        return links_sudo.search(
            [
                ("token_hash", "=", self._hash(str(secret))),
                ("offer_id", "=", offer_id),
                ("offer_id.active", "=", True),
                ("revoked_on", "=", False),
                ("expires_on", ">", fields.Datetime.now()),
            ],
            limit=1,
        )

    def _count_act(self):
        """Count an act by this link, and say whether it is one too many."""
        self.ensure_one()
        self.flush_recordset()
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE tour_offer_link
                   SET acts = CASE WHEN acts_from > %(hour)s THEN acts + 1 ELSE 1 END,
                       acts_from = CASE WHEN acts_from > %(hour)s
                                        THEN acts_from ELSE %(now)s END
                 WHERE id = %(id)s
                RETURNING acts
                """,
                hour=fields.Datetime.now() - timedelta(hours=1),
                now=fields.Datetime.now(),
                id=self.id,
            )
        )
        self.invalidate_recordset(["acts", "acts_from"])
        return rows[0][0] > MAX_ACTS

    def _revoke(self):
        """End these links."""
        self.filtered(
            lambda link: not link.revoked_on
        ).revoked_on = fields.Datetime.now()
