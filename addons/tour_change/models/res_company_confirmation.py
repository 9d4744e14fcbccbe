from dateutil.relativedelta import relativedelta

from odoo import fields, models

from ..confirmation import SILENCE


class ResCompany(models.Model):
    _inherit = "res.company"

    tour_confirm_remind_days = fields.Integer(
        string="Remind the client every (days)",
        default=2,
        help="Of changes that he has to confirm; 0 means never.",
    )
    tour_confirm_deadline_days = fields.Integer(
        string="The client has to answer within (days)",
        default=7,
        help="After that the question is overdue, and silence has the meaning below; "
        "0 means that there is no deadline.",
    )
    tour_confirm_silence = fields.Selection(
        selection=SILENCE,
        string="Silence of the client means",
        default="nothing",
        required=True,
        help="What happens when the deadline is over. It is stated in the mail that "
        "asks the client, and holds for him as it was stated.",
    )
    tour_confirm_may_withdraw = fields.Boolean(
        string="Staff may withdraw questions without differences",
        help="When what was changed was changed back, staff may take the question "
        "back. Without this the client confirms that nothing differs.",
    )

    _tour_confirm_days_positive = models.Constraint(
        "CHECK(tour_confirm_remind_days >= 0 AND tour_confirm_deadline_days >= 0)",
        "The days of reminders and deadlines cannot be negative.",
    )

    def _prepare_confirmation_times(self):
        """Until when a client may think who is asked now, and what silence means."""
        self.ensure_one()
        now = fields.Datetime.now()
        remind, last = self.tour_confirm_remind_days, self.tour_confirm_deadline_days
        return {
            "remind_on": remind and now + relativedelta(days=remind),
            "deadline": last and now + relativedelta(days=last),
            "silence": self.tour_confirm_silence if last else "nothing",
        }


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tour_confirm_remind_days = fields.Integer(
        related="company_id.tour_confirm_remind_days", readonly=False
    )
    tour_confirm_deadline_days = fields.Integer(
        related="company_id.tour_confirm_deadline_days", readonly=False
    )
    tour_confirm_silence = fields.Selection(
        related="company_id.tour_confirm_silence", readonly=False
    )
    tour_confirm_may_withdraw = fields.Boolean(
        related="company_id.tour_confirm_may_withdraw", readonly=False
    )
