from odoo import api, models

from ..today_sources import SOURCES


class TourToday(models.Model):
    _inherit = "tour.today"
    _depends = {
        "tour.help.request": [
            "answer_day",
            "company_id",
            "is_waiting",
            "order_id",
            "overdue_told_on",
            "partner_id",
            "subject",
            "user_id",
        ],
    }

    @api.model
    def _get_sources(self):
        """Add clients who asked for help."""
        return [*super()._get_sources(), *SOURCES]

    @api.model
    def _get_kinds(self):
        return {
            **super()._get_kinds(),
            "help": (self.env._("Client asks for help"), self.env._("Answer")),
            "help_overdue": (
                self.env._("Client was not answered in time"),
                self.env._("See the request"),
            ),
        }

    def action_open(self):
        """Open requests in their own form, and not the booking of theirs."""
        row = self._get_due_row()
        if row.kind in {source.kind for source in SOURCES}:
            return row._get_record().get_formview_action()
        return super().action_open()
