"""Who answers a request: found by itself, or told that nobody was found."""

from odoo import api, models

HEAD = "tour_partner.tour_group_head"
ADMIN = "tour_partner.tour_group_admin"


class TourHelpRequest(models.Model):
    _inherit = "tour.help.request"

    @api.model
    def _get_responsible(self, client, order, company):
        """The booking's manager, the client's, or whoever takes requests and has the
        fewest waiting; nobody if there is no such user.

        Note: the records are in sudo mode.
        """
        users = client.env["res.users"]
        if not client:
            # Of nobody we know: staff look at it first.
            return users
        for user in (order.user_id, client.user_id):
            if user.active and not user.share and company in user.company_ids:
                return user
        takers = users._get_help_takers(company)
        if not takers:
            return users
        loads = dict(
            client.env[self._name]._read_group(
                [("user_id", "in", takers.ids), ("is_waiting", "=", True)],
                ["user_id"],
                ["__count"],
            )
        )
        return min(takers, key=lambda user: (loads.get(user, 0), user.id))

    @api.model
    def _get_users_of(self, company, group):
        """Active users of a company with a group, in sudo mode."""
        # In sudo: who is told need not be readable by who acts.
        return (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    ("all_group_ids", "in", self.env.ref(group).ids),
                    ("company_ids", "in", company.ids),
                    ("share", "=", False),
                ],
                order="id",
            )
        )

    def _get_heads(self):
        """Heads of department; where there are none, administrators."""
        self.ensure_one()
        # In sudo: as above.
        company = self.sudo().company_id
        admins = self._get_users_of(company, ADMIN)
        # An administrator has the rights of a head, and is none for that.
        return self._get_users_of(company, HEAD) - admins or admins

    # === Telling === #

    def _tell_of_new(self):
        """Tell the responsible; where there is none, the heads."""
        for request in self:
            if request.user_id:
                request._tell_of_client(
                    lambda env, request: env._(
                        "New request for help: %(request)s", request=request.name
                    ),
                )
                continue
            self.env["tour.notification.category"]._tell_users(
                "help_request",
                request._get_heads(),
                lambda env, request=request: env._(
                    "%(request)s: nobody is responsible", request=request.name
                ),
                request.subject,
                request,
            )

    def _tell_of_client(self, title, body=None):
        """Tell who is responsible, else the heads, of what the client did.

        :param title: a function of the user's environment and the request
        """
        # In sudo: by the client, too.
        for request in self.sudo():
            users = request.user_id or request._get_heads()
            self.env["tour.notification.category"]._tell_users(
                "help_request",
                users - self.env.user,
                lambda env, request=request: title(env, request),
                request.subject if body is None else body,
                request,
            )

    def _tell_responsible(self, before):
        """Tell who got a request from somebody else.

        :param dict before: {request: the user who was responsible}
        """
        for request in self:
            user = request.user_id
            if user in (before[request], self.env.user):
                continue
            self.env["tour.notification.category"]._tell_users(
                "help_request",
                user,
                lambda env, request=request: env._(
                    "%(request)s: you are responsible now", request=request.name
                ),
                request.subject,
                request,
            )
