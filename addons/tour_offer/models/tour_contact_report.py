from odoo import api, models
from odoo.tools import SQL


class TourContactReport(models.Model):
    _inherit = "tour.contact.report"

    @api.model
    def _get_thread_sources(self):
        """Add the conversations of offers."""
        return {
            **super()._get_thread_sources(),
            "tour.offer": SQL(
                """
                SELECT offer.id AS res_id,
                       client.commercial_partner_id AS client_id,
                       offer.user_id AS responsible_id,
                       offer.user_id AS owner_id,
                       offer.company_id AS company_id
                  FROM tour_offer offer
                  JOIN res_partner client ON client.id = offer.partner_id
                """
            ),
        }
