from odoo import api, models


class TourPortalNeed(models.AbstractModel):
    _inherit = "tour.portal.need"

    @api.model
    def _get_sources(self):
        return [*super()._get_sources(), "_get_help_needs"]

    @api.model
    def _get_help_needs(self, limit):
        """Answers that the user has not read."""
        requests_sudo = self.env["tour.help.request"]._find_unread_of_client(limit)
        return [
            {
                "kind": "help",
                "title": self.env._(
                    "%(request)s: we have answered", request=request.name
                ),
                "text": request.subject,
                "url": request._get_client_path(),
                "deadline": False,
                "date": request.staff_read_on or request.create_date,
                "order_id": request.order_id.id,
            }
            for request in requests_sudo
        ]
