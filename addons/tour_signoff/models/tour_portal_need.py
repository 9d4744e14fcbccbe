"""Statements that wait for the client's signature, on his home page."""

from odoo import models
from odoo.tools import SQL


class TourPortalNeed(models.AbstractModel):
    _inherit = "tour.portal.need"

    def _get_sources(self):
        return [*super()._get_sources(), "_get_signoff_needs"]

    def _get_waiting_parts(self, **values):
        """Statements of his company, not of those below it, if he may sign them."""
        parts = super()._get_waiting_parts(**values)
        user = self.env.user
        if not user._is_tour_signer():
            return parts
        self.env["tour.signoff"].flush_model()
        part = """
            SELECT 'signoff', signoff.id, NULL::integer
              FROM tour_signoff signoff
             WHERE signoff.partner_id = %(client)s AND signoff.state = 'waiting'
             ORDER BY signoff.deadline, signoff.id LIMIT %(limit)s
        """
        client = user.commercial_partner_id.id
        return [*parts, SQL(part, client=client, **values)]

    def _get_signoff_needs(self, limit):
        """What he has to answer or sign, what is due first."""
        signoffs = self._browse_waiting("signoff", "tour.signoff", limit)
        # As himself: the record rules show him his own only.
        signoffs = signoffs and signoffs._filtered_access("read")
        return [
            {
                "kind": "signoff",
                "title": self.env._("Statement to sign"),
                "text": f"{signoff.name}: {signoff._get_period_text()}",
                "url": signoff._get_portal_path(),
                "deadline": signoff.deadline,
                "date": signoff.create_date,
                "order_id": False,
            }
            for signoff in signoffs
        ]
