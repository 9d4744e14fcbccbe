"""Statements that wait for the client's signature, on his home page."""

from odoo import models


class TourPortalNeed(models.AbstractModel):
    _inherit = "tour.portal.need"

    def _get_sources(self):
        return [*super()._get_sources(), "_get_signoff_needs"]

    def _get_signoff_needs(self, limit):
        """What he has to answer or sign, what is due first."""
        user = self.env.user
        if not user._is_tour_signer():
            return []
        # As himself: the record rules show him his own only.
        signoffs = self.env["tour.signoff"].search(
            [
                ("partner_id", "=", user.commercial_partner_id.id),
                ("state", "=", "waiting"),
            ],
            order="deadline, id",
            limit=limit,
        )
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
