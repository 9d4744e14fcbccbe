from odoo import api, fields, models


class TourClientStatus(models.Model):
    """What a client reads as the status of his booking, and the mail he gets then."""

    _name = "tour.client.status"
    _description = "Client Status"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Stable name for integrations.")
    sequence = fields.Integer(default=10)
    color = fields.Integer(help="Colour from 0 to 11.")
    mail_template_id = fields.Many2one(
        comodel_name="mail.template",
        string="Mail to the client",
        domain=[("model", "=", "sale.order")],
        help="Sent when the client's status becomes this one. Empty: no mail.",
    )

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "Another client status has this code already."
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
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
