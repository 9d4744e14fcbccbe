"""Requests to change or cancel a booking: for its client, and on its screens."""

from contextlib import closing

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.tour_booking.booking_states import MANAGER
from odoo.addons.tour_booking.models.sale_order import SEES_HISTORY

from ..change_states import DRY_RUN, MOVER, OPEN
from .tour_change import OVER_STATES

# A client's own requests end with his journey.
CLIENT_OVER_STATES = (*OVER_STATES, "done")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    change_ids = fields.One2many(
        comodel_name="tour.change",
        inverse_name="order_id",
        string="Change requests",
        readonly=True,
        copy=False,
        groups=SEES_HISTORY,
    )
    change_count = fields.Integer(
        string="Number of change requests",
        compute="_compute_change_count",
        groups=SEES_HISTORY,
    )
    # A mark beside the status: the booking is cancelled when the request is applied.
    change_mark = fields.Selection(
        selection=[
            ("cancel", "Cancellation asked"),
            ("change", "Change asked"),
            ("fee", "Cancelled against a fee"),
        ],
        string="Request",
        compute="_compute_change_mark",
        store=True,
        groups=SEES_HISTORY,
    )

    # === CRUD === #

    def write(self, vals):
        """Hand over with a booking the requests that its manager had."""
        if "user_id" not in vals:
            return super().write(vals)
        # In sudo: they go along, whoever may hand over the booking.
        handed = self.sudo().change_ids.filtered(
            lambda change: change.state in OPEN
            and change.user_id == change.order_id.user_id
        )
        result = super().write(vals)
        for user, changes in handed.grouped(lambda c: c.order_id.user_id).items():
            changes.write({"user_id": user.id})
        return result

    # === Computes === #

    @api.depends("change_ids")
    def _compute_change_count(self):
        groups = self.env["tour.change"]._read_group(
            [("order_id", "in", self.ids)], ["order_id"], ["__count"]
        )
        counts = {order.id: count for order, count in groups}
        for order in self:
            order.change_count = counts.get(order._origin.id, 0)

    @api.depends("change_ids.state", "change_ids.kind", "booking_state")
    def _compute_change_mark(self):
        for order in self:
            changes = order.change_ids
            is_open = changes.filtered(lambda change: change.state in OPEN)
            cancels = changes.filtered(lambda change: change.kind == "cancel")
            if is_open & cancels:
                order.change_mark = "cancel"
            elif is_open:
                order.change_mark = "change"
            elif order.booking_state not in OVER_STATES and "applied" in cancels.mapped(
                "state"
            ):
                order.change_mark = "fee"
            else:
                order.change_mark = False

    @api.depends("change_mark")
    def _compute_process_tags(self):
        """What was asked for."""
        return super()._compute_process_tags()

    def _get_process_tags(self):
        tags = super()._get_process_tags()
        # In sudo: the mark is for staff, and so are the tags.
        mark = self.sudo().change_mark
        if mark:
            names = dict(self._fields["change_mark"]._description_selection(self.env))
            color = "danger" if mark == "cancel" else "warning"
            tags.append({"code": f"change_{mark}", "name": names[mark], "color": color})
        return tags

    # === For the client, and for staff in his name === #

    def action_request_change(self, comment, services=None, fingerprint=None):
        """Ask for a change of this booking.

        :param str comment: what is wanted, in words
        :param list[dict] services: what is wanted of which service, if it can be said:
            ``service_id``, and of ``date_from``, ``date_to``, ``rooms``, ``meal``,
            ``guest_names`` (one in each row), ``cancels`` and ``comment`` what changes
        :param str fingerprint: of what `get_change_preview` showed; the client agrees
            to that. If it costs something else by now, nothing is asked for.
        :return: the request as plain data, see `get_change_requests`; or, if it costs
            something else, ``{"changed": True, "offer": what it costs now}``
        :rtype: dict
        """
        return self._request("change", comment, services, fingerprint)

    def action_request_cancel(self, comment, fingerprint=None):
        """Ask to cancel this booking.

        :param str comment: why
        :param str fingerprint: of what `get_cancellation_preview` showed; as above
        :return: as above
        :rtype: dict
        """
        return self._request("cancel", comment, None, fingerprint)

    def get_cancellation_preview(self):
        """What cancelling this booking costs now: fee, refund, price that remains.

        Nothing is changed and nobody is told.

        :rtype: dict
        """
        self.ensure_one()
        self._check_may_request()
        return self._preview_request("cancel", [])

    def get_change_preview(self, services):
        """What a change would cost now, by the prices that are known.

        Nothing is changed and nobody is told.

        :param list[dict] services: as for `action_request_change`
        :rtype: dict
        """
        self.ensure_one()
        self._check_may_request()
        return self._preview_request("change", self._prepare_request_lines(services))

    def get_change_requests(self):
        """The requests to change this booking, newest first, as its client sees them.

        :rtype: list[dict]
        """
        self.ensure_one()
        self.check_access("read")
        return [change._get_client_data() for change in self._get_client_changes()]

    def action_accept_change(self, change_id, fingerprint):
        """Accept what was shown: it is applied exactly so, or shown anew.

        :param int change_id: the request
        :param str fingerprint: of the offer that is accepted
        :return: the request as plain data; ``state`` is ``applied`` if all is done
        :rtype: dict
        """
        change = self._get_own_change(change_id)
        change._lock()
        if not isinstance(fingerprint, str) or fingerprint != change.fingerprint:
            raise UserError(
                self.env._(
                    "What was shown is not what is offered now. Look at the offer "
                    "again."
                )
            )
        self._check_with_client(change)
        if not change._show_anew():
            change._apply_shown()
        return change._get_client_data()

    def action_withdraw_change(self, change_id, comment=""):
        """Take a request back, or decline what was offered.

        :param int change_id: the request
        :param str comment: why
        :return: the request as plain data
        :rtype: dict
        """
        change = self._get_own_change(change_id)
        if comment:
            comment = self._check_comment(comment)
        change._move_to("withdrawn", comment)
        return change._get_client_data()

    # === Checks === #

    def _check_may_request(self):
        """Refuse who may not ask; say whether it is the client himself who does."""
        self.ensure_one()
        user = self.env.user
        if user._is_public():
            raise AccessError(self.env._("Log in to change a booking."))
        by_client = user.share
        if by_client:
            self.with_user(user).check_access("read")
        else:
            self.check_access("write")
            if not (self.env.su or user.has_group(MANAGER)):
                raise AccessError(
                    self.env._("Only managers of bookings ask for their changes.")
                )
        if not self.is_tour_booking:
            raise UserError(
                self.env._("%(order)s is an ordinary sales order.", order=self.name)
            )
        # In sudo: a client sees a status of his own.
        state = self.sudo().booking_state
        if state in (CLIENT_OVER_STATES if by_client else OVER_STATES):
            raise UserError(
                self.env._(
                    "%(order)s is over. Write to your manager if something is wrong.",
                    order=self.name,
                )
            )
        return by_client

    def _get_client_changes(self):
        """Requests of this booking that are its client's matter, in sudo."""
        # In sudo: clients have no right to the model, only to plain data of it.
        changes = self.env["tour.change"].sudo()
        return changes.search(
            [
                ("order_id", "=", self.id),
                "|",
                ("origin", "=", "client"),
                ("state", "=", "with_client"),
            ]
        )

    def _get_own_change(self, change_id):
        """A request of this booking, in sudo, for who may decide about it."""
        self.ensure_one()
        self._check_may_request()
        change_id = self._check_number(change_id)
        change = self._get_client_changes().filtered(lambda one: one.id == change_id)
        if not change:
            raise UserError(
                self.env._("There is no such request of %(order)s.", order=self.name)
            )
        return change

    def _check_with_client(self, change):
        if change.state == "with_client":
            return
        raise UserError(
            self.env._(
                "%(change)s is not waiting for an answer of yours.", change=change.name
            )
        )

    def _may_ask_for_changes(self):
        """Whether the user may ask for a change of this booking now."""
        try:
            self._check_may_request()
        except UserError:
            return False
        return True

    def _may_ask_here(self):
        """The same for who looks at the page, which may be shown by its link."""
        self.ensure_one()
        order = self.with_user(self.env.user)
        return self.is_tour_booking and order._may_ask_for_changes()

    # === Making === #

    def _request(self, kind, comment, services, fingerprint):
        self.ensure_one()
        by_client = self._check_may_request()
        comment = self._check_comment(comment)
        if not isinstance(fingerprint or "", str):
            raise UserError(self.env._("A fingerprint is a text."))
        lines = self._prepare_request_lines(services)
        if fingerprint:
            offer = self._preview_request(kind, lines)
            if offer["fingerprint"] != fingerprint:
                return {"changed": True, "offer": offer}
        change = self._create_request(kind, comment, by_client, lines)
        if fingerprint or kind == "cancel":
            change._price()
        if fingerprint and fingerprint == change.fingerprint:
            change._as_mover().write(change._prepare_acceptance_vals())
        return change._get_client_data()

    def _preview_request(self, kind, lines):
        """What a request would cost; the caller has checked who asks for what."""
        # In sudo: a client may not change a booking; it is taken back before anybody
        # sees it.
        trial = self.env["tour.change"].sudo()._as_mover()
        with closing(self.env.cr.savepoint()):
            change = trial.with_context(
                mail_create_nosubscribe=True,
                tour_change_mode=DRY_RUN,
                tracking_disable=True,
            ).create(
                {
                    "name": self.name,
                    "order_id": self.id,
                    "kind": kind,
                    # No request of the client's yet, which he has one of at most.
                    "origin": "supplier",
                    "line_ids": [Command.create(line) for line in lines],
                }
            )
            change._price()
            return change._get_client_offer()

    def _create_request(self, kind, comment, by_client, lines):
        """Make a request, in sudo for a client; the caller has checked his right."""
        self._lock_for_request()
        self._check_no_open_request(kind)
        changes = self.env["tour.change"]
        if by_client:
            # In sudo: clients have no right to the model; what is written is checked.
            changes = changes.sudo()
        vals = {
            "order_id": self.id,
            "kind": kind,
            "origin": "client",
            "comment": comment,
            "line_ids": [Command.create(line) for line in lines],
        }
        change = changes.create([vals])
        if by_client:
            change._as_mover().by_client = True
        return change

    def _lock_for_request(self):
        # In sudo: the client may not write on his booking, but his request waits for
        # whoever is at it.
        self.sudo()._lock_for_move()

    def _check_no_open_request(self, kind):
        # In sudo: as above.
        known = self.sudo().change_ids.filtered(
            lambda change: change.kind == kind
            and change.origin == "client"
            and change.state in OPEN
        )
        if known:
            raise UserError(
                self.env._(
                    "This was asked for already: %(change)s. Wait for the answer, or "
                    "withdraw it first.",
                    change=known[:1].name,
                )
            )

    # === Screens === #

    def action_new_change(self):
        """Start a request to change this booking, in the client's name."""
        return self._get_new_request_action("change", "client")

    def action_new_cancel(self):
        """Start a request to cancel this booking, in the client's name."""
        return self._get_new_request_action("cancel", "client")

    def action_new_regularisation(self):
        """Start a regularisation by a supplier."""
        return self._get_new_request_action("change", "supplier")

    def _get_new_request_action(self, kind, origin):
        self.ensure_one()
        self._check_may_request()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New request"),
            "res_model": "tour.change",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {
                "default_order_id": self.id,
                "default_kind": kind,
                "default_origin": origin,
            },
        }

    def action_open_changes(self):
        """Show the requests to change the booking."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_change.tour_change_action"
        )
        action["domain"] = [("order_id", "in", self.ids)]
        action["context"] = {"default_order_id": self.id}
        if len(changes := self.change_ids) == 1:
            action.update(res_id=changes.id, view_mode="form", views=[(False, "form")])
        return action

    # === Hooks of bookings === #

    def _get_paid_amount(self):
        """What the client has paid of this booking's invoices."""
        self.ensure_one()
        posted = self.invoice_ids.filtered(lambda move: move.state == "posted")
        return sum(
            (move.amount_total - move.amount_residual)
            * (1 if move.move_type == "out_invoice" else -1)
            for move in posted
        )

    def _after_move(self, from_states, state):
        """Requests end with their booking, so that none hangs."""
        super()._after_move(from_states, state)
        if state not in OVER_STATES:
            return
        # In sudo: whoever ends the booking ends what was asked about it.
        changes = self.sudo().change_ids.filtered(
            lambda change: change.state in OPEN
            and change.id != self.env.context.get("tour_change_applied")
        )
        if changes:
            reason = self.env._("The booking is over.")
            changes._as_mover()._move_to("withdrawn", reason)

    def _mail_client_status(self, from_states, state):
        """Requests have mails of their own; and a dry run has none."""
        context = self.env.context
        if context.get("tour_change_requested") is MOVER:
            return None
        if context.get("tour_change_mode") is DRY_RUN:
            return None
        return super()._mail_client_status(from_states, state)

    def message_post(self, **kwargs):
        """Say nothing in a dry run."""
        if self.env.context.get("tour_change_mode") is DRY_RUN:
            return self.env["mail.message"]
        return super().message_post(**kwargs)
