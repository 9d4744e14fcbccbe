from . import (
    res_partner,
    res_users,
    tour_notification_category,
    tour_notification_choice,
    tour_notification_delivery,
)
