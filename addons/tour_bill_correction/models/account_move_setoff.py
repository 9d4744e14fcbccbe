"""Setting off what a supplier owes against his bill (BIL-19)."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.tour_correction.correction_states import OWED
from odoo.addons.tour_partner.defaults import plain

# Acts with which a bill leaves those who pay it: what was set off is owed again.
GIVEN_BACK = ("send_back", "recall", "close")
# The books have the bill, and it is not ordered yet: what is to be paid may fall.
APPROVING = ("director", "accounting")


class AccountMove(models.Model):
    _inherit = "account.move"

    # === Buttons === #

    def action_set_off(self):
        """Set off what the supplier owes: at once, or when the bill is handed over."""
        self.ensure_one()
        if self.tour_bill_state == "prepared":
            self._want_setoff(True)
        else:
            self._set_off_now()
        return True

    def action_keep_setoff(self):
        """Set nothing off when the bill is handed over."""
        self.ensure_one()
        self._want_setoff(False)
        return True

    def _may_set_off(self):
        """Whether the user may set off against the bill where it is."""
        if self.tour_bill_state == "prepared":
            return self._has_bill_right("hand_over")
        return (
            self.tour_bill_state in APPROVING
            and self.env["tour.overpayment"]._may_settle()
        )

    def _begin_setoff(self):
        """Lock the bill, and see that the user may set off against it."""
        self.check_access("read")
        self._lock_bill()
        # In sudo: where a bill is may be told to whoever works with it.
        move = self.sudo()
        if move.tour_bill_state not in ("prepared", *APPROVING):
            raise UserError(move._explain_no_bill_act())
        if not self._may_set_off():
            raise AccessError(
                self.env._(
                    "%(bill)s: what a supplier owes is set off by who prepares the "
                    "bill, then by an accountant or a head.",
                    bill=move._get_bill_name(),
                )
            )
        if holder := move._get_other_holder():
            raise UserError(move._explain_held(holder))

    def _want_setoff(self, wanted):
        """Keep whether it is set off when the bill is handed over."""
        self._begin_setoff()
        # In sudo: managers write no bills; the right was checked.
        move = plain(self).sudo()._as_bill_mover()
        if move.tour_bill_state != "prepared":
            raise UserError(move._explain_no_bill_act())
        move.tour_bill_setoff_wanted = wanted

    def _set_off_now(self):
        self._begin_setoff()
        # In sudo: as above.
        move = plain(self).sudo()._as_bill_mover()
        if not move._set_off():
            raise UserError(
                self.env._(
                    "%(bill)s: the supplier owes nothing any more, or nothing is left "
                    "to pay.",
                    bill=move._get_bill_name(),
                )
            )

    # === What the mover does with it; in sudo mode, as mover === #

    def _carry_payments_over(self):
        """Set off what is wanted, once the bill is in the books and before it goes on.

        What was set off against the bill that this one replaces is, against this one.
        """
        former = self.tour_bill_replaces_id
        taken = False
        if former and former.tour_bill_state != "closed":
            reason = self.env._("replaced by %(bill)s", bill=self._get_bill_name())
            taken = former._take_setoffs_back(reason)
        result = super()._carry_payments_over()
        if taken or self.tour_bill_setoff_wanted:
            self._set_off()
        return result

    def _apply_bill_act(self, act, note, values):
        """Owe again what was set off against a bill that is given back."""
        if act in GIVEN_BACK and self._take_setoffs_back(note):
            self.tour_bill_setoff_wanted = act != "close"
        return super()._apply_bill_act(act, note, values)

    def _apply_bill_prepare(self, note, **values):
        """Keep whether what the supplier owes is set off on handing over."""
        vals, event = super()._apply_bill_prepare(note, **values)
        if "set_off" in values:
            vals["tour_bill_setoff_wanted"] = bool(values["set_off"])
        return vals, event

    def _set_off(self):
        """Set off what the supplier owes, the oldest first, as far as the bill goes.

        :return: whether anything was
        """
        done = False
        owed = self._find_owed(self.commercial_partner_id, self.company_id)
        owed._lock_for_move()
        owed.invalidate_recordset(["state", "amount", "returned_amount"])
        owed = owed.filtered(lambda overpayment: overpayment.state in OWED)
        reason = self.env._("Set off against %(bill)s", bill=self._get_bill_name())
        for currency, overpayments in owed.grouped("currency_id").items():
            today = fields.Date.context_today(self)
            room = self.currency_id._convert(
                self.amount_residual, currency, self.company_id, today
            )
            amount = min(room, sum(overpayments.mapped("amount")))
            if currency.compare_amounts(amount, 0.0) > 0:
                overpayments._settle(
                    "closed_setoff", amount, reason, setoff_bill_id=self.id
                )
                done = True
        return done

    def _get_bill_route(self):
        """What was set off is no part that was paid before."""
        if self.tour_bill_setoff_amount:
            share = self.tour_bill_paid_amount / self.amount_total
            self.tour_bill_paid_share = 100 * share
        return super()._get_bill_route()

    def _follow_setoff(self, overpayment, amount):
        """So much less is to be paid: say so, and pay no more than what is left."""
        if not self.tour_bill_state:
            return
        from_state, vals = self.tour_bill_state, {}
        if from_state in APPROVING:
            left = self.amount_residual
            vals = {"tour_bill_pay_amount": min(self.tour_bill_pay_amount, left)}
            vals["tour_bill_company_amount"] = self._get_company_amount(
                vals["tour_bill_pay_amount"]
            )
            if self.currency_id.is_zero(left):
                vals.update(self._route_bill()[0])
        self.write({**vals, "tour_bill_setoff_wanted": False})
        why = self.env._("owed of %(order)s", order=overpayment.order_id.name)
        self._add_bill_event("setoff", from_state, amount=amount, why=why)

    def _follow_unset(self, credit, reason):
        """What was set off is to be paid after all: a bill that was paid goes round."""
        if self.move_type != "in_invoice" or not self.tour_bill_state:
            return
        move = self._as_bill_mover()
        from_state, event = move.tour_bill_state, {}
        if from_state == "paid" and not move.currency_id.is_zero(move.amount_residual):
            vals, event = move._route_bill()
            move.write(vals)
        event["why"] = reason or event.get("why")
        event["amount"] = credit._get_amount_of(move)
        move._add_bill_event("unsetoff", from_state, **event)

    def _take_setoffs_back(self, reason):
        """Let be owed again what was set off against this bill.

        :return: whether anything was
        """
        credits = self._get_setoffs()
        reason = (reason or "").strip() or self.env._(
            "%(bill)s was given back", bill=self._get_bill_name()
        )
        for (overpayment, part), group in credits.grouped(
            lambda credit: (credit.overpayment_id, credit.part_id)
        ).items():
            amount = sum(group.mapped("amount"))
            overpayment._lock_for_move()
            overpayment._owe_again(amount, part, reason)
        return bool(credits)


class TourOverpaymentCredit(models.Model):
    _inherit = "tour.overpayment.credit"

    def _get_amount_of(self, move):
        """What it was in the currency of a bill; the note knows it to the cent."""
        if self.is_own and self.credit_id.currency_id == move.currency_id:
            return self.credit_id.amount_total
        return self.currency_id._convert(
            self.amount,
            move.currency_id,
            self.company_id,
            fields.Date.context_today(self),
        )
