from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.exceptions import UserError

from ..booking_states import STATE_CODES, STATES


class Wording(NamedTuple):
    """How one staff status is called and shown, to staff and to the client."""

    name: str
    color: int
    client_status_id: int
    client_name: str
    client_color: int


class TourBookingStatus(models.Model):
    """Wording of a staff status, and the client status it shows as."""

    _name = "tour.booking.status"
    _description = "Booking Status"
    _order = "sequence, id"

    state = fields.Selection(selection=STATES, required=True, readonly=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer(help="Colour from 0 to 11.")
    client_status_id = fields.Many2one(
        comodel_name="tour.client.status",
        required=True,
        ondelete="restrict",
        string="Client sees",
    )

    _state_uniq = models.Constraint(
        "UNIQUE(state)", "The wording of this status is there already."
    )
    _color_range = models.Constraint(
        "CHECK(color BETWEEN 0 AND 11)", "The colour is a number from 0 to 11."
    )

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        if "state" in vals and any(status.state != vals["state"] for status in self):
            raise UserError(
                self.env._(
                    "Which status a wording belongs to cannot be changed. "
                    "Change its name instead."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "The statuses of bookings are fixed; only their name, colour and "
                "client status can be changed."
            )
        )

    @api.model
    @tools.ormcache("lang")
    def _get_wordings(self, lang):
        """Wording of every staff status in ``lang``, by its code.

        :rtype: dict[str, Wording]
        """
        # The wording is the same for all and is shown to clients too.
        statuses = (
            self.sudo().with_context(lang=lang or None).search([], limit=len(STATES))
        )
        return {
            status.state: Wording(
                status.name,
                status.color,
                status.client_status_id.id,
                status.client_status_id.name,
                status.client_status_id.color,
            )
            for status in statuses
        }

    @api.model
    def _get_selection(self):
        """Selection of staff statuses, called as in the user's language."""
        wordings = self._get_wordings(self.env.lang)
        names = dict(STATES)
        return [
            (code, wordings[code].name if code in wordings else names[code])
            for code in STATE_CODES
        ]
