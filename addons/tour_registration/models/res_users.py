"""Logging in anew, and passwords of clients that staff reset (PPL-3)."""

from odoo import models
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.http import request

from .res_users_gate import SESSION_KEY

RESETTER = "tour_registration.tour_group_right_password"


class ResUsers(models.Model):
    _inherit = "res.users"

    def authenticate(self, credential, user_agent_env):
        """Whoever logs in accepts the agreement in this session anew."""
        auth_info = super().authenticate(credential, user_agent_env)
        if request and SESSION_KEY in request.session:
            del request.session[SESSION_KEY]
        return auth_info

    def _check_tour_password_right(self):
        """Refuse who may not reset these users' passwords.

        :raise AccessError: without the right, or for others than clients' users
        """
        self._check_tour_password_group()
        # In sudo: users need not be readable by who has this right only.
        users = self.sudo().exists()
        ours = self.env.companies
        if not users or not all(
            user._is_portal() and user.company_ids & ours for user in users
        ):
            raise AccessError(
                self.env._(
                    "Passwords of clients' users only: an administrator resets those "
                    "of the staff."
                )
            )
        return users

    def _login(self, credential, user_agent_env):
        """Take as long for a login that nobody has as for a wrong password."""
        try:
            return super()._login(credential, user_agent_env)
        except AccessDenied as error:
            # After too many attempts nothing is verified of anybody.
            if error.args == AccessDenied().args:
                self._verify_nothing(credential)
            raise

    def _verify_nothing(self, credential):
        # In sudo: nobody is logged in yet.
        users = self.sudo()
        domain = users._get_login_domain(credential.get("login"))
        if credential.get("type") == "password" and not users.search(domain, limit=1):
            # To hash one takes as long as to verify one.
            users._crypt_context().hash(str(credential.get("password")))

    def _check_tour_password_group(self):
        if not (self.env.su or self.env.user.has_group(RESETTER)):
            raise AccessError(self.env._("You may not reset passwords of others."))

    def action_tour_remind(self):
        """Send the user a link to choose a new password."""
        users = self._check_tour_password_right()
        archived = users.filtered(lambda user: not user.active)
        if archived:
            raise UserError(
                self.env._(
                    "%(users)s: an archived user has no password to reset.",
                    users=", ".join(archived.mapped("name")),
                )
            )
        users.action_reset_password()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "A link to choose a new password was sent to %(emails)s.",
                    emails=", ".join(users.mapped("email")),
                ),
            },
        }

    def action_tour_set_password(self):
        """Ask for the new password."""
        self.ensure_one()
        self._check_tour_password_right()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_registration.tour_password_set_action"
            ),
            "context": {"default_user_id": self.id},
        }
