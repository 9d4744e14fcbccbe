"""The one place that moves a bill: what, by whom and from where is in `bill_states`."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.tour_partner.defaults import plain

from ..bill_states import ACTS, APPROVER, DIRECTOR, get_acts

# Acts in which somebody else takes the bill from who prepared it, or gives it back.
TOLD_BY_MAIL = ("send_back", "recall", "unorder", "unconfirm")
TOLD = ("paid", "closed")


class AccountMove(models.Model):
    _inherit = "account.move"

    tour_bill_acts = fields.Json(compute="_compute_tour_bill_acts")

    @api.depends("tour_bill_state")
    @api.depends_context("uid")
    def _compute_tour_bill_acts(self):
        """Codes of what the user may do with the bill, for the buttons."""
        for move in self:
            move.tour_bill_acts = [
                act
                for act in get_acts(move.tour_bill_state)
                if move._has_bill_right(act)
            ]

    def _has_bill_right(self, act):
        """Whether the user's roles let him do this with the bill where it is."""
        self.ensure_one()
        known = ACTS.get((act, self.tour_bill_state))
        if not known or self.env.su:
            return bool(known)
        if APPROVER in known.rights and self._get_bill_authorities():
            return True
        user = self.env.user
        return any(user.has_group(r) for r in known.rights if r != APPROVER)

    def _get_bill_authorities(self):
        """Whose authority the user may use for the bill, with its limit.

        :return: list of (user, limit); a limit of None is none
        """
        self.ensure_one()
        user, company = self.env.user, self.company_id
        Substitute = self.env["tour.bill.substitute"]
        # In sudo: whether a colleague is a director is no secret.
        people = user | Substitute._get_substituted(user, company).sudo()
        limits = [
            (person, self.env["tour.bill.authority"]._get_limit(person, company))
            for person in people
        ]
        return [(person, limit) for person, limit in limits if limit is None or limit]

    # === The mover === #

    def _do_bill_act(self, act, note="", seen=None, **values):
        """Do this with these bills: with all of them, or with none.

        Checks the act, the right and the reason; locks; checks again what the user
        saw; writes; appends to the history; tells whom it concerns.

        :param str act: one of the acts in `bill_states.ACTS`
        :param str note: comment or reason, kept in the history
        :param int seen: the last event that the user saw; if there is a later one, he
            acts on what is no longer so, and is told
        :param values: what the act needs besides
        :return: the bills
        :raise UserError: with every refusal
        :raise AccessError: if only the right is missing
        """
        if not self:
            return self
        self.check_access("read")
        self._lock_bill()
        note = (note or "").strip()
        self._check_bill_act(act, note, seen)
        # In sudo: managers write no bills; what they may do was checked above. What
        # is made for them there takes nothing from the caller's context.
        for move in plain(self).sudo()._as_bill_mover():
            move._apply_bill_act(act, note, values)
        return self

    def _lock_bill(self):
        # In sudo: whoever may act on a bill need not be able to write it.
        moves = self.sudo()
        held = moves - moves.try_lock_for_update(allow_referencing=True)
        if held:
            raise UserError(
                self.env._(
                    "Somebody else is working on %(bills)s right now. Try again in a "
                    "moment.",
                    bills=", ".join(move._get_bill_name() for move in held),
                )
            )
        self.invalidate_recordset()

    def _check_bill_act(self, act, note, seen):
        """Collect every reason why this cannot be done, and raise once."""
        faults, rights = [], []
        for move in self.sudo():  # In sudo: what may be done is told below.
            known = ACTS.get((act, move.tour_bill_state))
            if not known or (seen and seen != move.tour_bill_last_event):
                faults.append(move._explain_no_bill_act())
            elif not move.sudo(self.env.su)._has_bill_right(act):
                rights.append(move._explain_bill_right(known))
            elif known.reason_required and not note:
                faults.append(
                    self.env._(
                        "%(bill)s: say why, in the comment.", bill=move._get_bill_name()
                    )
                )
            elif act != "recall" and (holder := move._get_other_holder()):
                faults.append(move._explain_held(holder))
        if faults:
            raise UserError("\n".join(faults + rights))
        if rights:
            raise AccessError("\n".join(rights))

    def _explain_no_bill_act(self):
        """What became of the bill since whoever acts looked at it."""
        states = dict(self._fields["tour_bill_state"]._description_selection(self.env))
        text = self.env._(
            "%(bill)s is '%(state)s' now. Look at it again.",
            bill=self._get_bill_name(),
            state=states.get(self.tour_bill_state, self.env._("no bill of ours")),
        )
        event = self.tour_bill_event_ids[:1]
        return f"{text}\n{event._get_text()}" if event else text

    def _explain_bill_right(self, act):
        # In sudo: the names of groups are not secret.
        roles = [
            self.env.ref(DIRECTOR if right == APPROVER else right).sudo().name
            for right in act.rights
        ]
        return self.env._(
            "%(bill)s: this is for %(roles)s. Ask somebody of that role.",
            bill=self._get_bill_name(),
            roles=", ".join(roles),
        )

    def _apply_bill_act(self, act, note, values):
        """Write what the act does; note: in sudo mode, as mover, locked and checked."""
        self.ensure_one()
        from_state = self.tour_bill_state
        target = ACTS[act, from_state].target
        vals, event = getattr(self, f"_apply_bill_{act}")(note=note, **values)
        self.write(
            {
                "tour_bill_state": target,
                "tour_bill_holder_id": False,
                "tour_bill_held_until": False,
                **vals,
            }
        )
        self._add_bill_event(act, from_state, note=note, **event)

    def _add_bill_event(self, act, from_state, **values):
        event = self.env["tour.bill.event"].create(
            {
                "move_id": self.id,
                "act": act,
                "user_id": self.env.uid,
                "from_state": from_state,
                "to_state": self.tour_bill_state,
                **values,
            }
        )
        self._message_log(
            body=Markup("<p>%s</p>") % event._get_text(),
            author_id=self.env.user.partner_id.id,
        )
        self._tell_bill(event)
        return event

    # === Acts that need no more than a reason === #

    def _apply_bill_send_back(self, note):
        return self._get_back_vals(), {"amount": self.tour_bill_pay_amount}

    def _apply_bill_recall(self, note):
        if self.tour_bill_state == "ordered":
            self._undo_bill_order()
        return self._get_back_vals(), {"amount": self.tour_bill_pay_amount}

    def _apply_bill_to_director(self, note):
        vals = {
            "tour_bill_rule_id": False,
            "tour_bill_why_code": "sent",
            "tour_bill_first_approver_id": False,
        }
        return vals, {"amount": self.tour_bill_pay_amount}

    def _apply_bill_close(self, note):
        vals = {**self._get_back_vals(), "tour_bill_pay_amount": 0.0}
        if self.state == "draft":
            # What was never entered goes out of the books as it came.
            self.button_cancel()
        return vals, {"amount": self.tour_bill_left_amount}

    def _apply_bill_reopen(self, note):
        if self.currency_id.is_zero(self.amount_total) and self.state == "posted":
            raise UserError(
                self.env._(
                    "%(bill)s is of nothing: it is not opened again.",
                    bill=self._get_bill_name(),
                )
            )
        if self.search_count([("tour_bill_replaces_id", "=", self.id)]):
            raise UserError(
                self.env._(
                    "%(bill)s was replaced by another bill: prepare that one.",
                    bill=self._get_bill_name(),
                )
            )
        if self.state == "cancel":
            self.button_draft()
        return {}, {}

    def _get_back_vals(self):
        """Give the bill back: of what nothing was paid the entry is a draft again.

        :return: what is written with it
        """
        if self.state == "posted" and not self.currency_id.compare_amounts(
            self.amount_residual, self.amount_total
        ):
            self.button_draft()
        return {
            "tour_bill_rule_id": False,
            "tour_bill_why_code": False,
            "tour_bill_first_approver_id": False,
        }

    # === Telling === #

    def _tell_bill(self, event):
        """Tell the managers what others did with their bill."""
        users = self._get_bill_managers() - self.env.user
        category = self.env["tour.notification.category"]
        if event.act in TOLD_BY_MAIL:
            template = self.env.ref("tour_bill.mail_template_bill_back")
            category._send_mails("bill_back", template, {event: users.partner_id})
        if event.act in TOLD_BY_MAIL or event.to_state in TOLD:
            category._tell_users(
                "bill_back" if event.act in TOLD_BY_MAIL else "bill_paid",
                users,
                self._get_bill_name(),
                event._get_text(),
                self,
            )

    def _get_bill_managers(self):
        """Who prepared the bill, and who is responsible for its bookings."""
        users = self.tour_bill_user_id | self.tour_order_ids.user_id
        return users.filtered(lambda user: user.active and not user.share)
