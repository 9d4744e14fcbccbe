from . import res_partner
from . import res_partner_bank
from . import res_users
from . import tour_company_group
