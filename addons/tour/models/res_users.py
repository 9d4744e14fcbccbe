from odoo import api, models

# The first of his roles decides what a user starts his day with; of a role, the first
# action that is there. A booking list has one of the filters of its search view on.
# Directors read: what they decide about are bookings, not deadlines.
BOOKINGS = "tour_booking.sale_order_action_booking"
TODAY = "tour_desk.tour_today_action"
HOMES = [
    ("manager_own", TODAY, None),
    ("manager_own", "tour_booking.sale_order_action_booking_to_treat", "to_treat"),
    ("accountant", TODAY, None),
    ("accountant", "tour.sale_order_action_booking_due", None),
    ("director", BOOKINGS, "open"),
    ("hotel_editor", "tour_hotel.tour_hotel_action", None),
]


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _get_tour_home_action(self):
        """Return the action that shows this user what is due today."""
        for role, xml_id, filter_name in self._get_tour_homes():
            has_role = self.env.user.has_group(f"tour_partner.tour_group_{role}")
            if has_role and self.env.ref(xml_id, raise_if_not_found=False):
                return self._prepare_tour_home(xml_id, filter_name)
        return self._prepare_tour_home("tour_partner.res_partner_action_companies")

    @api.model
    def _get_tour_homes(self):
        """Homes by role, the most telling first; override to add or move some.

        :return: tuples of a role, an action and a filter of its search view or None
        """
        return HOMES

    @api.model
    def _prepare_tour_home(self, xml_id, filter_name=None):
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        if filter_name:
            # Other filters that the action turns on would hide what is due.
            action["context"] = {
                "default_is_tour_booking": True,
                "sale_show_partner_name": True,
                f"search_default_{filter_name}": 1,
            }
        return action
