from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _filter_in_use(self):
        """A user with bookings, his own or of his clients, must not be lost (PPL-5)."""
        used = super()._filter_in_use()
        rest = self - used
        if not rest:
            return used
        # In sudo and without archived companies left out: bookings that the user who
        # deletes may not see count too.
        env = self.sudo().env
        for model, fname in (
            ("sale.order", "user_id"),
            ("sale.order", "client_user_id"),
            ("tour.booking.event", "user_id"),
        ):
            groups = env[model]._read_group([(fname, "in", rest.ids)], [fname])
            used |= self.browse(user.id for (user,) in groups)
        return used
