from odoo import models

# A group with more companies is not chosen from a list.
MAX_COMPANIES = 100


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_bookable_clients(self):
        """For whom a client's user books: himself or his company; a curator also for
        its subsidiaries, whose bookings he sees.

        :return: partners, in sudo mode; his own first
        """
        self.ensure_one()
        # In sudo: whether it is a client of ours, and what its subsidiaries are.
        own_sudo = self.commercial_partner_id.sudo()
        if not self._is_portal() or not own_sudo.is_tour_client:
            return own_sudo.browse()
        if not self.is_curator:
            return own_sudo
        return own_sudo | own_sudo.search(
            [
                ("parent_id", "child_of", own_sudo.ids),
                ("is_company", "=", True),
                ("is_tour_client", "=", True),
            ],
            order="name, id",
            limit=MAX_COMPANIES,
        )
