"""The one place that moves an overpayment from status to status."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_amount

from ..correction_states import CLOSED, MOVES, OWED, SYSTEM, get_targets

# How it ended; taken off when it is opened again.
END_FIELDS = (
    "closed_on",
    "closed_by_id",
    "payment_id",
    "payment_date",
    "payment_reference",
    "setoff_bill_id",
    "close_reason",
)


class TourOverpayment(models.Model):
    _inherit = "tour.overpayment"

    allowed_moves = fields.Json(compute="_compute_allowed_moves")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_allowed_moves(self):
        """Codes of the statuses that the user may move to, for the buttons."""
        for overpayment in self:
            overpayment.allowed_moves = [
                target
                for target in get_targets(overpayment.state)
                if self._has_move_right(MOVES[overpayment.state, target])
            ]

    @api.model
    def _has_move_right(self, move):
        if SYSTEM in move.rights:
            return self.env.su
        return self.env.su or any(map(self.env.user.has_group, move.rights))

    def _move_to(self, state, reason="", **values):
        """Move these overpayments to ``state``: all of them, or none.

        Checks the move, the right and the reason; locks; writes; logs; tells the
        responsible.

        :param str state: code of the target, one of `OVERPAYMENT_STATES`
        :param str reason: why, kept with the overpayment
        :param values: what is written with it (the payment, the bill …)
        :return: the overpayments moved
        :raise UserError: with every refusal
        :raise AccessError: if only the right is missing
        """
        if not self:
            return self
        self.check_access("write")
        self._lock_for_move()
        self._check_move(state, (reason or "").strip())
        from_states = {overpayment: overpayment.state for overpayment in self}
        self._as_mover().write(self._prepare_move_vals(state, reason, values))
        self.order_id._update_overpaid()
        self._log_move(from_states, reason)
        self._after_move(from_states, state)
        self._tell_move(state)
        return self

    def _after_move(self, from_states, state):
        """Hook: the overpayments were moved to ``state``; override to follow up.

        The bills of suppliers, when they have an add-on of their own, take the money
        that came back, or the set-off, from here.

        :param dict from_states: {overpayment: the status it had}
        """
        if state in CLOSED:
            self.activity_unlink(["mail.mail_activity_data_todo"])

    def _lock_for_move(self):
        held = self - self.try_lock_for_update(allow_referencing=True)
        if held:
            raise UserError(
                self.env._(
                    "Somebody else is changing this right now: %(overpayments)s. Try "
                    "again in a moment.",
                    overpayments=", ".join(held.mapped("display_name")),
                )
            )

    def _check_move(self, state, reason):
        """Collect every reason why these cannot move, and raise once."""
        faults, rights = [], []
        for overpayment in self:
            move = MOVES.get((overpayment.state, state))
            if not move:
                faults.append(overpayment._explain_no_move(state))
            elif move.reason_required and not reason:
                faults.append(
                    self.env._(
                        "%(overpayment)s: say why. Fill in the reason.",
                        overpayment=overpayment.display_name,
                    )
                )
            elif not self._has_move_right(move):
                rights.append(overpayment._explain_right(state, move))
        if faults:
            raise UserError("\n".join(faults + rights))
        if rights:
            raise AccessError("\n".join(rights))

    def _explain_no_move(self, state):
        names = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "%(overpayment)s is '%(state)s' and cannot become '%(target)s'.",
            overpayment=self.display_name,
            state=names[self.state],
            target=names.get(state, state),
        )

    def _explain_right(self, state, move):
        names = dict(self._fields["state"]._description_selection(self.env))
        # In sudo: the names of groups are not secret.
        groups = [
            self.env.ref(right).sudo().name for right in move.rights if right != SYSTEM
        ]
        return self.env._(
            "%(overpayment)s: only %(roles)s may make it '%(target)s'. Ask somebody of "
            "that role.",
            overpayment=self.display_name,
            roles=", ".join(groups) or self.env._("the program itself"),
            target=names[state],
        )

    def _prepare_move_vals(self, state, reason, values):
        """What a move to ``state`` writes; override to add to it."""
        vals = {"state": state}
        if state in CLOSED:
            vals.update(
                closed_on=fields.Date.context_today(self),
                closed_by_id=self.env.uid,
                close_reason=reason or False,
                **values,
            )
        elif any(overpayment.state in CLOSED for overpayment in self):
            vals.update(dict.fromkeys(END_FIELDS, False))
        return vals

    def _log_move(self, from_states, reason):
        """Keep from where to where and why, in the history below the form."""
        names = dict(self._fields["state"]._description_selection(self.env))
        for overpayment in self:
            text = f"{names[from_states[overpayment]]} → {names[overpayment.state]}"
            overpayment._log_text(text, reason)

    def _log_text(self, text, reason=""):
        """Keep ``text``, and why, in the history below the form."""
        body = Markup("<p>%s</p>") % text
        if reason := (reason or "").strip():
            body += Markup("<p>%s</p>") % reason
        for overpayment in self.sudo():  # A note of the suite, in whose name it is.
            overpayment._message_log(body=body, author_id=self.env.user.partner_id.id)

    def _tell_move(self, state):
        """Tell the responsible what somebody else did with it."""
        if state not in CLOSED:
            return
        names = dict(self._fields["state"]._description_selection(self.env))
        for overpayment in self.sudo():
            self.env["tour.notification.category"]._tell_users(
                "overpayment",
                overpayment.order_id.user_id - self.env.user,
                f"{overpayment.display_name}: {names[state]}",
                overpayment.close_reason or "",
                overpayment,
            )

    # Telling what was found

    def _tell_found(self):
        """Tell who made the change, and the responsible, what suppliers owe now."""
        owed = self.filtered(lambda overpayment: overpayment.state in OWED)
        if not owed or owed.order_id._is_mover():
            return
        users = self.env.user | owed.order_id.user_id
        for user in users:
            mine = owed.filtered(
                lambda overpayment, user=user: user
                in (self.env.user, overpayment.order_id.user_id)
            )
            self.env["tour.notification.category"]._tell_users(
                "overpayment",
                user,
                lambda env, mine=mine: mine.with_env(env)._get_found_title(),
                lambda env, mine=mine: mine.with_env(env)._get_found_text(),
                mine[0],
            )

    def _get_found_title(self):
        # In sudo: `with_env` of who is told may know less than who acts.
        first = self.sudo()[0]
        if len(self) > 1:
            return self.env._("Suppliers owe us money: %(count)s", count=len(self))
        return self.env._(
            "%(order)s: %(supplier)s owes %(amount)s",
            order=first.order_id.name,
            supplier=first.supplier_id.name,
            amount=first._format(first.amount),
        )

    def _get_found_text(self):
        return "\n".join(
            self.env._(
                "%(order)s, %(service)s: paid %(paid)s, due now %(due)s, owed "
                "%(amount)s. The refund letter is ready to be sent.",
                order=overpayment.order_id.name,
                service=overpayment.service_name,
                paid=overpayment._format(overpayment.paid_amount),
                due=overpayment._format(overpayment.due_amount),
                amount=overpayment._format(overpayment.amount),
            )
            for overpayment in self.sudo()[:5]
        )

    def _format(self, amount):
        return format_amount(self.env, amount, self.currency_id)

    # Buttons

    def action_close(self):
        """Ask how it ended: paid back, set off or written off."""
        wrong = self.filtered(lambda overpayment: overpayment.state not in OWED)
        if wrong:
            raise UserError(wrong._get_over_message())
        return self._ask()

    def action_reopen(self):
        """Ask why it is open again: it was closed by mistake."""
        return self._ask(default_reopening=True)

    def _ask(self, **context):
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_correction.tour_overpayment_close_action"
            ),
            "context": {
                "default_overpayment_ids": self.ids,
                "default_seen_amount": sum(self.mapped("amount")),
                **context,
            },
        }
