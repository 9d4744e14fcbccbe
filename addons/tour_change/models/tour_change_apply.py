"""Applying a request: the booking becomes what was shown, in one transaction."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..cancellation import UTC, to_utc
from ..change_states import AGREED

# From these a booking may be cancelled with a penalty.
PENALTY_STATES = ("accepted", "client_confirmed", "confirmed", "booked")


class TourChange(models.Model):
    _inherit = "tour.change"

    def _apply_shown(self):
        """Apply what is shown; the caller has locked it and knows that it holds.

        :raise UserError: and nothing is left of it, if the booking becomes anything
            else than what was shown
        """
        self.ensure_one()
        agreed = self.state == "with_client" or self.accepted_on
        change = self
        if agreed:
            # Who has accepted exactly this is not asked to confirm it again.
            change = change.with_context(tour_change_mode=AGREED)
        self._keep_supplier_rows()
        result = change._apply_and_measure()
        if result["fingerprint"] != self.fingerprint:
            raise UserError(
                self.env._(
                    "%(change)s would do something else than what was shown. Nothing "
                    "was applied; price it anew.",
                    change=self.name,
                )
            )
        vals = {"preview": {**(self.preview or {}), "rows": result["rows"]}}
        if self.state == "with_client" and not self.accepted_on:
            vals |= self._prepare_acceptance_vals()
        self._as_mover().write(vals)
        self._move_to("applied")

    def _prepare_acceptance_vals(self):
        return {"accepted_on": fields.Datetime.now(), "accepted_by_id": self.env.uid}

    def _restore_for_apply(self):
        """Give the booking its own status back before anything is applied to it."""
        order = self.order_id
        if lock := order._get_move_lock():
            if self.kind == "cancel":
                raise UserError(
                    self.env._(
                        "%(change)s: %(comment)s", change=order.name, comment=lock
                    )
                )
            return
        if order.booking_state == "changed":
            # In sudo: who may apply the request was checked.
            self._as_requested(order).sudo()._restore_state(self.name)
        if self.changed_status:
            self._as_mover().changed_status = False

    def _apply_content(self, fees, moment):
        """Make the booking what the request says; override to apply more."""
        self.ensure_one()
        if self.kind == "cancel":
            self._apply_cancel(fees, moment)
        else:
            self._apply_change(fees)

    # === A change === #

    def _get_caused_order(self):
        """The booking, in whose price history this request is the cause."""
        kind = "regularisation" if self.origin == "supplier" else "change"
        comment = (self.comment or "").partition("\n")[0]
        reason = ": ".join(filter(None, (self.name, comment)))
        return self.order_id._with_price_cause(kind, reason)

    def _apply_change(self, fees):
        order = self._get_caused_order()
        if order.locked:
            raise UserError(
                self.env._("%(order)s is locked. Unlock it first.", order=order.name)
            )
        commands = []
        for line in self.line_ids:
            if not line.line_id:
                raise UserError(
                    self.env._(
                        "%(service)s is no more among the services of %(order)s. Take "
                        "it off the request.",
                        service=line.service_name or self.env._("A service"),
                        order=order.name,
                    )
                )
            if line.cancels:
                commands.append(Command.delete(line.line_id.id))
            elif vals := line._prepare_service_vals():
                commands.append(Command.update(line.line_id.id, vals))
        commands += self._prepare_fee_commands(fees)
        self._check_may_go(self.line_ids.filtered("cancels").line_id)
        if commands:
            order.write({"order_line": commands})

    def _check_may_go(self, services):
        """What is invoiced cannot give way to a fee, not even when it was credited.

        :raise UserError: in words for client and staff
        """
        # In sudo: invoices are for accountants.
        if services.sudo().invoice_lines:
            raise UserError(
                self.env._(
                    "%(order)s is invoiced already. Invoiced services cannot be "
                    "cancelled against a fee here: its manager sees to that. Clients "
                    "write to him on the page of the booking.",
                    order=self.order_id.name,
                )
            )

    def _prepare_fee_commands(self, fees):
        """Fees as services of their own, which are invoiced with the rest."""
        return [
            Command.create(self._prepare_fee_vals(fee)) for fee in fees if fee["amount"]
        ]

    def _prepare_fee_vals(self, fee):
        service = fee["line"].sudo()
        today = fields.Date.context_today(self)
        env = self.with_context(lang=self.order_id._get_client_lang()).env
        text = env._("Cancellation fee: %(service)s", service=fee["name"])
        return {
            "service_type_id": self.env.ref("tour_change.service_type_fee").id,
            "service_text": text,
            # A past day would need a right of its own.
            "date_from": max(service.date_from or today, today),
            "supplier_id": service.supplier_id.id,
            "supplier_price_total": float(fee["supplier_amount"]),
            "price_unit": float(fee["amount"]),
            "cancellation_rule_id": False,
        }

    # === A cancellation === #

    def _apply_cancel(self, fees, moment):
        """Cancel the booking: free, with a penalty, or against a fee as a service.

        A cancelled order cannot be invoiced. So where the client's bookings are not
        cancelled with penalty, the services give way to the fee, and the booking lives
        on with it until it is paid and done.
        """
        order = self._get_caused_order()
        reason = self.env._(
            "%(change)s: %(comment)s",
            change=self.name,
            comment=self.comment or self.env._("the client cancels"),
        )
        silent = self._as_requested(order).with_context(tour_change_applied=self.id)
        total = sum(fee["amount"] for fee in fees)
        if not total:
            silent._move_to("cancelled", reason)
        elif order.may_cancel_with_penalty and order.booking_state in PENALTY_STATES:
            order.write(self._prepare_penalty_vals(total, moment))
            silent._move_to("cancelled_penalty", reason)
        else:
            services = order._get_services()
            self._check_may_go(services)
            commands = [Command.delete(line.id) for line in services]
            order.write({"order_line": commands + self._prepare_fee_commands(fees)})

    def _prepare_penalty_vals(self, total, moment):
        nights = self._count_stayed(moment)
        return {
            "penalty_from": "hotel",
            "penalty_when": "during" if nights is not None else "before",
            "penalty_amount": float(total),
            "nights_stayed": nights or 0,
        }

    def _count_stayed(self, moment):
        """Nights of rooms that were slept in by now; None before the arrival."""
        stayed = None
        for line in self.order_id._get_services():
            if line.service_kind != "accommodation" or not line.date_from:
                continue
            zone = line._get_zone(line.city_id, line.company_id)
            hour, minute = divmod(round(line.hour_from * 60), 60)
            arrival = fields.Datetime.to_datetime(line.date_from).replace(
                hour=hour, minute=minute
            )
            now = moment.replace(tzinfo=UTC)
            if now < to_utc(arrival, zone):
                continue
            days = (now.astimezone(zone).date() - line.date_from).days
            stayed = (stayed or 0) + min(days, line.nights) * line.rooms
        return stayed
