"""What staff change of a client's own booking, the client confirms (BKG-9)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import clean_context

from odoo.addons.tour_booking.booking_states import CHANGEABLE, MANAGER
from odoo.addons.tour_booking.models.sale_order import SEES_HISTORY
from odoo.addons.tour_booking.view_diff import compare

from ..change_states import AGREED, DRY_RUN
from ..confirmation import get_confirmed_part

# What of the booking itself decides about what the client sees of its services.
WATCHED_FIELDS = {
    "company_id",
    "currency_id",
    "fiscal_position_id",
    "partner_id",
    "pricelist_id",
}
SNAPSHOT = "confirmation"
NOTE_MAX_LENGTH = 2000


class SaleOrder(models.Model):
    _inherit = "sale.order"

    confirmation_ids = fields.One2many(
        comodel_name="tour.confirmation",
        inverse_name="order_id",
        string="Confirmations by the client",
        readonly=True,
        copy=False,
        groups=SEES_HISTORY,
    )
    # Tags. They follow from the confirmations, so that nobody can put or remove them.
    needs_client_confirmation = fields.Boolean(
        compute="_compute_confirmation_tags", store=True, precompute=True
    )
    accepted_by_client = fields.Boolean(
        compute="_compute_confirmation_tags", store=True, precompute=True
    )
    confirmation_count = fields.Integer(
        compute="_compute_confirmation_count", groups=SEES_HISTORY
    )

    # The list of those that wait is short, whatever the number of bookings.
    _needs_confirmation_idx = models.Index(
        "(user_id) WHERE needs_client_confirmation IS TRUE"
    )

    # === Computes === #

    @api.depends("confirmation_ids.state")
    def _compute_confirmation_tags(self):
        for order in self:
            # What was withdrawn leaves things as they were.
            told = order.confirmation_ids.filtered(lambda one: one.state != "withdrawn")
            last = told.sorted("id")[-1:]
            order.needs_client_confirmation = last.state == "pending"
            order.accepted_by_client = last.state == "accepted"

    @api.depends("confirmation_ids")
    def _compute_confirmation_count(self):
        for order in self:
            order.confirmation_count = len(order.confirmation_ids)

    @api.depends("needs_client_confirmation")
    def _compute_allowed_moves(self):
        """There is none while the client is asked."""
        return super()._compute_allowed_moves()

    @api.depends("needs_client_confirmation", "accepted_by_client")
    def _compute_process_tags(self):
        """What the client was asked, and said."""
        return super()._compute_process_tags()

    def _get_process_tags(self):
        tags = super()._get_process_tags()
        if self.needs_client_confirmation:
            tags.append(
                {
                    "code": "needs_client_confirmation",
                    "name": self.env._("Needs client confirmation"),
                    "color": "warning",
                }
            )
        if self.accepted_by_client:
            tags.append(
                {
                    "code": "accepted_by_client",
                    "name": self.env._("Accepted by client"),
                    "color": "success",
                }
            )
        return tags

    # === What is watched === #

    def _take_snapshots(self, vals):
        """What clients see of bookings of theirs that staff are about to change."""
        snapshots = super()._take_snapshots(vals)
        if vals is not None and not WATCHED_FIELDS & vals.keys():
            return snapshots
        if not self._is_changed_by_staff():
            return snapshots
        asked = self.filtered(lambda order: order._is_confirmed_by_client())
        for order_id, view in asked._get_confirmed_views_by_lang().items():
            snapshots.setdefault(order_id, {})[SNAPSHOT] = view
        return snapshots

    def _is_confirmed_by_client(self):
        """Whether the client has to confirm what staff change of this booking now."""
        return self.created_by_client and (
            self.booking_state == "changed" or self.booking_state in CHANGEABLE
        )

    @api.model
    def _is_changed_by_staff(self):
        """Whether what happens now is not the client's own doing, nor agreed to."""
        mode = self.env.context.get("tour_change_mode")
        if mode is AGREED or mode is DRY_RUN:
            return False
        return not self.env.user.share

    def _follow_changes(self, before):
        """Ask clients about what staff changed."""
        result = super()._follow_changes(before)
        watched = self.filtered(
            lambda order: SNAPSHOT in before[order.id]
            and order._is_confirmed_by_client()
        )
        views = watched._get_confirmed_views_by_lang()
        rows = {
            order_id: compare(before[order_id][SNAPSHOT], view)
            for order_id, view in views.items()
        }
        changed = watched.filtered(lambda order: rows[order.id])
        if changed:
            changed._ask_client(
                {order.id: before[order.id][SNAPSHOT] for order in changed}, rows
            )
        return result

    def _ask_client(self, before, rows):
        # Defaults that a form brings for the booking are none of the question's.
        self = self.with_env(self.env(context=clean_context(self.env.context)))
        new = self.env["tour.confirmation"]._ask(self, before, rows)
        # In sudo: it follows from a change that the user was allowed to make.
        new.sudo()._move_by_system("changed", self.env._("The client has to confirm"))
        self._get_pending_confirmation()._tell_asked()

    # === Views === #

    def _get_client_lang(self):
        """The language in which the client's view is compared and mailed."""
        # In sudo: a client's contacts may be out of the reach of who changes.
        partner = self._get_client_recipients().sudo()[:1]
        return self.env["tour.notification.category"]._get_lang(partner)

    def _get_confirmed_views(self):
        """What the client has to confirm of each, in the language of the environment.

        :rtype: dict[int, dict]
        """
        # Kept with the question: without guests' passport data, if they are hidden.
        orders = self.with_context(tour_booking_view_kept=True)
        return {
            order_id: get_confirmed_part(view)
            for order_id, view in orders._client_views().items()
        }

    def _get_confirmed_views_by_lang(self):
        """The same, each in the language of its client."""
        views = {}
        for lang, orders in self.grouped(
            lambda order: order._get_client_lang()
        ).items():
            views.update(orders.with_context(lang=lang)._get_confirmed_views())
        return views

    def _prepare_question_times(self):
        """Until when the client may think, and what his silence means."""
        self.ensure_one()
        return self.company_id._prepare_confirmation_times()

    def _get_pending_confirmation(self):
        """The open questions of these bookings, in sudo."""
        # In sudo: the client answers, and has no right to the model itself.
        return (
            self.env["tour.confirmation"]
            .sudo()
            .search([("order_id", "in", self.ids), ("state", "=", "pending")])
        )

    def _get_last_confirmation(self):
        """What the client was asked last, answered or not, in sudo."""
        self.ensure_one()
        # In sudo: mails to clients tell of it, too.
        return self.sudo().confirmation_ids.sorted("id")[-1:]

    # === Moves === #

    def _get_move_lock(self):
        """The client has the word."""
        if self.needs_client_confirmation:
            return self.env._(
                "the client has to confirm or decline what was changed; until then its "
                "status stays Changed. See 'See the changes'."
            )
        return super()._get_move_lock()

    def _after_move(self, from_states, state):
        """A question is overtaken when the booking moves on without its answer."""
        result = super()._after_move(from_states, state)
        if state != "changed":
            if waiting := self.filtered("needs_client_confirmation"):
                waiting._get_pending_confirmation()._move_to("lapsed", "system")
        return result

    def _mail_client_status(self, from_states, state):
        """Who is asked about changes gets that mail, and not another of the status."""
        told = self
        if state == "changed":
            told = self.filtered(lambda order: not order.needs_client_confirmation)
        return super(SaleOrder, told)._mail_client_status(from_states, state)

    # === For the client, and for whoever shows it to him === #

    def get_pending_changes(self):
        """What the client has to confirm, for his page and the API.

        :return: ``needs_confirmation``, ``revision`` (to be handed back with the
            answer), ``asked_on``, ``deadline``, ``silence`` and ``changes``: rows of
            ``field``, ``before``, ``after``, ``group``
        :rtype: dict
        :raise AccessError: if the caller may not see the booking
        """
        self.ensure_one()
        self.check_access("read")
        confirmation = self._get_pending_confirmation()
        if not confirmation:
            return {"needs_confirmation": False, "revision": 0, "changes": []}
        return {
            "needs_confirmation": True,
            "revision": confirmation.revision,
            "asked_on": fields.Datetime.to_string(confirmation.asked_on),
            "deadline": fields.Datetime.to_string(confirmation.deadline) or None,
            "silence": confirmation.silence,
            "changes": confirmation.changes or [],
        }

    def _get_client_question(self):
        """What the client has to confirm, worded for pages; None if there is nothing.

        :return: `get_pending_changes`, with ``deadline_text`` and ``silence_text``
        :rtype: dict | None
        """
        pending = self.get_pending_changes()
        if not pending["needs_confirmation"]:
            return None
        confirmation = self._get_pending_confirmation()
        return {
            **pending,
            "deadline_text": confirmation.deadline
            and confirmation._get_deadline_text(),
            "silence_text": confirmation._get_silence_text(),
        }

    def _get_changes_url(self):
        """The page where the client sees, asks for and answers changes."""
        self.ensure_one()
        return f"{self.get_base_url()}{self._get_changes_path()}"

    def _get_changes_path(self):
        self.ensure_one()
        return f"/my/tour/bookings/{self.id}/changes"

    def action_client_accept(self, note=None, revision=None):
        """Accept what was changed; see `_answer_as_client`."""
        return self._answer_as_client("accepted", note, revision)

    def action_client_decline(self, note=None, revision=None):
        """Decline what was changed, which cancels the booking."""
        return self._answer_as_client("declined", note, revision)

    def _answer_as_client(self, state, note, revision):
        """Answer as the client's own user; or as staff in his name, who say how he did.

        :param str note: his words; staff must say how he agreed
        :param int revision: what `get_pending_changes` gave; if it was changed since,
            the answer is refused, so that nobody agrees to what he did not see
        """
        self.ensure_one()
        note = self._check_answer(note, revision)
        way = self._check_may_answer()
        if way == "staff" and not note:
            raise UserError(
                self.env._(
                    "%(order)s: say how the client answered (call, mail …) to answer "
                    "in his name.",
                    order=self.name,
                )
            )
        confirmation = self._get_open_question()
        if revision is not None:
            self._check_revision(confirmation, revision)
        confirmation._move_to(state, way, note)
        return True

    def _get_open_question(self):
        """What the client is asked now, in sudo.

        :raise UserError: if there is nothing to be answered
        """
        confirmation = self._get_pending_confirmation()
        if not confirmation:
            raise UserError(self._explain_no_question())
        return confirmation

    def _check_revision(self, confirmation, revision):
        """Refuse who has seen another state of the changes than there is now."""
        if revision != confirmation.revision:
            raise UserError(
                self.env._(
                    "%(order)s was changed again meanwhile. Look at the changes anew, "
                    "then answer.",
                    order=self.name,
                )
            )

    @api.model
    def _check_answer(self, note, revision):
        if not isinstance(note or "", str) or len(note or "") > NOTE_MAX_LENGTH:
            raise UserError(
                self.env._(
                    "A note is a text of up to %(length)s characters.",
                    length=NOTE_MAX_LENGTH,
                )
            )
        if revision is not None and type(revision) is not int:
            raise UserError(self.env._("The revision of changes is a whole number."))
        return (note or "").strip()

    def _check_may_answer(self):
        """Who answers: "client" or "staff".

        :raise AccessError: if it is neither
        """
        user = self.env.user
        if user._is_internal():
            self._check_may_answer_as_staff()
            return "staff"
        # Record rules say which bookings are a client's own, also if the caller works
        # in sudo; who comes by a link or a public page answers for nobody.
        order = self.with_user(user)
        order.check_access("read")
        if user._is_public() or not order.is_tour_booking:
            raise AccessError(
                self.env._(
                    "%(order)s: only the client may answer. Log in as the user who "
                    "ordered it, or as the curator of his company.",
                    order=self.name,
                )
            )
        return "client"

    def _check_may_answer_as_staff(self):
        if not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("Only managers of bookings answer in the client's name.")
            )
        self.check_access("write")

    def _explain_no_question(self):
        if last := self._get_last_confirmation():
            return last._explain_answered()
        return self.env._("%(order)s: there is nothing to confirm.", order=self.name)

    # === Screens === #

    def action_see_changes(self):
        """Show what the client has to confirm."""
        self.ensure_one()
        confirmation = self._get_open_question()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Changes of %(order)s", order=self.name),
            "res_model": "tour.confirmation",
            "view_mode": "form",
            "res_id": confirmation.id,
            "target": "new",
        }

    def action_open_confirmations(self):
        """List what the client was asked about this booking."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_change.tour_confirmation_action"
            ),
            "domain": [("order_id", "=", self.id)],
            "context": {},
        }
