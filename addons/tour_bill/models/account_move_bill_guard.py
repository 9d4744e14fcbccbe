"""What Odoo's own buttons must not do to a bill that somebody else has.

An approval that can be gone round is none: entering, taking back and paying a bill is
for its mover.
"""

from odoo import models
from odoo.exceptions import UserError

from ..bill_states import HANDED


class AccountMove(models.Model):
    _inherit = "account.move"

    def button_draft(self):
        """Refuse to take back what was handed over."""
        self._check_not_handed()
        return super().button_draft()

    def button_cancel(self):
        """Refuse to cancel what was handed over."""
        self._check_not_handed()
        return super().button_cancel()

    def _reverse_moves(self, default_values_list=None, cancel=False):
        """Refuse to take out of the books what was handed over."""
        if cancel:
            self._check_not_handed()
        return super()._reverse_moves(default_values_list, cancel=cancel)

    def _check_not_handed(self):
        if self._is_bill_mover():
            return
        # In sudo: where a bill is may be told to whoever works with it.
        kept = (*HANDED, "paid")
        handed = self.sudo().filtered(lambda move: move.tour_bill_state in kept)
        if handed:
            raise UserError("\n".join(move._explain_handed() for move in handed))

    def _post(self, soft=True):
        """Refuse to enter a bill past those who approve it."""
        if not self._is_bill_mover():
            # In sudo: as above.
            for move in self.sudo().filtered("tour_bill_state"):
                raise UserError(
                    self.env._(
                        "%(bill)s is entered into the books when it is handed over: "
                        "use 'Hand over'.",
                        bill=move._get_bill_name(),
                    )
                )
        return super()._post(soft=soft)
