"""Finding the booking of a payment order: what may be meant is weighed by an engine."""

import logging

import psycopg2

from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.tour_document.models.sale_order_facts import exact

from ..engine import matching
from ..payment_order_states import KEEPERS

_logger = logging.getLogger(__name__)

MAX_CANDIDATES = 50
MAX_BILLS = 200


class TourPaymentOrder(models.Model):
    _inherit = "tour.payment.order"

    def action_match(self):
        """Look for the bookings of these once more: they may be there by now."""
        if not self.env.su and not any(map(self.env.user.has_group, KEEPERS)):
            raise AccessError(
                self.env._("Only accountants and heads of department may do this.")
            )
        self.check_access("read")
        # In sudo: the suite looks among all bookings of the company.
        waiting = self.sudo().filtered(lambda order: order.state == "waiting")
        for order in waiting.filtered(lambda order: order._is_readable()):
            order._match_safely()
        return True

    def _is_readable(self):
        """Whether all was read that matching needs; a scan is for people."""
        return bool(
            self.number
            and self.date
            and self.amount
            and self.payee_tax_id
            and self.purpose
            and not {code for code, _values in self.reasons or []}
            & {"digits", "several"}
        )

    def _match_safely(self):
        """Attach it to its booking; if that is refused it waits with the reason."""
        try:
            with self.env.cr.savepoint():
                self._match()
        except psycopg2.OperationalError:
            raise
        except (UserError, ValidationError, AccessError) as error:
            self.invalidate_recordset()
            reasons = [("refused", {"text": str(error)[:300]})]
            self._as_mover().write({"reasons": reasons})

    def _match(self):
        """Weigh the bookings, keep them as suggestions, attach to the one that is
        meant. In sudo, see `_make`.
        """
        self.ensure_one()
        self = self.with_company(self.company_id)
        payment = self._prepare_payment()
        suppliers = self._find_suppliers()
        orders, bills = self._find_candidates(suppliers)
        result = matching.decide(
            payment, self._prepare_bookings(orders, bills), self._get_numbering()
        )
        self.suggestion_ids.unlink()
        self.env["tour.payment.order.suggestion"].create(
            [self._prepare_suggestion_vals(match) for match in result.matches]
        )
        reasons = [tuple(reason) for reason in result.reasons]
        if not self.file_id.is_trusted:
            reasons.append(("sender", {"address": self.file_id.sender or ""}))
        self._as_mover().write({"payee_id": suppliers[:1].id, "reasons": reasons})
        match = result.best
        if match and self.file_id.is_trusted:
            self._move_to(
                "attached",
                booking=self.env["sale.order"].browse(match.booking.id),
                lines=self.env["sale.order.line"].browse(match.services),
                bill=self.env["account.move"].browse(match.bill or []),
                by_hand=False,
            )

    # === Looking again === #

    @api.model
    def _trigger_matching(self):
        cron = self.env.ref(
            "tour_payment_order.ir_cron_match", raise_if_not_found=False
        )
        if cron:
            # In sudo: scheduled actions are not the user's to read.
            cron.sudo()._trigger()

    @api.model
    def _cron_match(self):
        """Look again for the bookings of those that came too early: each of them is
        committed by itself.
        """
        early = self._find_too_early()
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(early))
        for order in early:
            order._match_later()
            if not cron._commit_progress(processed=1):
                break
            self.env.invalidate_all()

    def _match_later(self):
        """Look for the booking, unless somebody moves it right now."""
        order = self.with_company(self.company_id).with_context(
            allowed_company_ids=self.company_id.ids,
            lang=self.file_id._get_answer_lang(),
        )
        try:
            with self.env.cr.savepoint():
                order._lock_for_move()
                if order.state == "waiting":
                    order._match_safely()
        except (UserError, psycopg2.OperationalError) as error:
            _logger.info("Payment order %s is looked at later: %s", self.id, error)
        except Exception:
            # One of them holds up no other.
            _logger.exception("No booking was looked for, order %s", self.id)

    @api.model
    def _find_too_early(self):
        """Waiting orders whose booking takes them by now: it has got there, it has been
        made, or the sender was confirmed.

        Note: a fixed number of queries, however many wait.
        """
        waiting = self.search([("state", "=", "waiting")], order="id")
        waiting = waiting.filtered(lambda order: order._is_readable())
        states = self.env["tour.booking.status"]._get_payment_order_states()
        suggested = waiting.suggestion_ids.filtered(
            lambda suggestion: suggestion.order_id.booking_state in states
        )
        ready = {
            "wrong_state": suggested.payment_order_id,
            "sender": waiting.filtered("file_id.is_trusted"),
            "unknown_number": self._find_numbered(waiting, states),
        }
        return waiting.filtered(
            lambda order: any(
                order in ready.get(code, ()) for code, _values in order.reasons or []
            )
        )

    @api.model
    def _find_numbered(self, orders, states):
        """Those with a number that no booking had, and that one has by now."""
        numbers = {order: _get_unknown_numbers(order) for order in orders}
        wanted = list(set().union(*numbers.values()))
        bookings = self.env["sale.order"].search(
            Domain("is_tour_booking", "=", True)
            & Domain("booking_state", "in", states)
            & (
                Domain("name", "in", wanted)
                | Domain("order_line.confirmation_number", "in", wanted)
            )
        )
        known = {(booking.company_id, booking.name) for booking in bookings}
        for line in bookings.order_line:
            known.add((line.company_id, line.confirmation_number))
        return orders.filtered(
            lambda order: any((order.company_id, n) in known for n in numbers[order])
        )

    def _prepare_payment(self):
        vat = self.company_id.partner_id.vat
        return matching.Payment(
            purpose=self.purpose,
            payee_tax_id=self.payee_tax_id,
            amount=exact(self.amount, self.currency_id.decimal_places),
            payer_tax_id=self.payer_tax_id or "",
            our_tax_ids=frozenset(filter(None, [vat])),
        )

    @api.model
    def _get_numbering(self):
        sequence = self.env["ir.sequence"].search(
            [
                ("code", "=", "tour.booking"),
                ("company_id", "in", (self.env.company.id, False)),
            ],
            order="company_id",
            limit=1,
        )
        return matching.Numbering(sequence.prefix or "", sequence.padding or 1)

    def _find_suppliers(self):
        return self.env["res.partner"].search(
            [
                ("vat", "=", self.payee_tax_id),
                ("tour_supplier", "=", True),
                ("company_id", "in", (self.company_id.id, False)),
            ]
        )

    def _find_candidates(self, suppliers):
        """Bookings and bills that may be meant, and no more than can be weighed.

        Note: a fixed number of queries.
        """
        numbers = matching.find_numbers(self.purpose, self._get_numbering())
        own = Domain("company_id", "=", self.company_id.id)
        booking = own & Domain("is_tour_booking", "=", True)
        orders = self.env["sale.order"].search(
            booking & Domain("name", "in", list(numbers.bookings)), limit=MAX_CANDIDATES
        )
        lines = self.env["sale.order.line"]
        if numbers.travelline:
            orders |= lines.search(
                own & Domain("confirmation_number", "in", list(numbers.travelline)),
                limit=MAX_CANDIDATES,
            ).order_id
        bills = self._find_bills(suppliers, numbers.words)
        orders |= bills.tour_order_ids.filtered_domain(booking)
        if suppliers:
            orders |= self._find_due_lines(suppliers).order_id
        return orders.filtered("is_tour_booking")[:MAX_CANDIDATES], bills

    def _find_bills(self, suppliers, words):
        """Bills of the suppliers whose numbers are among the words."""
        if not suppliers or not words:
            return self.env["account.move"]
        bills = self.env["account.move"].search(
            Domain("company_id", "=", self.company_id.id)
            & Domain("move_type", "=", "in_invoice")
            & Domain("state", "!=", "cancel")
            & Domain("commercial_partner_id", "in", suppliers.commercial_partner_id.ids)
            & Domain("tour_order_ids", "!=", False),
            order="id desc",
            limit=MAX_BILLS,
        )
        return bills.filtered(
            lambda bill: any(matching.plain(n) in words for n in bill._get_numbers())
        )

    def _find_due_lines(self, suppliers):
        """Services of the suppliers that cost just this, to be suggested."""
        states = self.env["tour.booking.status"]._get_payment_order_states()
        return self.env["sale.order.line"].search(
            Domain("company_id", "=", self.company_id.id)
            & Domain("supplier_id", "in", suppliers.ids)
            & Domain("supplier_due", "=", self.amount)
            & Domain("order_id.booking_state", "in", states)
            & Domain("payment_order_state", "=", "none"),
            order="id desc",
            limit=MAX_CANDIDATES // 2,
        )

    def _prepare_bookings(self, orders, bills):
        """The candidates as the engine takes them."""
        states = self.env["tour.booking.status"]._get_payment_order_states()
        return [
            matching.Booking(
                id=order.id,
                name=order.name,
                takes_orders=order.booking_state in states,
                services=tuple(map(self._prepare_service, order._get_services())),
                bills=tuple(map(self._prepare_bill, order.bill_ids & bills)),
            )
            for order in orders
        ]

    def _prepare_service(self, line):
        supplier = line.supplier_id
        same = line.currency_id == self.currency_id
        numbers = (line.confirmation_number or "").upper().replace(",", " ").split()
        return matching.Service(
            id=line.id,
            tax_id=supplier.vat or supplier.commercial_partner_id.vat or "",
            due=exact(line.supplier_due, 2) if same else None,
            numbers=tuple(numbers),
        )

    def _prepare_bill(self, bill):
        same = bill.currency_id == self.currency_id
        return matching.Bill(
            id=bill.id,
            tax_id=bill.commercial_partner_id.vat or "",
            residual=exact(bill.amount_residual if same else 0.0, 2),
            numbers=tuple(bill._get_numbers()),
        )

    def _prepare_suggestion_vals(self, match):
        return {
            "payment_order_id": self.id,
            "order_id": match.booking.id,
            "line_ids": match.services,
            "bill_id": match.bill,
            "points": match.points,
            "reasons": [tuple(reason) for reason in match.reasons],
            "objections": [tuple(reason) for reason in match.against],
        }


def _get_unknown_numbers(order):
    said = dict(order.reasons or [])
    numbers = said.get("unknown_number", {}).get("numbers", "")
    return set(numbers.split(", ")) - {""}


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_numbers(self):
        """The supplier's number of a bill and ours, as somebody may quote them."""
        self.ensure_one()
        return [number for number in (self.ref, self.name) if number and number != "/"]
