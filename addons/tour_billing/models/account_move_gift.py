"""Paying with a gift cheque by the client himself: on his page he types its code.

Whoever has the code may pay with it; so nobody may find one by trying.
"""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

# Of one client, in an hour.
MAX_WRONG = 10
MINUTES = 60
KEPT_DAYS = 2
VACUUM_SIZE = 10000


class AccountMove(models.Model):
    _inherit = "account.move"

    def _takes_gift_codes(self):
        """Whether the client may type a code here: we have cheques, he owes something.

        Note: in sudo mode.
        """
        self.ensure_one()
        left = self.amount_residual
        return bool(
            self.company_id.tour_gift_journal_id
            and self._is_client_invoice()
            and self.currency_id.compare_amounts(left, 0.0) > 0
            and not self._get_online_fault(left)
        )

    def _pay_by_gift_code(self, code):
        """Let a gift cheque pay what is left, as far as it goes.

        Note: in sudo mode; whoever calls has checked that the invoice is the client's
        to pay. What is wrong with a code is not told: all codes that cannot pay are
        alike.

        :return: what went wrong: 'gift_closed', 'gift_tries', 'gift_code'; empty if it
            paid
        """
        self.ensure_one()
        if self._is_refused(self._lock_for_act) or not self._takes_gift_codes():
            return "gift_closed"
        tries = self.env["tour.gift.try"]
        client = self.commercial_partner_id
        if tries._is_too_much(client):
            return "gift_tries"
        cheque = self.env["tour.gift.cheque"]._find_for_client(code, self)
        if not cheque:
            tries._note(client)
            return "gift_code"
        if fault := self._is_refused(self._settle_by_gift, cheque):
            # The code is right: that it pays nothing is for us to know.
            _logger.warning("Gift cheque %s does not pay: %s", cheque.id, fault)
            return "gift_closed"
        return ""

    def _is_refused(self, act, *args):
        """Do something, or leave all as it was.

        :return: why it is refused, nothing if it is done
        """
        try:
            with self.env.cr.savepoint():
                act(*args)
        except UserError as error:
            return error
        return None

    def _settle_by_gift(self, cheque):
        """Pay with the cheque as staff do at the desk."""
        window = self.env["tour.invoice.pay"].create(
            {
                "move_id": self.id,
                "journal_id": cheque.company_id.tour_gift_journal_id.id,
                "gift_code": cheque.code,
                "amount": min(self.amount_residual, cheque.remaining),
            }
        )
        window.action_apply()


class TourGiftCheque(models.Model):
    _inherit = "tour.gift.cheque"

    @api.model
    def _find_for_client(self, code, invoice):
        """The cheque that a client names, locked; none if it cannot pay his invoice.

        Note: in sudo mode.
        """
        try:
            cheque = self._find_by_code(code, invoice.company_id)
            cheque._check_usable(0.0, invoice.currency_id)
        except UserError:
            return self.browse()
        return cheque.filtered("remaining")


class TourGiftTry(models.Model):
    """That a client typed a code that cannot pay, so that none is found by trying."""

    _name = "tour.gift.try"
    _description = "Wrong Code of a Gift Cheque"
    _order = "id desc"
    _log_access = False

    date = fields.Datetime(required=True, readonly=True)
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Client",
        required=True,
        readonly=True,
        ondelete="cascade",
    )

    # What `_is_too_much` counts.
    _client_idx = models.Index("(partner_id, date)")

    @api.model
    def _note(self, client):
        """Write down a wrong code; note: in sudo mode, as nobody has that right."""
        self.create({"date": fields.Datetime.now(), "partner_id": client.id})

    @api.model
    def _is_too_much(self, client):
        """Whether the client typed too many wrong codes of late; note: in sudo mode.

        Tries beyond that are not even written down.
        """
        since = fields.Datetime.now() - timedelta(minutes=MINUTES)
        count = self.search_count(
            [("partner_id", "=", client.id), ("date", ">", since)], limit=MAX_WRONG
        )
        return count >= MAX_WRONG

    @api.autovacuum
    def _gc_old(self):
        before = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        old = self.search([("date", "<", before)], limit=VACUUM_SIZE)
        old.unlink()
        return len(old), len(old) == VACUUM_SIZE
