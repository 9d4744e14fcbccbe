from odoo import fields

from . import controllers
from . import models
from . import wizards


def post_init_hook(env):
    """Clients go on seeing the invoices that they saw before there was showing."""
    invoices = env["account.move"].search(
        [
            ("tour_booking_ids", "!=", False),
            ("move_type", "=", "out_invoice"),
            ("state", "=", "posted"),
            ("tour_shown_on", "=", False),
        ]
    )
    invoices._as_actor().write({"tour_shown_on": fields.Datetime.now()})
    # What was overdue already is for people to ask for: no flood of reminders.
    for row in env["account.move.line"]._search_to_remind():
        row.tour_reminded_for = row.date_maturity
