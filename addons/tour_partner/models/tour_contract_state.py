"""The one place that moves a contract from status to status (`contract_states`)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..contract_states import (
    DATED,
    MOVER,
    MOVES,
    SIDES,
    SIGNINGS,
    STATE_CODES,
    SYSTEM,
    get_signed_state,
    get_targets,
)

NO_SIGNATURES = {
    "signed_client_by": False,
    "signed_client_on": False,
    "signed_us_by_id": False,
    "signed_us_on": False,
}
MAX_SIGNER = 200


class TourContract(models.Model):
    _inherit = "tour.contract"

    allowed_moves = fields.Json(compute="_compute_allowed_moves")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_allowed_moves(self):
        for contract in self:
            contract.allowed_moves = [
                target
                for target in get_targets(contract.state)
                if contract._has_move_right(MOVES[contract.state, target].right)
            ]

    # === Buttons === #

    def action_move_to(self, state, reason=None):
        """Move the contracts to ``state``, which is none of a signature."""
        if not isinstance(state, str) or not isinstance(reason or "", str):
            raise UserError(self.env._("A status and a reason are texts."))
        if state in (*SIGNINGS, "signed"):
            raise UserError(
                self.env._("Say who signed the contract, and when: use its buttons.")
            )
        self._move_to(state, reason)
        return True

    def action_mark_sent(self):
        """Say that the contracts are with the client."""
        return self.action_move_to("sent")

    def _sign(self, side, signed_on, signer):
        """Note that one side has signed, and what follows from it.

        :param str side: one of `contract_states.SIDES`
        :param date signed_on: the day
        :param signer: who signed: a `res.users` of ours, or the name of the client's
        """
        self.ensure_one()
        if side not in SIDES:
            raise ValueError(f"There is no side {side!r}.")
        if not signed_on or not signer or len(signer) > MAX_SIGNER:
            raise UserError(
                self.env._(
                    "%(contract)s: say who signed it and when.", contract=self.name
                )
            )
        if signed_on > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "%(contract)s: it cannot be signed in the future already.",
                    contract=self.name,
                )
            )
        by = "signed_us_by_id" if side == "us" else "signed_client_by"
        vals = {
            f"signed_{side}_on": signed_on,
            by: signer.id if side == "us" else signer.strip(),
        }
        other = self.signed_client_on if side == "us" else self.signed_us_on
        self._move_to(get_signed_state(side, bool(other)), signature=vals)

    # === The mover === #

    def _move_to(self, state, reason=None, signature=None, by_system=False):
        """Move these contracts to ``state``: all of them, or none.

        :param str state: code of the target, one of `contract_states.STATES`
        :param str reason: why, kept in the chatter
        :param dict signature: who signed and when, written with the status
        :param bool by_system: it follows from dates or signatures
        :raise UserError: with every refusal and its way out
        :raise AccessError: if only the right is missing
        """
        if not self:
            return self
        if not by_system:
            self.check_access("write")
        self._lock_for_move()
        reason = (reason or "").strip()
        self._check_move(state, reason, by_system)
        vals = {"state": state, **(signature or {})}
        if state == "draft":
            vals.update(NO_SIGNATURES)
        # In sudo: what follows from the dates follows whoever looks; else the right
        # to write was checked above.
        movers = self.sudo().with_context(tour_contract_mover=MOVER)
        movers._log_reason(reason)
        movers.write(vals)
        self._after_move(state)
        return self

    def _after_move(self, state):
        """Hook: the contracts were moved to ``state``; override to follow up."""
        if state in DATED:
            self._follow_dates()
        if state in ("expired", "terminated"):
            # In sudo: the reminder is another's, and of no use any more.
            self.sudo().activity_unlink(["tour_partner.mail_activity_contract_ends"])

    def _follow_dates(self):
        """Bring contracts that both have signed to where their dates say."""
        today = fields.Date.context_today(self)
        by_target = self.grouped(lambda contract: contract._get_dated_state(today))
        for target, contracts in by_target.items():
            contracts.filtered(lambda c, target=target: c.state != target)._move_to(
                target, by_system=True
            )

    def _get_dated_state(self, today):
        self.ensure_one()
        if today < self.date_from:
            return "signed"
        if self.date_to and today > self.date_to:
            return "expired"
        return "in_force"

    def _log_reason(self, reason):
        if reason:
            for contract in self:
                contract._track_set_log_message(reason)

    def _lock_for_move(self):
        if held := self - self.try_lock_for_update(allow_referencing=True):
            raise UserError(
                self.env._(
                    "Somebody else is changing %(contracts)s right now. Try again in "
                    "a moment.",
                    contracts=", ".join(held.mapped("name")),
                )
            )

    # === Refusals === #

    def _check_move(self, state, reason, by_system):
        faults, rights = [], []
        for contract in self:
            if fault := contract._get_move_fault(state, reason):
                faults.append(fault)
            elif not (
                by_system
                or contract._has_move_right(MOVES[contract.state, state].right)
            ):
                rights.append(contract._explain_right(state))
        if faults:
            raise UserError("\n".join(faults + rights))
        if rights:
            raise AccessError("\n".join(rights))

    def _get_move_fault(self, state, reason):
        self.ensure_one()
        move = MOVES.get((self.state, state))
        if not move:
            return self._explain_no_move(state)
        if move.reason_required and not reason:
            return self.env._(
                "%(contract)s: to make it %(target)s, say why. Fill in the reason.",
                contract=self.name,
                target=self._get_state_name(state),
            )
        return ""

    @api.model
    def _has_move_right(self, right):
        if right == SYSTEM:
            return False
        return self.env.su or self.env.user.has_groups(right)

    @api.model
    def _get_state_name(self, state):
        names = dict(self._fields["state"]._description_selection(self.env))
        return names.get(state, state)

    def _explain_no_move(self, state):
        targets = [
            self._get_state_name(code)
            for code in get_targets(self.state)
            if MOVES[self.state, code].right != SYSTEM
        ]
        return self.env._(
            "%(contract)s is %(state)s and cannot become %(target)s. From there it can "
            "become: %(targets)s.",
            contract=self.name,
            state=self._get_state_name(self.state),
            target=self._get_state_name(state if state in STATE_CODES else "—"),
            targets=", ".join(targets) or "—",
        )

    def _explain_right(self, state):
        return self.env._(
            "%(contract)s: only heads and accountants may make it %(target)s from "
            "%(state)s. Ask one of them.",
            contract=self.name,
            state=self._get_state_name(self.state),
            target=self._get_state_name(state),
        )

    # === By night === #

    @api.model
    def _cron_follow_contracts(self):
        """Bring contracts into force, let them expire, and remind of their end."""
        today = fields.Date.context_today(self)
        moving = self.search(
            [
                "|",
                "&",
                ("state", "=", "signed"),
                ("date_from", "<=", today),
                "&",
                ("state", "=", "in_force"),
                ("date_to", "<", today),
            ]
        )
        moving.try_lock_for_update(allow_referencing=True)._follow_dates()
        self._remind_of_ends(today)

    @api.model
    def _remind_of_ends(self, today):
        """Give the responsible of each contract that ends soon a to-do, once."""
        ending = self.search(
            [("state", "=", "in_force"), ("remind_on", "<=", today)]
        ).filtered(lambda contract: contract.reminded_for != contract.date_to)
        ending = ending.try_lock_for_update(allow_referencing=True)
        for contract in ending:
            user = contract.user_id or contract.partner_id.user_id
            if user:
                contract.activity_schedule(
                    "tour_partner.mail_activity_contract_ends",
                    contract.date_to,
                    user_id=user.id,
                    summary=contract.with_context(lang=user.lang).env._(
                        "The contract with %(client)s ends",
                        client=contract.partner_id.name,
                    ),
                )
            contract.with_context(
                tour_contract_mover=MOVER
            ).reminded_for = contract.date_to
