from odoo import fields, models


class TourBookingEvent(models.Model):
    """One move of a booking: from where to where, by whom, when and why.

    Written by the mover only, and never changed: nobody has the right to.
    """

    _name = "tour.booking.event"
    _description = "Booking Status Change"
    _order = "date desc, id desc"
    _rec_name = "order_id"

    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Booking",
        required=True,
        ondelete="cascade",
        index=True,
    )
    from_state = fields.Selection(selection="_selection_state")
    to_state = fields.Selection(selection="_selection_state", required=True)
    user_id = fields.Many2one(comodel_name="res.users", string="Who", required=True)
    date = fields.Datetime(
        string="When", required=True, default=fields.Datetime.now, readonly=True
    )
    comment = fields.Text()

    def _selection_state(self):
        return self.env["tour.booking.status"]._get_selection()
