from odoo import fields, models


class TourGuest(models.Model):
    _inherit = "tour.guest"

    guest_type = fields.Selection(
        selection_add=[("infant", "Infant")],
        # Without this add-on a child has an age, of one year at least.
        ondelete={
            "infant": lambda guests: guests.write({"guest_type": "child", "age": 1})
        },
    )
