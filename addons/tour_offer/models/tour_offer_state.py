"""The one place that moves an offer from status to status (see `offer_states`)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from ..offer_states import MOVER, MOVES, OPEN, SYSTEM, get_targets

CRON_BATCH = 100


class TourOffer(models.Model):
    _inherit = "tour.offer"

    allowed_moves = fields.Json(compute="_compute_allowed_moves")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_allowed_moves(self):
        for offer in self:
            offer.allowed_moves = [
                target
                for target in get_targets(offer.state)
                if offer._has_move_right(MOVES[offer.state, target].right)
            ]

    def action_move_to(self, state, reason=None):
        """Move the offers to ``state``; see `_move_to`."""
        if not isinstance(state, str) or not isinstance(reason or "", str):
            raise UserError(self.env._("A status and a reason are texts."))
        self._move_to(state, reason)
        return True

    # === The mover === #

    def _move_to(self, state, reason=None, answer=None, by_system=False):
        """Move these offers to ``state``: all of them, or none.

        Checks the move, the right, the reason and what the target needs; locks the
        offers; writes; logs; tells.

        :param str state: code of the target, one of `offer_states.STATES`
        :param str reason: why, kept with the offer
        :param dict answer: what the client answered, written with the status
        :param bool by_system: the client's page or the cron makes the move
        :return: the offers moved
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
        vals = {"state": state, **(answer or {})}
        if state == "sent":
            vals["sent_on"] = fields.Datetime.now()
        elif state == "seen":
            vals["seen_on"] = fields.Datetime.now()
        else:
            vals.update(answered_on=fields.Datetime.now(), answer_reason=reason)
        # In sudo: the client is nobody here, and staff were checked above.
        offers = self.sudo().with_context(tour_offer_mover=MOVER)
        if reason:
            for offer in offers:
                offer._track_set_log_message(reason)
        offers.write(vals)
        self._after_move(state)
        return self

    def _after_move(self, state):
        """Hook: the offers were moved to ``state``; override to follow up."""
        if state == "sent":
            self._replace_revised()

    def _replace_revised(self):
        """What these revise is open no more: the client has the new one."""
        for offer in self.filtered(lambda offer: offer.revises_id.state in OPEN):
            offer.revises_id._move_to(
                "cancelled",
                offer.env._("Replaced by %(offer)s", offer=offer.name),
                by_system=True,
            )

    def _lock_for_move(self):
        if held := self - self.try_lock_for_update(allow_referencing=True):
            raise UserError(
                self.env._(
                    "Somebody else is changing %(offers)s right now. Try again in a "
                    "moment.",
                    offers=", ".join(held.mapped("name")),
                )
            )

    # === Refusals === #

    def _check_move(self, state, reason, by_system):
        faults, rights = [], []
        for offer in self:
            if fault := offer._get_move_fault(state, reason):
                faults.append(fault)
            elif not (
                by_system or offer._has_move_right(MOVES[offer.state, state].right)
            ):
                rights.append(offer._explain_right(state))
            elif state == "sent":
                faults += offer._find_unsendable()
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
                "%(offer)s: to make it %(target)s, say why. Fill in the reason.",
                offer=self.name,
                target=self._get_state_name(state),
            )
        return ""

    def _find_unsendable(self):
        """What is missing before the client may be sent the offer."""
        self.ensure_one()
        faults = []
        empty = self.variant_ids.filtered(lambda variant: not variant.service_ids)
        if not self.variant_ids or empty:
            faults.append(
                self.env._(
                    "%(offer)s: add a variant, and services to each (%(variants)s).",
                    offer=self.name,
                    variants=", ".join(empty.mapped("name")) or "—",
                )
            )
        undated = self.variant_ids.service_ids.filtered(lambda s: not s.date_from)
        if undated:
            faults.append(
                self.env._(
                    "%(offer)s: %(services)s has no date.",
                    offer=self.name,
                    services=", ".join(undated.mapped("display_name")),
                )
            )
        if self._is_lapsed():
            faults.append(
                self.env._(
                    "%(offer)s is valid until %(date)s, which is over. Choose a later "
                    "day.",
                    offer=self.name,
                    date=format_date(self.env, self.valid_until),
                )
            )
        if self.revises_id.state == "accepted":
            faults.append(
                self.env._(
                    "%(offer)s revises %(other)s, which the client has accepted "
                    "meanwhile.",
                    offer=self.name,
                    other=self.revises_id.name,
                )
            )
        if not faults:
            self._check_before_services(self.valid_until)
        return faults

    @api.model
    def _has_move_right(self, right):
        if right == SYSTEM:
            return False
        return self.env.su or self.env.user.has_group(right)

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
            "%(offer)s is %(state)s and cannot become %(target)s. From there it can "
            "become: %(targets)s.",
            offer=self.name,
            state=self._get_state_name(self.state),
            target=self._get_state_name(state),
            targets=", ".join(targets) or "—",
        )

    def _explain_right(self, state):
        return self.env._(
            "%(offer)s: only the client makes it %(target)s, or a manager for him with "
            "the button of the variant.",
            offer=self.name,
            target=self._get_state_name(state),
        )

    # === Time === #

    def _is_lapsed(self):
        """Whether the last day of the offer is over, where its manager is."""
        self.ensure_one()
        # In sudo: the time zone of a colleague, or of the company.
        offer = self.sudo()
        zone = offer.user_id.tz or offer.company_id.partner_id.tz or "UTC"
        today = fields.Date.context_today(self.with_context(tz=zone))
        return today > offer.valid_until

    @api.model
    def _cron_expire_offers(self):
        """Let offers expire whose last day is over, and tell their managers."""
        # A day more than by UTC, as some managers are ahead of it.
        today = fields.Date.add(fields.Date.today(), days=1)
        found = self.search(
            [("state", "in", OPEN), ("valid_until", "<", today)], order="id"
        ).filtered(lambda offer: offer._is_lapsed())
        done = 0
        while batch := found[done : done + CRON_BATCH]:
            done += len(batch)
            free = batch.try_lock_for_update(allow_referencing=True)
            # Who was answered meanwhile is over already.
            free.invalidate_recordset(["state"])
            free = free.filtered(lambda offer: offer.state in OPEN)
            free._move_to("expired", by_system=True)
            free._tell_manager_of_answer()
            self.env["ir.cron"]._commit_progress(
                len(batch), remaining=len(found) - done
            )
