"""Answers of the staff to the client's requests, on his home page."""

from odoo import api, models
from odoo.tools import SQL


class TourPortalNeed(models.AbstractModel):
    _inherit = "tour.portal.need"

    @api.model
    def _get_sources(self):
        return [*super()._get_sources(), "_get_help_needs"]

    @api.model
    def _get_waiting_parts(self, **values):
        self.env["tour.help.request"].flush_model()
        part = """
            SELECT 'help', request.id, NULL::integer
              FROM tour_help_request request
             WHERE request.client_unread AND request.client_user_id = %(user)s
               AND request.partner_id = ANY(%(clients)s)
             ORDER BY request.id DESC LIMIT %(limit)s
        """
        return [*super()._get_waiting_parts(**values), SQL(part, **values)]

    @api.model
    def _get_help_needs(self, limit):
        """Answers that the user has not read."""
        requests = self._browse_waiting("help", "tour.help.request", limit)
        # In sudo: clients have no rights on them; they were found as his own.
        requests_sudo = requests.sudo()
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
