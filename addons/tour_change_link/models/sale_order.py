from odoo import models
from odoo.fields import Command


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _follow_supplier_answer(self, answer):
        """Take up what the supplier proposes as a change asked for by him."""
        result = super()._follow_supplier_answer(answer)
        if answer.kind == "proposed":
            # In sudo already: the supplier has no login, his link was checked.
            self.env["tour.change"].create(self._prepare_proposed_change(answer))
            # From here on the change has its own states and deadline.
            answer._treat()
        return result

    def _prepare_proposed_change(self, answer):
        """Values of the change: of one service with what he proposes for it, of
        several with his words only, as nobody knows which he means."""
        self.ensure_one()
        services = self._get_services().filtered(
            lambda line: line.supplier_id == answer.supplier_id
        )
        proposed = {
            "date_from": answer.date_from,
            "date_to": answer.date_to,
            "supplier_price_total": answer.price,
        }
        known = {name: value for name, value in proposed.items() if value}
        return {
            "order_id": self.id,
            "kind": "change",
            "origin": "supplier",
            "comment": answer._describe(),
            "line_ids": [
                Command.create(
                    {"line_id": line.id, **(known if len(services) == 1 else {})}
                )
                for line in services
            ],
        }
