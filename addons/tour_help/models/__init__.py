# The model itself first; the others extend it.
from . import tour_help_kind, tour_help_tag, tour_help_request  # isort: skip
from . import (
    mail_message,
    res_company,
    res_partner,
    res_users,
    sale_order,
    tour_help_client,
    tour_help_deal,
    tour_help_mail,
    tour_help_message,
    tour_help_move,
    tour_help_time,
    tour_portal_need,
)
