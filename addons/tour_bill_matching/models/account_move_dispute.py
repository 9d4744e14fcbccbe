"""A bill that is wrong: disputed with a reason, and back to its manager (BIL-10)."""

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.tour_partner.defaults import plain


class AccountMove(models.Model):
    _inherit = "account.move"

    def action_dispute_bill(self):
        """Ask why the bill is wrong."""
        self.ensure_one()
        self._begin_matching()
        return self._ask_dispute(self.env["tour.bill.match"])

    def _ask_dispute(self, matches):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_bill_matching.tour_bill_dispute_action"
        )
        context = {"default_move_id": self.id, "default_match_ids": matches.ids}
        return {**action, "context": context}

    def action_settle_dispute(self):
        """The bill is right after all, or was agreed with the supplier."""
        self._begin_matching()
        # In sudo: what is written is for acts only; who may was checked.
        for move in plain(self).sudo()._as_bill_mover():
            if not move.tour_bill_is_disputed:
                raise UserError(
                    self.env._("%(bill)s is not disputed.", bill=move._get_bill_name())
                )
            disputed = move.tour_bill_match_ids.filtered(
                lambda match: match.state == "disputed"
            )
            disputed._decide("proposed", note=False)
            move._write_dispute(False, "settle", note=move.tour_bill_dispute)
        self.sudo()._match_bill_services()  # In sudo: among all bookings.
        return True

    def _dispute_bill(self, reason, matches):
        """Say that the bill, or what it asks for some of its services, is wrong.

        The bill comes back to its manager from whoever has it, if the user may send
        it back or recall it; else it is marked, and its manager is told.
        """
        self.ensure_one()
        self._begin_matching()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why the bill is disputed."))
        if matches.move_id - self:
            raise UserError(self.env._("These services are on another bill."))
        matches.check_access("read")
        # In sudo: matches and disputes are written by acts only.
        move = plain(self).sudo()._as_bill_mover()
        disputed = plain(matches).sudo() or move.tour_bill_match_ids
        disputed._decide("disputed", note=reason)
        move._write_dispute(reason, "dispute", note=reason)
        for act in ("send_back", "recall"):
            handed = self.sudo().tour_bill_state in ("director", "accounting")
            if handed and self._has_bill_right(act):
                self._do_bill_act(act, note=reason)

    def _write_dispute(self, reason, act, note):
        """Mark the bill, append to its history, tell its managers; as mover."""
        self.write({"tour_bill_dispute": reason, "tour_bill_is_disputed": bool(reason)})
        event = self._add_bill_event(act, self.tour_bill_state, note=note)
        self.env["tour.notification.category"]._tell_users(
            "bill_disputed",
            self._get_bill_managers() - self.env.user,
            self._get_bill_name(),
            event._get_text(),
            self,
        )

    # === At handing over === #

    def _find_bill_alarms(self):
        """Add what is disputed, and what is billed beyond what was agreed."""
        alarms = super()._find_bill_alarms()
        if self.tour_bill_is_disputed:
            text = self.env._(
                "It is disputed: %(reason)s", reason=self.tour_bill_dispute
            )
            alarms.append({"code": "disputed", "text": text})
        if over := self._get_over_billing():
            text = self.env._("More is billed than agreed: %(services)s", services=over)
            alarms.append({"code": "over_billed", "text": text})
        return alarms

    def _tell_handed(self):
        """Warn of what was handed over all the same."""
        action = super()._tell_handed()
        # In sudo: alarms of bills that the user reads.
        disputed = self.sudo().filtered("tour_bill_is_disputed")
        if disputed:
            lines = [
                self.env._(
                    "%(bill)s is disputed: %(reason)s",
                    bill=move._get_bill_name(),
                    reason=move.tour_bill_dispute,
                )
                for move in disputed
            ]
            action["params"].update(
                type="warning",
                sticky=True,
                message="\n".join([action["params"]["message"], *lines]),
            )
        return action
