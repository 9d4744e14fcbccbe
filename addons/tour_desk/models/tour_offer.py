from odoo import models

from .. import today_sources as sources
from ..today import index


class TourOffer(models.Model):
    _inherit = "tour.offer"

    # What the list 'Today' finds offers by that lapse, and counts them in.
    _today_idx = models.Index(index(sources.OFFER, "company_id", "user_id"))
