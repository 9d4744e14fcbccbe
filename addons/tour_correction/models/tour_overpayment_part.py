"""What comes back of an overpayment bit by bit, before it is closed (BKG-14)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from ..correction_states import FOLLOWED, MOVER, MOVES, OWED

PART_KINDS = [("payment", "Payment"), ("setoff", "Set-off")]
# By the status that all of it at once would have led to.
KINDS = {"closed_payment": "payment", "closed_setoff": "setoff"}


class TourOverpaymentPart(models.Model):
    """Some of what a supplier owed, that he paid or that was set off.

    The last of it closes the overpayment, and is kept there.
    """

    _name = "tour.overpayment.part"
    _description = "Part of an Overpayment that Came Back"
    _order = "id"

    overpayment_id = fields.Many2one(
        comodel_name="tour.overpayment", required=True, ondelete="cascade", index=True
    )
    currency_id = fields.Many2one(related="overpayment_id.currency_id")
    kind = fields.Selection(selection=PART_KINDS, string="How", required=True)
    amount = fields.Monetary(required=True)
    payment_id = fields.Many2one(
        comodel_name="account.payment",
        string="Payment of the supplier",
        ondelete="set null",
        index="btree_not_null",
    )
    payment_date = fields.Date(string="Returned on")
    payment_reference = fields.Char(string="Payment reference")
    setoff_bill_id = fields.Many2one(
        comodel_name="account.move",
        string="Set off against",
        ondelete="set null",
        index="btree_not_null",
    )
    reason = fields.Text()
    undoable = fields.Boolean(compute="_compute_undoable")

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "A part that came back is more than nothing."
    )
    # Whatever two windows do: a payment known by its number counts once.
    _payment_once = models.UniqueIndex(
        "(overpayment_id, payment_date, payment_reference)"
        " WHERE kind = 'payment' AND payment_id IS NULL",
        "A payment of this day and number has been entered for this overpayment.",
    )

    @api.depends("overpayment_id.state")
    @api.depends_context("uid")
    def _compute_undoable(self):
        for part in self:
            overpayment = part.overpayment_id
            part.undoable = overpayment.state in FOLLOWED and overpayment._may_settle()

    def _is_kept(self):
        return self.env.context.get("tour_correction_mover") is not MOVER

    # Nobody has the rights; a program in sudo has to come through the overpayment, too.

    @api.model_create_multi
    def create(self, vals_list):
        if self._is_kept():
            self._refuse()
        return super().create(vals_list)

    def write(self, vals):
        if self._is_kept():
            self._refuse()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_undone(self):
        if self._is_kept():
            self._refuse()

    def _refuse(self):
        raise AccessError(
            self.env._(
                "What came back is entered with 'Close', and taken back with 'Undo'."
            )
        )

    def action_undo(self):
        """Ask why it is taken back: it was entered by mistake."""
        self.ensure_one()
        return self.overpayment_id._ask(default_reopening=True, default_part_id=self.id)

    def _undo(self, reason):
        """Take this part back: so much more is owed again.

        :param str reason: why, kept in the history of the overpayment
        """
        self.ensure_one()
        overpayment = self.overpayment_id
        overpayment._check_settling(FOLLOWED)
        reason = (reason or "").strip()
        if not reason:
            raise UserError(
                self.env._(
                    "%(overpayment)s: say why. Fill in the reason.",
                    overpayment=overpayment.display_name,
                )
            )
        text = self.env._(
            "Did not come back after all: %(part)s", part=self._get_text()
        )
        overpayment._log_text(text, reason)
        overpayment._as_mover().part_ids.filtered(lambda p: p.id == self.id).unlink()
        overpayment._follow_due(overpayment.due_amount)

    def _get_text(self):
        """What it is, in a line."""
        self.ensure_one()
        # In sudo: bills are for accountants, their numbers are known to all staff.
        part = self.sudo()
        amount = part.overpayment_id._format(part.amount)
        if part.kind == "setoff":
            bill = part.setoff_bill_id
            return self.env._(
                "%(amount)s, set off against %(bill)s",
                amount=amount,
                bill=bill.ref or bill.name or "",
            )
        return self.env._(
            "%(amount)s, payment %(reference)s of %(date)s",
            amount=amount,
            reference=part.payment_reference or "",
            date=format_date(self.env, part.payment_date),
        )


class TourOverpayment(models.Model):
    _inherit = "tour.overpayment"

    part_ids = fields.One2many(
        comodel_name="tour.overpayment.part",
        inverse_name="overpayment_id",
        string="Came back in parts",
        readonly=True,
        copy=False,
    )
    returned_amount = fields.Monetary(
        string="Came back",
        compute="_compute_returned_amount",
        store=True,
        precompute=True,
        help="What came back in parts, before it was closed.",
    )
    excess_amount = fields.Monetary(
        string="Came back too much", compute="_compute_excess_amount"
    )

    @api.depends("part_ids.amount")
    def _compute_returned_amount(self):
        for overpayment in self:
            overpayment.returned_amount = sum(overpayment.part_ids.mapped("amount"))

    @api.depends("paid_amount", "due_amount", "returned_amount", "state")
    def _compute_excess_amount(self):
        """What he gave back and has to get again, as more is due to him since."""
        for overpayment in self:
            kept = overpayment.paid_amount - overpayment.due_amount
            overpayment.excess_amount = (
                max(overpayment.returned_amount - max(kept, 0.0), 0.0)
                if overpayment.state in FOLLOWED
                else 0.0
            )

    @api.model
    def _may_settle(self):
        return self._has_move_right(MOVES["open", "closed_payment"])

    def _check_settling(self, states):
        """Lock these for money that came back, and see that they still wait for it."""
        self.check_access("write")
        self._lock_for_move()
        self.invalidate_recordset(["state", "amount", "returned_amount"])
        if not self._may_settle():
            raise AccessError(
                self.env._(
                    "What came back is entered by an accountant or a head. Ask one."
                )
            )
        over = self.filtered(lambda overpayment: overpayment.state not in states)
        if over:
            raise UserError(over._get_over_message())

    def _get_over_message(self):
        return self.env._(
            "%(overpayments)s: nothing is owed any more.",
            overpayments=", ".join(self.mapped("display_name")),
        )

    def _settle(self, state, amount, reason="", **values):
        """Enter that ``amount`` of what is owed came back: the oldest first.

        What is covered moves to ``state``; of the next, the remainder is a part, and
        the rest of it stays as it is, with its age and its reminders.

        :param str state: `closed_payment` or `closed_setoff`
        :param float amount: in the currency of these
        :param str reason: kept with them
        :param values: the payment or the bill
        :raise UserError: if it is nothing, or more than is owed
        """
        self._check_settling(OWED)
        currency = self.currency_id.ensure_one()
        owed = sum(self.mapped("amount"))
        if currency.compare_amounts(amount, 0.0) <= 0:
            raise UserError(self.env._("Enter how much came back."))
        if currency.compare_amounts(amount, owed) > 0:
            raise UserError(
                self.env._(
                    "%(amount)s is more than the %(owed)s that is owed. Enter what "
                    "of it is for these overpayments.",
                    amount=self[:1]._format(amount),
                    owed=self[:1]._format(owed),
                )
            )
        covered, left = self.browse(), amount
        for overpayment in self.sorted(lambda o: (o.date, o.id)):
            if currency.compare_amounts(left, overpayment.amount) < 0:
                break
            covered += overpayment
            left = currency.round(left - overpayment.amount)
        covered._move_to(state, reason, **values)
        if not currency.is_zero(left):
            overpayment._add_part(state, left, reason, values)

    def _add_part(self, state, amount, reason, values):
        part = self._as_mover().part_ids.create(
            {
                "overpayment_id": self.id,
                "kind": KINDS[state],
                "amount": amount,
                "reason": reason.strip() or False,
                **values,
            }
        )
        rest = self.env._(
            "Came back: %(part)s. Still owed: %(rest)s",
            part=part.with_env(self.env)._get_text(),
            rest=self._format(self.amount),
        )
        self._log_text(rest, reason)
        self._after_part(part)
        self._tell_part(part)

    def _after_part(self, part):
        """Hook: some of it came back; override to follow up, as `_after_move` for what
        is closed."""

    def _tell_part(self, part):
        """Tell the responsible that some of it is there."""
        # In sudo: who is told may be anybody.
        record = self.sudo()
        self.env["tour.notification.category"]._tell_users(
            "overpayment",
            record.order_id.user_id - self.env.user,
            lambda env: env._(
                "%(overpayment)s: a part came back",
                overpayment=record.with_env(env).display_name,
            ),
            lambda env: env._(
                "%(part)s. Still owed: %(rest)s",
                part=part.with_env(env)._get_text(),
                rest=record.with_env(env)._format(record.amount),
            ),
            record,
        )
