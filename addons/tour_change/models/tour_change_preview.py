"""What a request costs before anybody agrees to it: it is applied for trial, looked at,
and taken back. What was shown is kept with a fingerprint of all that matters, and is
what gets applied, or nothing is."""

import json
from contextlib import closing
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

from odoo import fields, models

from odoo.addons.tour_booking.models.sale_order_watch import CREATING
from odoo.addons.tour_booking.view_diff import compare
from odoo.addons.tour_hotel.amounts import decimal

from ..cancellation import get_dropped_fee
from ..change_states import DRY_RUN, OPEN

# Of the whole booking, what a request does not decide.
SKIPPED = ("created_on", "manager", "status", "status_color")
# Before anybody accepted the booking there is nothing to pay for.
FREE_STATES = ("new", "awaiting_client")


class TourChange(models.Model):
    _inherit = "tour.change"

    # === Showing === #

    def _price(self):
        """Keep what the dry run finds, as what is shown."""
        self.ensure_one()
        self._keep_result(self._dry_run())

    def _show_anew(self):
        """Whether what was shown holds no more; then the new figures are kept.

        A request that is with the client comes back to the staff for that.
        """
        self.ensure_one()
        result = self._dry_run()
        if result["fingerprint"] == self.fingerprint:
            return False
        self._keep_result(result)
        if self.state == "with_client":
            self._as_mover()._move_to(
                "priced", self.env._("What was shown holds no more.")
            )
        else:
            self._log_move(
                {self: self.state}, self.state, self.env._("The figures are new.")
            )
        return True

    def _keep_result(self, result):
        money = result["money"]
        vals = {}
        if result["fingerprint"] != self.fingerprint:
            # He accepted something else.
            vals = {"accepted_on": False, "accepted_by_id": False}
        self._as_mover().write(
            {
                **vals,
                "preview": {"rows": result["rows"], "fees": money["fees"]},
                "fingerprint": result["fingerprint"],
                "previewed_on": fields.Datetime.now(),
                "price_before": money["before"],
                "price_after": money["after"],
                "fee_amount": money["fee"],
                "fee_known": money["fee_known"],
                "paid_amount": money["paid"],
                "refund_amount": money["refund"],
                "supplier_before": result["supplier_before"],
                "supplier_after": result["supplier_after"],
            }
        )

    def _dry_run(self):
        """Apply it inside a savepoint, look at the booking, take all of it back.

        Nobody is told: there are no mails, pop-ups or messages, and no watch.

        :return: ``rows``, ``money``, ``supplier_before``, ``supplier_after`` and the
            ``fingerprint``, as plain data
        :rtype: dict
        """
        self.ensure_one()
        with closing(self.env.cr.savepoint()):
            change = self.with_context(
                mail_notrack=True,
                tour_booking_watch=CREATING,
                tour_change_mode=DRY_RUN,
                tracking_disable=True,
            )
            return change._apply_and_measure()

    def _apply_and_measure(self):
        """Apply it, and say what that did."""
        self.ensure_one()
        # Views are compared in the client's language, whoever looks at them.
        order = self.order_id.with_context(lang=self.order_id._get_client_lang())
        moment = fields.Datetime.now()
        self._restore_for_apply()
        before = order._client_view()
        supplier_before = self._get_supplier_total()
        fees = self._get_fees(moment)
        self._apply_content(fees, moment)
        self.env.flush_all()
        after = order._client_view()
        money = self._get_money(before, fees)
        supplier_after = self._get_supplier_total()
        rows = compare(before, after, skip=SKIPPED)
        proof = [self.kind, _strip(before), _strip(after), money, supplier_after]
        return {
            "rows": [list(row) for row in self._get_shown_rows(rows, before, after)],
            "money": money,
            "supplier_before": supplier_before,
            "supplier_after": supplier_after,
            "fingerprint": sha256(
                json.dumps(proof, sort_keys=True, default=str).encode()
            ).hexdigest(),
        }

    def _get_shown_rows(self, rows, before, after):
        """The status matters only when the booking is cancelled."""
        if self.kind == "cancel":
            skip = tuple(before.keys() - {"status"})
            return compare(before, after, skip=skip) + rows
        return rows

    # === Money === #

    def _get_money(self, before, fees):
        """What the client pays before and after, what he has paid, what comes back."""
        order = self.order_id
        # In sudo: invoices are for accountants, what they sum up to is not secret.
        paid = order.sudo()._get_paid_amount()
        fee = float(sum(fee["amount"] for fee in fees))
        after = fee if self.kind == "cancel" else order.amount_total
        rounded = order.currency_id.round
        return {
            "before": rounded(before["amount_total"]),
            "after": rounded(after),
            "fee": rounded(fee),
            "fee_known": all(fee["known"] for fee in fees),
            "paid": rounded(paid),
            "refund": max(rounded(paid - after), 0.0),
            "currency": order.currency_id.name,
            "fees": [
                {
                    "service": fee["name"],
                    "amount": float(fee["amount"]),
                    "known": fee["known"],
                    "text": fee["text"] or "",
                }
                for fee in fees
            ],
        }

    def _get_supplier_total(self):
        # In sudo: what we pay is for staff, and is kept where only they can see it.
        return sum(self.order_id.sudo()._get_services().mapped("supplier_price_total"))

    def _get_fees(self, moment):
        """The fee of each service that is cancelled or shortened.

        :return: dicts of ``line``, ``name``, ``amount``, ``supplier_amount``, ``text``
            and ``known``: whether there is a rule that says so
        :rtype: list[dict]
        """
        self.ensure_one()
        if self.kind == "cancel":
            services = self.order_id._get_services()
            fees = [self._get_service_fee(line, moment) for line in services]
        else:
            fees = [
                fee
                for line in self.line_ids
                if (fee := self._get_line_fee(line, moment))
            ]
        if not self._is_fee_due():
            fees = [
                fee
                | {"amount": Decimal(0), "supplier_amount": Decimal(0), "known": True}
                for fee in fees
            ]
        return self._take_typed_fee(fees)

    def _take_typed_fee(self, fees):
        if not self.fee_by_hand:
            return fees
        name = fees[0]["name"] if len(fees) == 1 else self.order_id.name
        return [
            {
                "line": fees[0]["line"] if fees else self.order_id.order_line[:1],
                "name": name,
                "amount": decimal(self.fee_typed),
                "supplier_amount": sum(
                    (fee["supplier_amount"] for fee in fees), Decimal(0)
                ),
                "text": "",
                "known": True,
            }
        ]

    def _is_fee_due(self):
        """Whether anybody has accepted the booking yet; override for other terms."""
        self.ensure_one()
        order = self.order_id
        state = order.booking_state
        if state == "changed":
            state = order._get_states_before("changed").get(order.id, state)
        return state not in FREE_STATES

    def _get_service_fee(self, service, moment):
        """What cancelling a service costs the client, and us."""
        # In sudo: terms and supplier's prices are for staff.
        service_sudo = service.sudo().with_context(
            lang=self.order_id._get_client_lang()
        )
        outcome = service_sudo._get_cancellation_outcome(moment)
        ours = service_sudo._get_cancellation_outcome(
            moment, service_sudo.supplier_price_total
        )
        return {
            "line": service,
            "name": service._prepare_service().short_name,
            "amount": outcome.fee or Decimal(0),
            "supplier_amount": ours.fee or Decimal(0),
            "text": service_sudo.cancellation_text,
            "known": outcome.fee is not None,
        }

    def _get_line_fee(self, line, moment):
        """What a proposal costs: all of a service that goes, or its nights that do."""
        service = line.line_id
        if not service:
            return None
        whole = self._get_service_fee(service, moment)
        if line.cancels:
            return whole
        nights, dropped = self._count_dropped(line)
        if not dropped:
            return None
        rounding = decimal(self.currency_id.rounding or 0.01)
        supplier_price = service.sudo().supplier_price_total
        for name, price in (
            ("amount", service.price_total),
            ("supplier_amount", supplier_price),
        ):
            whole[name] = get_dropped_fee(
                whole[name], decimal(price), nights, dropped, rounding
            )
        return whole

    def _count_dropped(self, line):
        """Nights of rooms that a stay has, and those of them that are given up."""
        service = line.line_id
        if service.service_kind != "accommodation" or not service.nights:
            return 0, 0
        nights = service.nights * service.rooms
        if line.hotel_id != service.hotel_id:
            return nights, nights
        old = _get_nights(service.date_from, service.date_to)
        kept = old & _get_nights(line.date_from, line.date_to)
        return nights, nights - len(kept) * min(line.rooms, service.rooms)

    def _get_client_data(self):
        """What the client is told of his request, as plain data."""
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        shown = self.state in ("with_client", "applied") or self.kind == "cancel"
        return {
            "id": self.id,
            "number": self.name,
            "kind": self.kind,
            "kind_name": kinds[self.kind],
            "state": self.state,
            "state_name": self._get_client_state_name(),
            "asked_on": fields.Datetime.to_string(self.create_date),
            "comment": self.comment or "",
            "answer": (self.reason or "") if self.state == "refused" else "",
            "is_open": self.state in OPEN,
            "may_accept": self.state == "with_client",
            "offer": self._get_client_offer() if shown and self.fingerprint else None,
        }

    def _get_client_state_name(self):
        """Until the client is asked, whom we ask is no matter of his."""
        names = {
            "asked": self.env._("Asked"),
            "with_client": self.env._("Waiting for your answer"),
            "applied": self.env._("Done"),
            "refused": self.env._("Refused"),
            "withdrawn": self.env._("Taken back"),
        }
        return names.get(self.state) or self.env._("Being treated")

    def _get_client_offer(self):
        """What it changes and costs him, as plain data."""
        return {
            "fingerprint": self.fingerprint,
            "changes": self.order_id._render_diff((self.preview or {}).get("rows", [])),
            "price_before": self.price_before,
            "price_after": self.price_after,
            "fee": self.fee_amount if self.fee_known else None,
            "paid": self.paid_amount,
            "refund": self.refund_amount,
            "currency": self.currency_id.name,
            "fees": (self.preview or {}).get("fees", []),
        }


def _get_nights(start, end):
    """Nights of a stay, by their first day."""
    if not (start and end):
        return set()
    return {start + timedelta(days=number) for number in range((end - start).days)}


def _strip(view):
    """A view without what a request does not decide: ids, status, manager."""
    if isinstance(view, dict):
        return {
            key: _strip(value)
            for key, value in view.items()
            if key != "id" and key not in SKIPPED
        }
    if isinstance(view, list):
        return [_strip(value) for value in view]
    return view
