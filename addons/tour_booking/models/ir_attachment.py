from odoo import fields, models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    tour_shared = fields.Boolean(
        string="Client may see it",
        help="The file is offered on the page of the booking on the portal. "
        "Otherwise it is for staff only.",
    )

    def write(self, vals):
        """Make the links that were given out useless when sharing ends."""
        if vals.get("tour_shared") is False:
            vals = {**vals, "access_token": False}
        return super().write(vals)
