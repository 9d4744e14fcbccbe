from odoo import fields, models


class TourCatalogPicture(models.Model):
    """A further picture of a service."""

    _name = "tour.catalog.picture"
    _inherit = ["image.mixin"]
    _description = "Picture of a Service"
    _order = "sequence, id"

    service_id = fields.Many2one(
        comodel_name="tour.catalog.service",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(
        string="What it shows",
        required=True,
        translate=True,
        help="Read to those who do not see the picture.",
    )
    image_1920 = fields.Image(string="Picture", required=True)
