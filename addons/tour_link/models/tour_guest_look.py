from odoo import api, fields, models


class TourGuestLook(models.Model):
    """Who looked at whose personal data, and what was erased: written once."""

    _name = "tour.guest.look"
    _description = "Look at personal data"
    _order = "id desc"
    _rec_name = "guest_name"
    _log_access = False

    date = fields.Datetime(required=True, readonly=True, index=True)
    act = fields.Selection(
        selection=[("look", "Looked at"), ("erase", "Erased")],
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users", readonly=True, ondelete="restrict", index=True
    )
    guest_id = fields.Many2one(
        comodel_name="tour.guest",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    # Kept when guest and booking are deleted.
    guest_name = fields.Char(string="Whose", readonly=True)
    order_name = fields.Char(string="Booking", readonly=True)
    company_id = fields.Many2one(
        comodel_name="res.company", readonly=True, ondelete="cascade", index=True
    )
    reason = fields.Char(readonly=True)

    @api.model
    def _log(self, guests, act, reason=""):
        """Write down what is done with the guests' data, now and by the user."""
        now = fields.Datetime.now()
        # In sudo: nobody has the right to write the log himself.
        return self.sudo().create(
            [
                {
                    "date": now,
                    "act": act,
                    "user_id": self.env.uid,
                    "guest_id": guest.id,
                    "guest_name": guest.full_name,
                    "order_name": guest.order_id.name,
                    "company_id": guest.company_id.id,
                    "reason": reason,
                }
                # In sudo: the booking's name, for the log only.
                for guest in guests.sudo()
            ]
        )
