from odoo import api, models

from odoo.addons.tour_desk.today import index

from ..today_sources import COLLECTION, INSTALMENT, SOURCES


class TourToday(models.Model):
    _inherit = "tour.today"
    _depends = {
        "account.move.line": [
            "amount_residual_currency",
            "company_id",
            "currency_id",
            "date_maturity",
            "instalment_order_id",
            "parent_state",
            "partner_id",
            "reconciled",
        ],
        "tour.collection": [
            "amount",
            "company_id",
            "currency_id",
            "date",
            "is_open",
            "message",
            "order_id",
            "partner_id",
            "user_id",
        ],
    }

    @api.model
    def _get_sources(self):
        """Add instalments, and what cards did not pay."""
        return [*super()._get_sources(), *SOURCES]

    @api.model
    def _get_kinds(self):
        return {
            **super()._get_kinds(),
            "instalment": (self.env._("Instalment to pay"), self.env._("See invoice")),
            "collection": (
                self.env._("Card did not pay"),
                self.env._("See the attempts"),
            ),
        }

    def _do_instalment(self):
        """Open the invoice, where it is marked as paid."""
        return self._get_record().move_id.get_formview_action()

    def _do_collection(self):
        """Open the attempts for the booking."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_billing.tour_collection_action"
        )
        return {**action, "domain": [("order_id", "=", self.order_id.id)]}


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # What the list 'Today' finds unpaid instalments by.
    _today_instalment_idx = models.Index(index(INSTALMENT))


class TourCollection(models.Model):
    _inherit = "tour.collection"

    # What the list 'Today' finds failed collections by.
    _today_collection_idx = models.Index(index(COLLECTION))
