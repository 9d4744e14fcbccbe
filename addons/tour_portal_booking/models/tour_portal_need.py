from odoo import api, models


class TourPortalNeed(models.AbstractModel):
    _inherit = "tour.portal.need"

    @api.model
    def _get_sources(self):
        """Add bookings that were begun and not sent."""
        return [*super()._get_sources(), "_get_draft_needs"]

    @api.model
    def _get_draft_needs(self, limit):
        drafts = self.env["tour.portal.draft"]._get_unsent(limit)
        return [
            {
                "kind": "draft",
                "title": self.env._("Booking not sent yet"),
                "text": draft.summary,
                "url": draft._get_path(),
                "deadline": False,
                "date": draft.write_date,
                "order_id": False,
            }
            for draft in drafts
        ]
