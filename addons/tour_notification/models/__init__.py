from . import (
    res_partner,
    res_users,
    tour_delivery_mixin,
    tour_notification_category,
    tour_notification_choice,
)
