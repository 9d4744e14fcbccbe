"""The one place that moves a refund from status to status."""

import logging

from markupsafe import Markup
from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_amount

from odoo.addons.tour_billing.models.account_move import STAFF
from odoo.addons.tour_partner.defaults import plain

from ..refund_states import ENDED, MONEY, MOVER, MOVES, SYSTEM, get_targets

_logger = logging.getLogger(__name__)

# Where the reason of a move is kept: the client reads the one, and never the other.
REASONS = {"approved": "reason", "rejected": "reject_reason"}


class TourRefund(models.Model):
    _inherit = "tour.refund"

    allowed_moves = fields.Json(compute="_compute_allowed_moves", groups=STAFF)

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_allowed_moves(self):
        """Codes of the statuses that the user may move to, for the buttons."""
        for refund in self:
            refund.allowed_moves = [
                target
                for target in get_targets(refund.state)
                if self._has_move_right(MOVES[refund.state, target])
            ]

    @api.model
    def _has_move_right(self, move):
        if SYSTEM in move.rights:
            return self.env.su
        return self.env.su or any(map(self.env.user.has_group, move.rights))

    # === CRUD: by the acts only === #

    @api.model_create_multi
    def create(self, vals_list):
        self._check_is_mover()
        return super().create(vals_list)

    def write(self, vals):
        # Before the thread reads what it tracks: who may not write is told just that.
        self.check_access("write")
        if "state" in vals:
            self._check_is_mover()
        return super().write(vals)

    @api.model
    def _check_is_mover(self):
        if self.env.context.get("tour_refund_mover") is not MOVER:
            raise AccessError(
                self.env._(
                    "Refunds are not written: ask for one, approve or reject it."
                )
            )

    def _as_mover(self):
        """In sudo: nobody has the right to write a refund himself."""
        return plain(self).sudo().with_context(tour_refund_mover=MOVER)

    # === Moving === #

    def _move_to(self, state, reason="", **values):
        """Move these refunds to ``state``: all of them, or none.

        Checks the move, the right and the reason; locks; writes; logs; tells.

        :param str state: code of the target, one of `STATES`
        :param str reason: why
        :param values: what is written with it
        :raise UserError: with every refusal
        :raise AccessError: if only the right is missing
        """
        self.check_access("read")
        self._lock_for_move()
        self._check_move(state, (reason or "").strip())
        reason = (reason or "").strip()
        self._as_mover().write(self._prepare_move_vals(state, reason, values))
        if reason:
            self._log_text(reason)
        self._after_move(state)
        self._tell_safely(state)

    def _lock_for_move(self):
        """Lock the invoices, which every act on a refund does first, and the rows."""
        # In sudo: who decides need not be able to write them.
        refunds = self.sudo()
        refunds.move_id._lock_for_act()
        held = refunds - refunds.try_lock_for_update(allow_referencing=True)
        if held:
            raise UserError(
                self.env._(
                    "Somebody else is working on %(refunds)s right now. Try again in a "
                    "moment.",
                    refunds=", ".join(held.mapped("display_name")),
                )
            )
        self.invalidate_recordset(["state"])

    def _check_move(self, state, reason=""):
        """Collect every reason why these cannot move, and raise once."""
        faults, rights = [], []
        for refund in self:
            move = MOVES.get((refund.state, state))
            if not move:
                faults.append(refund._explain_no_move(state))
            elif not self._has_move_right(move):
                rights.append(refund.display_name)
            elif move.reason_required and not reason:
                faults.append(
                    self.env._("%(refund)s: say why.", refund=refund.display_name)
                )
        if faults:
            raise UserError("\n".join(faults))
        if rights:
            raise AccessError(
                self.env._(
                    "%(refunds)s: this is for accountants and heads of department.",
                    refunds=", ".join(rights),
                )
            )

    def _explain_no_move(self, state):
        names = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "%(refund)s is '%(state)s' and cannot become '%(target)s'.",
            refund=self.display_name,
            state=names[self.state],
            target=names.get(state, state),
        )

    def _prepare_move_vals(self, state, reason, values):
        """What a move to ``state`` writes; override to add to it."""
        vals = {"state": state, **values}
        if state in REASONS:
            vals[REASONS[state]] = reason
        if state in ("approved", "rejected"):
            vals |= {
                "decided_by_id": self.env.uid,
                "decided_on": fields.Datetime.now(),
            }
        return vals

    def _after_move(self, state):
        """Hook: the refunds were moved to ``state``; override to follow up."""
        if state == "failed":
            # In sudo: by the provider's notice.
            self.sudo()._drop_notes()

    def _log_text(self, text):
        for refund in self.sudo():  # A note of the suite, in whose name it is.
            refund._message_log(
                body=Markup("<p>%s</p>") % text,
                author_id=self.env.user.partner_id.id,
            )

    @api.model
    def _check_money_right(self):
        if not (self.env.su or any(map(self.env.user.has_group, MONEY))):
            raise AccessError(
                self.env._("This is for accountants and heads of department.")
            )

    # === Telling === #

    def _tell_safely(self, state):
        """Money that went is in the books, whoever can or cannot be told of it."""
        try:
            with self.env.cr.savepoint():
                self._tell_move(state)
        except OperationalError:
            # Two at once: Odoo begins the whole again.
            raise
        except Exception:
            _logger.exception("Nobody is told that %s is %s", self, state)

    def _tell_move(self, state):
        """Tell the client how it ended, and staff what needs them."""
        # In sudo: the client, and who is responsible, may be out of reach.
        for refund in self.sudo():
            if state in ("done", "rejected"):
                refund._mail_client()
            if state in ENDED:
                refund._tell_staff()

    def _mail_client(self):
        self.env["tour.notification.category"]._send_mails(
            "refund",
            self.env.ref("tour_refund.mail_template_refund"),
            {self: self.move_id._get_client_recipients()},
        )

    def _tell_staff(self):
        """Tell the manager of the booking, unless it was he who did it."""

        def title(env):
            refund = self.with_env(env).sudo()
            names = dict(refund._fields["state"]._description_selection(env))
            return f"{refund.display_name}: {names[refund.state]}"

        def text(env):
            refund = self.with_env(env).sudo()
            return refund.client_reason if refund.state == "asked" else refund.message

        self.env["tour.notification.category"]._tell_users(
            "refund_asked",
            (self.user_id | self.order_ids.user_id) - self.env.user,
            title,
            lambda env: text(env) or "",
            self,
        )

    def _format_amount(self):
        return format_amount(self.env, self.amount, self.currency_id)
