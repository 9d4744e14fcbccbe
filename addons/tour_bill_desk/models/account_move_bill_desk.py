"""What the work screens of director and accountant ask for (BIL-6, BIL-7).

Each method is called by a browser, and so by anybody who has a key: what comes in is
looked at before anything else, and what may be done is the mover's to say.
"""

import math

from odoo import api, models
from odoo.exceptions import AccessError, UserError

# What is done on each screen, and what it needs besides the comment.
DESK_ACTS = {
    "director": {"approve": ("amount", "pay_date"), "send_back": ()},
    "accounting": {"order": (), "send_back": (), "to_director": ()},
}
MAX_ID = 2**31 - 1
MAX_SKIPPED = 1000
MAX_NOTE = 10_000


class AccountMove(models.Model):
    _inherit = "account.move"

    # === Called by the screens === #

    @api.model
    def bill_desk_next(self, queue, skipped=()):
        """Deal the next bill of a queue to the user; he keeps the one that he has.

        :param str queue: "director" or "accounting"
        :param skipped: ids of bills that he does not want now
        :return: what the screen shows, see `_get_desk`
        """
        self._check_queue(queue)
        return self._deal_for_desk(queue, self._check_skipped(skipped))

    @api.model
    def bill_desk_skip(self, queue, bill_id, skipped=()):
        """Give a bill back without doing anything, and deal the next."""
        self._check_queue(queue)
        bill = self._get_desk_bill(bill_id)
        skipped = self._check_skipped(skipped)
        bill._release_bill()
        return self._deal_for_desk(queue, [*skipped, bill.id])

    @api.model
    def bill_desk_act(self, queue, bill_id, act, seen, values=None, skipped=()):
        """Do this with the bill as the user saw it, and deal the next.

        :param int seen: the last event that the screen showed
        :param dict values: ``note``; to approve, ``amount`` and ``pay_date`` too
        """
        self._check_queue(queue)
        if not isinstance(act, str) or act not in DESK_ACTS[queue]:
            raise AccessError(self.env._("This is not done on this screen."))
        bill = self._get_desk_bill(bill_id)
        seen = self._check_desk_number(seen)
        skipped = self._check_skipped(skipped)
        values = self._check_desk_values(queue, act, values)
        bill._do_bill_act(act, seen=seen, **values)
        return self._deal_for_desk(queue, skipped)

    @api.model
    def bill_desk_keep(self, queue, bill_id, seen):
        """Deal the same bill to the user again, if nobody has it and nothing changed.

        Whoever is in the middle of it at the bank would otherwise leave it to be paid
        by another once more.
        """
        self._check_queue(queue)
        bill = self._get_desk_bill(bill_id)
        # In sudo: where the bill is, and whose, is told to those who work it off.
        bill_sudo = bill.sudo()
        if bill_sudo.tour_bill_last_event != self._check_desk_number(seen):
            raise UserError(bill_sudo._explain_no_bill_act())
        if not bill._hold_bill(queue):
            holder = bill_sudo.tour_bill_holder_id
            if bill_sudo.tour_bill_state == queue and holder:
                raise UserError(bill_sudo._explain_held(holder))
            raise UserError(bill_sudo._explain_no_bill_act())
        return self._get_desk(queue, bill)

    @api.model
    def _deal_for_desk(self, queue, skipped):
        bill = self._deal_bill(queue, skipped)
        bill.check_access("read")
        return self._get_desk(queue, bill)

    # === What comes in === #

    @api.model
    def _check_desk_number(self, value):
        """A number of a record, and nothing else."""
        if type(value) is not int or not 0 < value <= MAX_ID:
            raise UserError(self.env._("Load the screen anew: it sent no number."))
        return value

    @api.model
    def _check_skipped(self, skipped):
        if not isinstance(skipped, list | tuple) or len(skipped) > MAX_SKIPPED:
            raise UserError(self.env._("Load the screen anew: too much was skipped."))
        return [self._check_desk_number(value) for value in skipped]

    @api.model
    def _get_desk_bill(self, bill_id):
        """The bill, if the user may see it and it is his company's."""
        bill = self.browse(self._check_desk_number(bill_id)).exists()
        bill.check_access("read")
        # In sudo: only whether it is one is looked at.
        if bill.company_id != self.env.company or not bill.sudo().tour_bill_state:
            raise UserError(self.env._("This bill is no longer there."))
        return bill

    @api.model
    def _check_desk_values(self, queue, act, values):
        """What goes with the act, and nothing that does not belong to it."""
        values = {} if values is None else values
        known = ("note", *DESK_ACTS[queue][act])
        if not isinstance(values, dict) or values.keys() - set(known):
            raise UserError(self.env._("Load the screen anew: it sent too much."))
        note, amount = values.get("note") or "", values.get("amount")
        if not isinstance(note, str) or len(note) > MAX_NOTE:
            raise UserError(self.env._("The comment is no text, or too long."))
        number = isinstance(amount, int | float) and not isinstance(amount, bool)
        if amount is not None and not (number and math.isfinite(amount)):
            raise UserError(self.env._("Enter how much to pay as a number."))
        if not isinstance(values.get("pay_date") or "", str):
            raise UserError(self.env._("Enter the day as a date."))
        return {**values, "note": note.replace("\0", "")}

    # === Telling === #

    def _apply_bill_act(self, act, note, values):
        """Tell whoever has the bill open that it is his no longer."""
        holder = self._get_live_holder() - self.env.user
        result = super()._apply_bill_act(act, note, values)
        for user in holder:
            text = self.with_context(lang=user.lang)._explain_no_bill_act()
            user._bus_send("tour_bill_desk/changed", {"id": self.id, "text": text})
        return result
