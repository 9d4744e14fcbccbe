from odoo import fields, models

CHOICES = [("send", "Send"), ("dont_send", "Don't send")]


class TourNotificationChoice(models.Model):
    """What a person or a company said about a category; no record = not set."""

    _name = "tour.notification.choice"
    _description = "Notification Choice"
    _rec_name = "category_id"

    category_id = fields.Many2one(
        "tour.notification.category", required=True, ondelete="cascade", index=True
    )
    # Has its index from the unique constraint, which begins with it.
    partner_id = fields.Many2one("res.partner", required=True, ondelete="cascade")
    choice = fields.Selection(CHOICES, required=True)

    _partner_category_uniq = models.Constraint(
        "UNIQUE(partner_id, category_id)",
        "A choice for this category is there already.",
    )
