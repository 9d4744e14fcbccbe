from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.tour_partner.network import get_network

from .. import tokens
from .tour_link import NO_ACCESS

# Of one token, in ten minutes: a group's forms are filled in and saved many times.
MAX_OF_TOKEN = 60
TOKEN_MINUTES = 10
# Of one address, in an hour: an office, a hotel, and those who try tokens.
MAX_OF_ADDRESS = 300
MAX_UNKNOWN = 20
ADDRESS_MINUTES = 60
# How long addresses and attempts without a link are kept.
ADDRESS_DAYS = 30
UNKNOWN_DAYS = 2
VACUUM_SIZE = 10000


class TourLinkUse(models.Model):
    """Every use of a private link, and every try of one that does not work."""

    _name = "tour.link.use"
    _description = "Use of a private link"
    _order = "id desc"
    _log_access = False

    date = fields.Datetime(required=True, readonly=True)
    link_id = fields.Many2one(
        comodel_name="tour.link", readonly=True, ondelete="cascade", index=True
    )
    act = fields.Selection(
        selection=[
            ("open", "Opened"),
            ("save", "Data saved"),
            ("answer", "Answered"),
            ("bill", "Bill sent"),
            ("refused", "Refused"),
        ],
        required=True,
        readonly=True,
    )
    address = fields.Char(
        string="IP address", readonly=True, help="Forgotten after some weeks."
    )
    # Tokens that are no links count too, so that trying costs time.
    token_hash = fields.Char(readonly=True, groups=NO_ACCESS)

    # What `_is_too_much` and the vacuum look for.
    _token_idx = models.Index("(token_hash, date)")
    _address_idx = models.Index("(address, date) WHERE address IS NOT NULL")
    _unknown_idx = models.Index("(date) WHERE link_id IS NULL")

    @api.model
    def _log(self, link, token, address, act):
        """Note that a token was used, whether or not it is a link's."""
        # In sudo: the visitor is nobody, and nobody has the right to write the log.
        self.sudo().create(
            {
                "date": fields.Datetime.now(),
                "link_id": link.id,
                "act": act,
                "address": get_network(address),
                "token_hash": tokens.digest(token),
            }
        )

    @api.model
    def _is_too_much(self, token, address):
        """Whether this token, or this address, was used too often of late.

        Known and unknown tokens are counted alike; more tries of an address than are
        allowed are not even written down.
        """
        now = fields.Datetime.now()
        key, network = tokens.digest(token), get_network(address)
        token_from = now - timedelta(minutes=TOKEN_MINUTES)
        address_from = now - timedelta(minutes=ADDRESS_MINUTES)
        ((of_token, of_address, unknown),) = self.env.execute_query(
            SQL(
                """
                SELECT (SELECT COUNT(*) FROM tour_link_use
                         WHERE token_hash = %(key)s AND date > %(token_from)s),
                       COUNT(*),
                       COUNT(*) FILTER (WHERE link_id IS NULL)
                  FROM tour_link_use
                 WHERE address = %(network)s AND date > %(address_from)s
                """,
                key=key,
                token_from=token_from,
                network=network,
                address_from=address_from,
            )
        )
        return (
            of_token >= MAX_OF_TOKEN
            or of_address >= MAX_OF_ADDRESS
            or unknown >= MAX_UNKNOWN
        )

    @api.autovacuum
    def _gc_old(self):
        """Forget addresses, and attempts that met no link."""
        now = fields.Datetime.now()
        unknown = self.search(
            [
                ("link_id", "=", False),
                ("date", "<", now - timedelta(days=UNKNOWN_DAYS)),
            ],
            limit=VACUUM_SIZE,
        )
        unknown.unlink()
        known = self.search(
            [
                ("address", "!=", False),
                ("date", "<", now - timedelta(days=ADDRESS_DAYS)),
            ],
            limit=VACUUM_SIZE,
        )
        known.write({"address": False})
        done = len(unknown) + len(known)
        return done, VACUUM_SIZE in (len(unknown), len(known))
