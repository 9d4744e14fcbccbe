from odoo import fields, models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """Leave the director's desk out for those who may not approve.

        Odoo keeps menus until a limit or a substitute changes, not from day to day:
        who stands in later sees the menu already, and is told that there is nothing.
        """
        hidden = super()._load_menus_blacklist()
        menu = self.env.ref("tour_bill_desk.tour_bill_menu_director", False)
        if not menu or self.env["account.move"]._may_approve():
            return hidden
        # In sudo: who stands in for whom is kept by few, and holds for all.
        soon = (
            self.env["tour.bill.substitute"]
            .sudo()
            .search_count(
                [
                    ("substitute_id", "=", self.env.uid),
                    ("date_to", ">=", fields.Date.context_today(self)),
                ],
                limit=1,
            )
        )
        return hidden if soon else [*hidden, menu.id]
