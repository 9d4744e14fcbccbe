from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.tour_partner.network import get_network

# Of one address, in an hour: a hotel's reception, and those who try codes.
MAX_CHECKS = 300
MAX_UNKNOWN = 20
MINUTES = 60
KEPT_DAYS = 2
VACUUM_SIZE = 10000


class TourVoucherCheck(models.Model):
    """That a voucher was looked up, so that codes can't be found by trying.

    Which voucher it was is not kept: who asks is of no interest to us.
    """

    _name = "tour.voucher.check"
    _description = "Check of a voucher"
    _order = "id desc"
    _log_access = False

    date = fields.Datetime(required=True, readonly=True)
    address = fields.Char(
        string="Network address", readonly=True, help="Forgotten after some days."
    )
    is_known = fields.Boolean(string="A code of ours", readonly=True)

    # What `_is_too_much` counts.
    _address_idx = models.Index("(address, date)")

    @api.model
    def _note(self, address, is_known):
        # In sudo: the visitor is nobody, and nobody has the right to write this.
        self.sudo().create(
            {
                "date": fields.Datetime.now(),
                "address": get_network(address),
                "is_known": is_known,
            }
        )

    @api.model
    def _is_too_much(self, address):
        """Whether the address has asked too often, or for too many that are not there.

        Tries beyond that are not even written down.
        """
        groups = self.sudo()._read_group(
            [
                ("address", "=", get_network(address)),
                ("date", ">", fields.Datetime.now() - timedelta(minutes=MINUTES)),
            ],
            ["is_known"],
            ["__count"],
        )
        counts = dict(groups)
        return sum(counts.values()) >= MAX_CHECKS or counts.get(False, 0) >= MAX_UNKNOWN

    @api.autovacuum
    def _gc_old(self):
        before = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        old = self.search([("date", "<", before)], limit=VACUUM_SIZE)
        old.unlink()
        return len(old), len(old) == VACUUM_SIZE
