from odoo import api, fields, models


class TourGuest(models.Model):
    """A person who takes part in a service."""

    _name = "tour.guest"
    _description = "Guest"
    _order = "line_id, sequence, id"
    _rec_name = "full_name"

    line_id = fields.Many2one(
        comodel_name="sale.order.line",
        string="Service",
        required=True,
        ondelete="cascade",
        index=True,
    )
    order_id = fields.Many2one(
        related="line_id.order_id",
        store=True,
        precompute=True,
        index=True,
        string="Booking",
    )
    company_id = fields.Many2one(
        related="line_id.company_id", store=True, precompute=True
    )
    company_group_id = fields.Many2one(
        related="order_id.company_group_id",
        store=True,
        precompute=True,
        string="Group of companies",
    )
    sequence = fields.Integer(default=10)
    last_name = fields.Char(required=True)
    first_name = fields.Char()
    middle_name = fields.Char()
    full_name = fields.Char(
        compute="_compute_full_name", store=True, precompute=True, index="trigram"
    )
    guest_type = fields.Selection(
        selection=[("adult", "Adult"), ("child", "Child")],
        default="adult",
        required=True,
    )
    age = fields.Integer()
    birth_date = fields.Date()
    document_number = fields.Char()
    nationality_id = fields.Many2one(comodel_name="res.country")
    guest_properties = fields.Properties(
        definition="company_group_id.guest_properties_definition",
        string="Fields of the group",
        copy=True,
    )

    _child_age = models.Constraint(
        "CHECK(guest_type != 'child' OR age > 0)",
        "A child needs an age.",
    )

    @api.depends("last_name", "first_name", "middle_name")
    def _compute_full_name(self):
        for guest in self:
            names = (guest.last_name, guest.first_name, guest.middle_name)
            guest.full_name = " ".join(name for name in names if name)
