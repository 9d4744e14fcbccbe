"""A bill's file is read as soon as it is there."""

from odoo import fields, models
from odoo.exceptions import UserError

from .tour_bill_reading import STAFF, STATES


class AccountMove(models.Model):
    _inherit = "account.move"

    tour_bill_reading_ids = fields.One2many(
        comodel_name="tour.bill.reading",
        inverse_name="move_id",
        string="Readings of the file",
        readonly=True,
        groups=STAFF,
    )
    tour_bill_reading_state = fields.Selection(
        selection=STATES,
        string="Reading of the file",
        compute="_compute_tour_bill_reading_state",
        groups=STAFF,
    )

    def _compute_tour_bill_reading_state(self):
        for move in self:
            move.tour_bill_reading_state = move._get_bill_reading().state

    def _get_bill_reading(self):
        """The reading that counts; in sudo mode."""
        self.ensure_one()
        # In sudo: whoever may read the bill may know what its file says.
        return self.sudo().tour_bill_reading_ids.sorted("id")[-1:]

    def _follow_upload(self):
        super()._follow_upload()
        self.env["tour.bill.reading"]._begin(self)

    def action_prepare_bill(self):
        """A bill that came another way is read when somebody turns to it."""
        action = super().action_prepare_bill()
        # In sudo: the file is the bill's, which the user may read.
        move = self.sudo()
        if (
            move.move_type == "in_invoice"
            and move.message_main_attachment_id
            and not self._get_bill_reading()
            and self.env["tour.bill.prepare"].has_access("create")
        ):
            self.env["tour.bill.reading"]._begin(self)
        return action

    def action_read_bill_again(self):
        """Read the file once more, after a layout was added, say."""
        self.ensure_one()
        self._check_may_judge_hints()
        if self._get_bill_reading().state == "reading":
            raise UserError(self.env._("It is being read already."))
        self.env["tour.bill.reading"]._begin(self)
        return True

    def dismiss_bill_hint(self, name, is_wrong=True):
        """Say that a hint is wrong, for everybody; or that it is right after all.

        :param str name: of what was read, as in `get_bill_hints`
        """
        self.ensure_one()
        self._check_may_judge_hints()
        reading = self._get_bill_reading()
        if not isinstance(name, str) or name not in (reading.hints or {}):
            raise UserError(self.env._("There is no such hint any more."))
        dismissed = dict(reading.dismissed or {})
        if is_wrong:
            dismissed[name] = self.env.uid
        else:
            dismissed.pop(name, None)
        reading._as_reader().write({"dismissed": dismissed})
        return True

    def _check_may_judge_hints(self):
        """Whoever prepares bills; the bill is one that he sees."""
        self.check_access("read")
        self.env["tour.bill.prepare"].check_access("create")
