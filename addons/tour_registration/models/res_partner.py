from odoo import models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_tour_remind(self):
        """Send the contact's user a link to choose a new password."""
        return self._get_tour_portal_user().action_tour_remind()

    def action_tour_set_password(self):
        """Ask for the new password of the contact's user."""
        return self._get_tour_portal_user().action_tour_set_password()

    def _get_tour_portal_user(self):
        self.ensure_one()
        self.env["res.users"]._check_tour_password_group()
        self.check_access("read")
        # In sudo: who it is; what is done to him asks for the right.
        user = self.sudo().user_ids[:1]
        if not user:
            raise UserError(
                self.env._(
                    "%(name)s is no portal user yet. Grant portal access first.",
                    name=self.display_name,
                )
            )
        return user.sudo(False)
