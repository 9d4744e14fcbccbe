from odoo import models

from odoo.addons.tour_correction.correction_states import MOVER


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    def unlink(self):
        """What is matched no more was not set off, and did not come back."""
        if self.env.context.get("tour_correction_mover") is MOVER:
            return super().unlink()
        # In sudo: whoever takes a match back need not see what is owed.
        sides = self.sudo()
        moves = (sides.debit_move_id | sides.credit_move_id).move_id
        credits = (
            self.env["tour.overpayment.credit"]
            .sudo()
            .search(
                [
                    ("credit_id", "in", moves.ids),
                    ("against_id", "in", moves.ids),
                    ("state", "=", "used"),
                ]
            )
        )
        result = super().unlink()
        for credit in credits:
            record = credit.overpayment_id._in_books()
            record.credit_ids.filtered(lambda c, c0=credit: c == c0)._follow_unmatched(
                self.env._("The match was taken back in the books.")
            )
        return result
