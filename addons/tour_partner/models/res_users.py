from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError, ValidationError


class ResUsers(models.Model):
    _inherit = "res.users"

    is_curator = fields.Boolean(
        string="Curator",
        help="A client's user who sees all users and bookings of his company.",
    )
    may_take_bookings = fields.Boolean(
        string="May take bookings",
        help="Bookings made by clients are dealt out evenly among these users.",
    )
    default_client_id = fields.Many2one(
        "res.partner",
        string="Default client",
        domain=[("is_tour_client", "=", True)],
        index="btree_not_null",
        help="The client that a new booking of this user starts with.",
    )

    # The few staff users among many client users.
    _may_take_bookings = models.Index("(id) WHERE may_take_bookings")

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + [
            "is_curator",
            "may_take_bookings",
            "default_client_id",
        ]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + ["default_client_id"]

    def _get_invalidation_fields(self):
        """Drop the cached rules of who becomes a curator, or is one no more."""
        return super()._get_invalidation_fields() | {"is_curator"}

    @api.constrains("default_client_id", "may_take_bookings", "group_ids")
    def _check_staff_settings(self):
        """Refuse to portal users what is for staff: they write their own record."""
        for user in self:
            if user.share and (user.default_client_id or user.may_take_bookings):
                raise ValidationError(
                    self.env._(
                        "%(user)s is not a member of the staff: a default client "
                        "and taking bookings are for staff only.",
                        user=user.display_name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        used = self._filter_in_use()
        if not used:
            return
        message = self.env._(
            "%(users)s can't be deleted: bookings depend on them. "
            "Deactivate them instead.",
            users=", ".join(used.mapped("display_name")),
        )
        active = used.filtered("active")
        if not active or not active.has_access("write"):
            raise UserError(message)
        raise RedirectWarning(
            message,
            self.env.ref("tour_partner.res_users_action_deactivate").id,
            self.env._("Deactivate"),
            {
                "active_model": self._name,
                "active_ids": active.ids,
                "active_id": active.ids[0],
            },
        )

    def _filter_in_use(self):
        """Return those of these users whom something must not lose.

        Override to add what depends on a user; call super and unite the answers.
        """
        return self.browse()

    @api.model
    def _get_booking_takers(self):
        """Return the active managers among whom clients' bookings are dealt out."""
        managers = self.env.ref("tour_partner.tour_group_manager_own")
        return self.search(
            [("may_take_bookings", "=", True), ("all_group_ids", "in", managers.ids)],
            order="id",
        )
