from . import crm_lead
from . import tour_offer
