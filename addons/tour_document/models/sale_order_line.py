from decimal import Decimal

from odoo import api, models

from ..invoice_rows import split_stay
from .sale_order_facts import exact


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.ondelete(at_uninstall=False)
    def _unlink_archive_vouchers(self):
        """Put away the vouchers of services that are dropped, so that nobody travels
        on them; a locked one stays where it is."""
        # In sudo: who drops a service may do so whatever his rights on documents.
        self.env["tour.document"].sudo().search(
            [("line_id", "in", self.ids), ("locked", "=", False)]
        ).active = False

    def _get_price_parts(self, total):
        """What of the client's price is for early arrival and late departure.

        :param Decimal total: the price with its taxes
        :return: {part: amount}, see `invoice_rows.split_stay`
        """
        self.ensure_one()
        wanted = {"early": self.early_arrival, "late": self.late_departure}
        if not any(wanted.values()):
            return {"service": total}
        decimals = self.currency_id.decimal_places
        step = Decimal(1).scaleb(-decimals)
        price = exact(self.price_unit, decimals)
        # In sudo: the steps are for staff, and so is the invoice until it is opened.
        steps = self.sudo().price_steps or []
        amounts = {}
        for part, is_wanted in wanted.items():
            own = _sum_steps(steps, f"client_{part}") or _sum_steps(steps, part)
            share = own * total / price if price and is_wanted else Decimal(0)
            amounts[part] = share.quantize(step)
        parts = split_stay(total, **amounts)
        return {
            part: amount
            for part, amount in parts.items()
            if part == "service" or wanted[part]
        }


def _sum_steps(steps, code):
    """What the calculation added under this code.

    >>> _sum_steps([{"code": "early", "amount": "15.50"}, {"code": "room"}], "early")
    Decimal('15.50')
    """
    return sum(
        (Decimal(step["amount"]) for step in steps if step["code"] == code), Decimal(0)
    )
