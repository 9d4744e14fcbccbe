from odoo import api, models

STAFF = "tour_partner.tour_group_staff"
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

    # === Home === #

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users._start_with_today()
        return users

    def write(self, vals):
        others = self.browse()
        if "group_ids" in vals:
            others = self.filtered(lambda user: not user.has_group(STAFF))
        result = super().write(vals)
        others._start_with_today()
        return result

    def _start_with_today(self):
        """Show Tour first to who got a role in it, unless he has a home of his own.

        He may choose another in his preferences. Who administers the whole system is
        left alone: Tour may be one of many apps to him.
        """
        users = self.filtered(
            lambda user: not user.action_id
            and user.has_group(STAFF)
            and not user.has_group("base.group_system")
        )
        if users:
            users.action_id = self.env.ref("tour.tour_home_action").id

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
