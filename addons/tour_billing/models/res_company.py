from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    tour_one_open_invoice = fields.Boolean(
        string="One unpaid invoice per booking",
        default=True,
        help="A further invoice of a booking can be made only when the former one is "
        "paid.",
    )
    tour_payment_term_id = fields.Many2one(
        comodel_name="account.payment.term",
        string="Payment plan of bookings",
        help="For clients who have none of their own.",
    )
    tour_collect_attempts = fields.Integer(
        string="Attempts to collect", default=3, help="How often a card is asked."
    )
    tour_collect_days = fields.Integer(
        string="Days between attempts",
        default=2,
        help="So many days after a refusal the card is asked again.",
    )
    tour_due_reminder_days = fields.Integer(
        string="Remind before due (days)",
        default=3,
        help="The client is reminded by mail so many days before a sum is due.",
    )

    _tour_collecting_positive = models.Constraint(
        "CHECK(tour_collect_attempts >= 1 AND tour_collect_days >= 1"
        " AND tour_due_reminder_days >= 0)",
        "A card is asked at least once, and again after a day at the earliest.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tour_one_open_invoice = fields.Boolean(
        related="company_id.tour_one_open_invoice", readonly=False
    )
    tour_payment_term_id = fields.Many2one(
        related="company_id.tour_payment_term_id", readonly=False
    )
    tour_collect_attempts = fields.Integer(
        related="company_id.tour_collect_attempts", readonly=False
    )
    tour_collect_days = fields.Integer(
        related="company_id.tour_collect_days", readonly=False
    )
    tour_due_reminder_days = fields.Integer(
        related="company_id.tour_due_reminder_days", readonly=False
    )
