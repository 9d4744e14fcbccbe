"""Bookings above the credit limit are not confirmed, where the contract says so."""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.tour_booking.models.sale_order_price_history import DECISIVE

HEAD = "tour_partner.tour_group_head"
# In which a booking is sold, and the client owes for it.
SOLD = ("confirmed", "booked")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _check_move(self, state, reason):
        """Refuse to sell above the limit, unless a head says why."""
        result = super()._check_move(state, reason)
        if state in SOLD:
            self.filtered(lambda order: order.state != "sale")._check_credit(reason)
        return result

    def _take_snapshots(self, vals):
        snapshots = super()._take_snapshots(vals)
        if vals is None or DECISIVE & vals.keys():
            # In sudo: a sum is compared, not shown.
            for order in self.sudo().filtered(lambda order: order.state == "sale"):
                snapshots.setdefault(order.id, {})["sold"] = order._get_sold()
        return snapshots

    def _follow_changes(self, before):
        """Refuse to sell above the limit by what is added to a booking afterwards."""
        result = super()._follow_changes(before)
        grown = self.browse()
        for order in self:
            client, total = before[order.id].get("sold") or (None, 0.0)
            # In sudo: as above.
            now, now_total = order.sudo()._get_sold()
            more = order.currency_id.compare_amounts(now_total, total) > 0
            if client and (more or now != client):
                grown |= order
        if grown and not self.env.user.has_group(HEAD):
            grown._check_credit("")
        return result

    def _get_sold(self):
        """Whose booking it is, and for how much."""
        return self.partner_id.commercial_partner_id, self.amount_total

    def _check_credit(self, reason):
        blocked = self._lock_blocking_contracts()
        if not blocked:
            return
        # What is owed now, not what was read before the lock.
        blocked.partner_id.commercial_partner_id.invalidate_recordset(["credit"])
        texts = blocked._get_credit_texts()
        if not texts or (reason and self.env.user.has_group(HEAD)):
            return
        raise UserError(
            "\n".join(f"{order.name}: {text}" for order, text in texts.items())
            + "\n"
            + self.env._(
                "The contract does not allow more. A head of department may go on, and "
                "says why."
            )
        )

    def _lock_blocking_contracts(self):
        """Lock the contracts that refuse, so that two bookings do not both fit in.

        :return: the orders under such contracts
        """
        blocked = self.browse()
        contracts = self.env["tour.contract"].sudo()  # In sudo: as for the hint.
        for company, orders in self.grouped("company_id").items():
            # In sudo: managers need not see the contract.
            clients = orders.partner_id.commercial_partner_id.sudo()
            by_client = clients._get_credit_contracts(company)
            for order in orders:
                client = order.partner_id.commercial_partner_id.sudo()
                contract = by_client.get(client)
                if contract and contract.credit_policy == "block":
                    blocked |= order
                    contracts |= contract
        if contracts:
            # A new version of the row: whoever read what is owed before has to begin
            # anew, where a mere lock would let him go on with what he had read.
            self.env.cr.execute(
                SQL(
                    "UPDATE tour_contract SET credit_limit = credit_limit"
                    " WHERE id IN %s",
                    tuple(sorted(contracts.ids)),
                )
            )
        return blocked
