from odoo import api, fields, models

from odoo.addons.tour_desk.today import index

from ..today_sources import ACCOUNTING, BACK, DIRECTOR, UPLOADED, WANTED

# The acts after which the bill is the manager's again, or no longer.
BACK_ACTS = ("send_back", "recall")
GONE_ACTS = ("hand_over", "close", "reopen")


class AccountMove(models.Model):
    _inherit = "account.move"

    tour_bill_back_on = fields.Date(
        string="Came back on",
        compute="_compute_tour_bill_back_on",
        store=True,
        copy=False,
        help="Somebody else gave it back to who prepared it, and it waits since.",
    )

    # What the list 'Today' finds bills by.
    _today_bill_back_idx = models.Index(index(BACK))
    _today_bill_uploaded_idx = models.Index(index(UPLOADED))
    _today_bill_wanted_idx = models.Index(index(WANTED))
    _today_bill_director_idx = models.Index(index(DIRECTOR))
    _today_bill_accounting_idx = models.Index(index(ACCOUNTING))

    @api.depends("tour_bill_event_ids.act", "tour_bill_state")
    def _compute_tour_bill_back_on(self):
        for move in self:
            moved = move.tour_bill_event_ids.filtered(
                lambda event: event.act in (*BACK_ACTS, *GONE_ACTS)
            ).sorted("id")[-1:]
            came = (
                move.tour_bill_state == "prepared"
                and moved.act in BACK_ACTS
                and moved.user_id != move.tour_bill_user_id
            )
            move.tour_bill_back_on = (
                fields.Date.context_today(move, moved.date) if came else False
            )
