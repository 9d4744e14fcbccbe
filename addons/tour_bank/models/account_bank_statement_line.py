"""Lines of statements: what the bank said of them, and what they settle (BIL-11)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.tour_partner.defaults import plain

ACCOUNTANT = "tour_partner.tour_group_accountant"


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    tour_tax_id = fields.Char(string="Tax id of the other side", copy=False)
    tour_bic = fields.Char(string="BIC of his bank", copy=False)
    tour_number = fields.Char(string="Number of the document", copy=False)
    tour_file_row = fields.Integer(string="Line of the file", copy=False, readonly=True)
    tour_matched_by = fields.Selection(
        selection=[("rule", "By rule"), ("hand", "By hand")],
        string="Matched",
        readonly=True,
        copy=False,
    )
    # Undone by a person: what he took back no rule does again.
    tour_by_hand = fields.Boolean(readonly=True, copy=False)
    tour_proposal_ids = fields.One2many(
        comodel_name="tour.bank.proposal",
        inverse_name="line_id",
        string="Proposals",
        readonly=True,
    )
    tour_best = fields.Char(string="What", compute="_compute_tour_best")
    tour_why = fields.Char(string="Why", compute="_compute_tour_best")
    tour_has_proposal = fields.Boolean(
        compute="_compute_tour_best", search="_search_tour_has_proposal"
    )
    tour_counterpart_ids = fields.Many2many(
        comodel_name="account.move",
        string="Settled",
        compute="_compute_tour_counterparts",
    )

    # For what waits: the screen opens with it, whatever is done already.
    _tour_waiting = models.Index("(journal_id, id) WHERE is_reconciled IS NOT TRUE")

    @api.depends("tour_proposal_ids.points", "tour_proposal_ids.taken")
    @api.depends_context("lang")
    def _compute_tour_best(self):
        for line in self:
            best = line.tour_proposal_ids.sorted(
                lambda p: (p.taken, p.is_certain, p.points), reverse=True
            )[:1]
            line.tour_best = best.what
            line.tour_why = best.why
            line.tour_has_proposal = bool(best)

    def _search_tour_has_proposal(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        wanted = (True in value) == (operator == "in")
        return [("tour_proposal_ids", "any" if wanted else "not any", [])]

    @api.depends("is_reconciled")
    def _compute_tour_counterparts(self):
        for line in self:
            # In sudo: where the money went is told to who may read the line.
            line.tour_counterpart_ids = line.sudo()._get_counterparts()

    def _get_counterparts(self):
        """The entries that the line settled, payments' own entries included."""
        return self._get_settled_lines().move_id

    def _get_settled_lines(self):
        rows = self.move_id.line_ids
        partials = rows.matched_debit_ids | rows.matched_credit_ids
        return (partials.debit_move_id | partials.credit_move_id) - rows

    # === Buttons === #

    def action_take_best(self):
        """Settle each line with what is proposed first for it."""
        self._check_bank_right()
        for line in self.filtered(lambda line: not line.is_reconciled):
            best = line.tour_proposal_ids[:1]
            if not best:
                raise UserError(
                    self.env._(
                        "%(line)s: nothing is proposed. Choose by hand.",
                        line=line.payment_ref or line.display_name,
                    )
                )
            line._take_by_hand(best)
        return True

    def action_propose(self):
        """Look again for what these lines may settle; what is certain is settled."""
        self._check_bank_right()
        # In sudo: accountants of Tour may not write entries; the right was checked.
        plain(self).sudo()._match_lines()
        return True

    def action_undo_match(self):
        """Take back what these lines settled; it is open again."""
        self._check_bank_right()
        # In sudo: as above.
        lines = plain(self).sudo()
        lines._lock_lines()
        lines.action_undo_reconciliation()
        lines._match_lines()
        return True

    def action_match_by_hand(self):
        """Ask what the line settles."""
        self.ensure_one()
        self._check_bank_right()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_bank.tour_bank_match_action"
            ),
            "context": {"default_line_id": self.id},
        }

    def action_open_settled(self):
        """Open what the line settled."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Settled"),
            "res_model": "account.move",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", self.tour_counterpart_ids.ids)],
        }

    def action_undo_reconciliation(self):
        """Tell the bills whose payments were matched, and let nothing match it again
        by itself."""
        settled = self._get_settled_lines()
        payments = settled.move_id.origin_payment_id
        made = self.payment_ids
        self.payment_ids = False
        result = super().action_undo_reconciliation()
        # In sudo: whoever may undo it need not be able to write what follows.
        lines = self.sudo()
        lines.tour_proposal_ids.unlink()
        lines.write({"tour_matched_by": False, "tour_by_hand": True})
        if made:
            # Made for the match, of a top-up: gone with it, its number stays used.
            made.sudo().action_cancel()
        note = self.env._("The match with the bank's statement was taken back.")
        (payments - made)._unconfirm_bill_payments(note)
        return result

    # === Rights and locks === #

    @api.model
    def _check_bank_right(self):
        if not (self.env.su or self.env.user.has_group(ACCOUNTANT)):
            raise AccessError(self.env._("This is for accountants."))
        self.check_access("read")

    def _lock_lines(self):
        held = self - self.try_lock_for_update(allow_referencing=True)
        if held:
            raise UserError(
                self.env._(
                    "Somebody else is working on %(lines)s right now. Try again in a "
                    "moment.",
                    lines=", ".join(line.payment_ref or line.name for line in held),
                )
            )
        self.invalidate_recordset(["is_reconciled"])
