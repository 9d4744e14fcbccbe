from odoo import api, fields, models


class TourRoom(models.Model):
    """A category of rooms of a hotel."""

    _name = "tour.room"
    _description = "Room Category"
    _order = "sequence, name, id"

    name = fields.Char(string="Room category", required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    hotel_id = fields.Many2one(
        "tour.hotel", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="hotel_id.company_id", store=True, index="btree_not_null"
    )
    currency_id = fields.Many2one(related="hotel_id.currency_id")
    capacity = fields.Integer(
        string="Persons", default=2, required=True, help="How many may sleep in it."
    )
    description = fields.Text()
    rate_ids = fields.One2many("tour.rate", "room_id", string="Rates")
    rate_count = fields.Integer(string="Number of rates", compute="_compute_rate_count")

    _capacity_positive = models.Constraint(
        "CHECK (capacity > 0)", "A room is for one person at least."
    )

    @api.depends("rate_ids")
    def _compute_rate_count(self):
        counts = dict(
            self.env["tour.rate"]._read_group(
                [("room_id", "in", self.ids)], ["room_id"], ["__count"]
            )
        )
        for room in self:
            room.rate_count = counts.get(room, 0)

    def action_view_rates(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_hotel.tour_rate_action"
        )
        action["domain"] = [("room_id", "=", self.id)]
        action["context"] = {
            "default_room_id": self.id,
            "default_hotel_id": self.hotel_id.id,
        }
        return action
