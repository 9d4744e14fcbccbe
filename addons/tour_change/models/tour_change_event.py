from odoo import fields, models

from ..change_states import STATES


class TourChangeEvent(models.Model):
    """One step of a request: from where to where, by whom, when and why.

    Written by the mover only, and never changed: nobody has the right to.
    """

    _name = "tour.change.event"
    _description = "Step of a Change Request"
    _order = "date desc, id desc"
    _rec_name = "change_id"

    change_id = fields.Many2one(
        comodel_name="tour.change",
        required=True,
        ondelete="cascade",
        index=True,
    )
    from_state = fields.Selection(selection=STATES)
    to_state = fields.Selection(selection=STATES, required=True)
    user_id = fields.Many2one(comodel_name="res.users", string="Who", required=True)
    date = fields.Datetime(
        string="When", required=True, default=fields.Datetime.now, readonly=True
    )
    comment = fields.Text()
