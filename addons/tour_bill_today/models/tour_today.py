from odoo import api, models

from ..today_sources import OTHER_BILL, SOURCES


class TourToday(models.Model):
    _inherit = "tour.today"
    _depends = {
        "account.move": [
            "amount_total",
            "commercial_partner_id",
            "create_date",
            "ref",
            "tour_bill_back_on",
            "tour_bill_pay_amount",
            "tour_bill_pay_date",
            "tour_bill_state",
            "tour_bill_user_id",
            "tour_bill_wanted_date",
            "tour_order_ids",
        ],
    }

    @api.model
    def _get_sources(self):
        """Add bills where they are; Odoo's own bills stay as they were."""
        others = [
            OTHER_BILL if source.number == OTHER_BILL.number else source
            for source in super()._get_sources()
        ]
        return [*others, *SOURCES]

    @api.model
    def _get_kinds(self):
        look = self.env._("See the bill")
        return {
            **super()._get_kinds(),
            "bill_back": (self.env._("Bill came back to you"), look),
            "bill_uploaded": (
                self.env._("Bill is not prepared"),
                self.env._("Prepare it"),
            ),
            "bill_wanted": (
                self.env._("Bill is not handed over"),
                self.env._("Hand it over"),
            ),
            "bill_director": (self.env._("Bill waits for approval"), look),
            "bill_accounting": (self.env._("Bill is due"), look),
        }

    def action_open(self):
        """Open bills in their own form, and not a booking of theirs."""
        row = self._get_due_row()
        if row.kind in {source.kind for source in SOURCES}:
            return row._open_bill()
        return super().action_open()

    def _open_bill(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.res_id,
            "view_mode": "form",
            "views": self.env["account.move"]._get_bill_form_views()[-1:],
        }
