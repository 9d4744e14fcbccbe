"""What the client's page says of refunds of an invoice."""

from odoo import models
from odoo.tools.misc import format_amount, format_date

# What a status is to the client, who need not know which way the money goes.
CLIENT_STATES = {
    "asked": "asked",
    "approved": "under_way",
    "waiting": "under_way",
    "done": "done",
    "rejected": "rejected",
    "failed": "failed",
}


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_refund_path(self):
        self.ensure_one()
        return f"/my/tour/invoices/{self.id}/refund"

    def _get_portal_refund(self):
        """What the client may ask for, and his refunds; he may read the invoice.

        :rtype: dict
        """
        self.ensure_one()
        refunds = self.env["tour.refund"].search([("move_id", "=", self.id)])
        # In sudo: what was paid, and by what, is told as one sum.
        move = self.sudo()
        fault = move._get_refund_ask_fault()
        left = move._get_refundable()
        return {
            "path": self._get_refund_path(),
            "may_ask": not fault,
            "why_not": fault,
            "left": left,
            "left_text": format_amount(self.env, left, self.currency_id),
            "digits": self.currency_id.decimal_places,
            "refunds": [refund._get_portal_facts() for refund in refunds],
        }


class TourRefund(models.Model):
    _inherit = "tour.refund"

    def _get_portal_facts(self):
        """What the client sees of it.

        :rtype: dict
        """
        self.ensure_one()
        state = CLIENT_STATES[self.state]
        return {
            "amount": format_amount(self.env, self.amount, self.currency_id),
            "state": state,
            "text": self._get_portal_texts()[state],
            "reject_reason": self.reject_reason or "",
        }

    def _get_portal_texts(self):
        date = format_date(self.env, self.decided_on or self.create_date)
        return {
            "asked": self.env._(
                "You asked for this refund on %(date)s. We look at it.", date=date
            ),
            "under_way": self.env._("This refund is on its way to you."),
            "done": self.env._(
                "Paid back on %(date)s. Until a bank shows it a few days may pass.",
                date=date,
            ),
            "rejected": self.env._("Your refund was rejected on %(date)s:", date=date),
            "failed": self.env._(
                "This refund did not come through. Your manager looks at it."
            ),
        }
