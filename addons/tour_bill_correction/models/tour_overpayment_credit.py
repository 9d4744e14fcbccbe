"""What an overpayment is in the books: a credit, and what it was matched with."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.tour_correction.correction_states import MOVER

STATES = [
    ("waiting", "Waits for the money"),
    ("used", "Matched"),
    ("undone", "Taken back"),
]


class TourOverpaymentCredit(models.Model):
    """A credit of the supplier that an overpayment, or a part of it, was settled with.

    The books say how much; this says what it is of, so that it can be taken back.
    """

    _name = "tour.overpayment.credit"
    _description = "Credit of an Overpayment"
    _order = "id desc"
    _rec_name = "credit_id"

    overpayment_id = fields.Many2one(
        comodel_name="tour.overpayment",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    # Undone with its part, which is not kept.
    part_id = fields.Many2one(
        comodel_name="tour.overpayment.part",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    company_id = fields.Many2one(related="overpayment_id.company_id")
    currency_id = fields.Many2one(related="overpayment_id.currency_id")
    amount = fields.Monetary(readonly=True, help="Of the overpayment.")
    credit_id = fields.Many2one(
        comodel_name="account.move",
        string="Credit",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    is_own = fields.Boolean(
        string="Made for it",
        readonly=True,
        help="A credit note that was entered for the overpayment, and goes with it.",
    )
    against_id = fields.Many2one(
        comodel_name="account.move",
        string="Matched with",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    state = fields.Selection(selection=STATES, required=True, readonly=True)
    reason = fields.Char(string="Why taken back", readonly=True)

    _one_waiting = models.UniqueIndex(
        "(overpayment_id) WHERE state = 'waiting'",
        "A credit of this overpayment waits already.",
    )

    # Nobody has the rights; a program in sudo has to come through the overpayment, too.

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_others()
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_others()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        self._refuse_others()

    @api.model
    def _refuse_others(self):
        if self.env.context.get("tour_correction_mover") is not MOVER:
            raise AccessError(
                self.env._("Credits of overpayments follow from what is closed.")
            )

    # === Taking back; in sudo mode, as mover === #

    def _take_back(self, reason):
        """Match these no more; notes that were made for it go out of the books."""
        for credit in self:
            rows = credit.credit_id.line_ids
            partials = rows.matched_debit_ids | rows.matched_credit_ids
            theirs = partials.filtered(
                lambda partial, credit=credit: (
                    credit.against_id
                    in (partial.debit_move_id | partial.credit_move_id).move_id
                )
            )
            theirs.unlink()
            credit.against_id._follow_unset(credit, reason)
            if credit.is_own and credit.credit_id.state == "posted":
                credit.credit_id._take_out_of_books()
            credit.write({"state": "undone", "reason": reason})

    def _follow_unmatched(self, reason):
        """What these were matched with was taken away in the books: owed again."""
        for credit in self:
            overpayment, part = credit.overpayment_id, credit.part_id
            overpayment._drop_waiting(reason)
            keeps = credit.is_own and credit.credit_id.state == "posted"
            credit.write(
                {
                    "state": "waiting" if keeps else "undone",
                    "against_id": False if keeps else credit.against_id.id,
                    "part_id": False if keeps else part.id,
                    "reason": reason,
                }
            )
            overpayment._owe_again(credit.amount, part, reason)
