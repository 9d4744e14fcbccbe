from odoo import fields, models
from odoo.exceptions import UserError

MAX_NUMBER = 40
MAX_NAME = 60


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _confirm_by_supplier(self, numbers, name):
        """Note that the supplier confirmed these services.

        :param dict numbers: {service: his number of the confirmation}
        :param str name: who confirms on his side
        :raise UserError: if a number is missing or too long
        """
        for line in self:
            number = (numbers.get(line) or "").strip()
            if not number or len(number) > MAX_NUMBER or len(name) > MAX_NAME:
                raise UserError(
                    self.env._(
                        "%(service)s: a confirmation has a number of at most "
                        "%(length)s signs.",
                        service=line._prepare_service().short_name,
                        length=MAX_NUMBER,
                    )
                )
            line.write(
                {
                    "confirmation_number": number,
                    "confirmed_by": name or False,
                    "confirmed_on": fields.Date.context_today(line),
                }
            )
