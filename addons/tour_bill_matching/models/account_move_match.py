"""Finding the services of bills: many bills in as many queries as one (BIL-10)."""

from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.tour_hotel.amounts import decimal
from odoo.addons.tour_partner.defaults import plain
from odoo.addons.tour_payment_order.engine.matching import find_numbers

from ..engine import matching
from .account_move import UNMATCHED_STATES

# Services of a supplier this many days about the date of his bill are looked at.
WINDOW = 200
# And no more than so many for a supplier.
MAX_SERVICES = 400


def _add_counted(left, matches):
    """Add what these matches count to what is left of their services."""
    for match in matches:
        if match.service_id.id in left and match._counts():
            left[match.service_id.id] += match.service_amount


class AccountMove(models.Model):
    _inherit = "account.move"

    def _do_bill_act(self, act, note="", seen=None, **values):
        """Find the services of what is prepared, and of what is handed over."""
        if act == "hand_over" and self:
            self.check_access("read")
            # In sudo: services are looked for among all bookings. What is found does
            # not depend on who hands over, and is undone if he may not.
            ready = self.sudo().filtered(lambda m: m.tour_bill_state == "prepared")
            ready._lock_bill()
            ready._match_bill_services()
        result = super()._do_bill_act(act, note=note, seen=seen, **values)
        if act in ("prepare", "reopen"):
            self.sudo()._match_bill_services()  # In sudo: as above.
        return result

    def _match_bill_services(self):
        """Propose the services of these bills, and accept what is clear.

        What people decided stays, and so does what is found again: bookings are not
        written for nothing. In sudo mode; a fixed number of queries.
        """
        bills = plain(self).filtered(
            lambda move: (
                move.tour_bill_state not in UNMATCHED_STATES and move.state != "cancel"
            )
        )
        known = bills.tour_bill_match_ids
        loose = known.filtered(
            lambda match: match.state == "proposed" or match.is_by_rule
        )
        values = []
        for company, moves in bills.grouped("company_id").items():
            values += moves.with_company(company)._propose_services(
                known - loose, loose
            )
        loose._replace_by(values)
        for move in bills:
            move._link_matched_bookings()

    def _propose_services(self, kept, loose):
        """Values of the matches that the engine finds for bills of one company.

        :param kept: matches that people decided
        :param loose: matches that are found anew
        """
        numbering = self.env["tour.payment.order"]._get_numbering()
        facts = {
            move: move._prepare_bill_facts(move.tour_bill_match_ids & kept)
            for move in self
        }
        lines = self._find_services(facts, numbering)
        replaced = self._get_replaced_amounts()
        # What is left of each service, as if these bills were matched with none.
        left = {
            line.id: line.supplier_to_bill - line.supplier_billed_amount
            for line in lines
        }
        _add_counted(left, loose)
        values = []
        for move, bill in facts.items():
            own = dict(left)
            _add_counted(own, replaced.get(move, ()))
            found = matching.decide(
                bill,
                move._prepare_services(lines, own),
                numbering,
                move._get_own_allowance(),
            )
            for proposal in found:
                if proposal.is_accepted:
                    line = lines.browse(proposal.service)
                    left[line.id] -= move._to_service_currency(proposal.amount, line)
            values += [move._prepare_match_vals(proposal) for proposal in found]
        return values

    def _get_own_allowance(self):
        """The setting, in the currency of the bill."""
        company, own = self.company_id, self.company_id.currency_id
        amount = company.tour_bill_match_amount
        if amount and own != self.currency_id:
            amount = own._convert(
                amount, self.currency_id, company, self._get_match_date()
            )
        return matching.Allowance(
            decimal(company.tour_bill_match_percent), decimal(amount)
        )

    def _get_match_date(self):
        return self.invoice_date or fields.Date.context_today(self)

    # === What the engine is told === #

    def _prepare_bill_facts(self, kept):
        """The bill as the engine sees it, without what people decided already."""
        rows = self._get_rows_left(kept)
        is_whole = len(rows) == 1
        return matching.Bill(
            supplier=self.commercial_partner_id.id,
            text=self._get_match_text(),
            rows=tuple(
                matching.Row(0 if is_whole else line.id, line.name or "", left)
                for line, left in rows
            ),
            rounding=decimal(self.currency_id.rounding or 0.01),
        )

    def _get_match_text(self):
        """Hook: what the bill says beside its rows; override to add what was read."""
        self.ensure_one()
        texts = (self.ref, self.tour_bill_note, self.payment_reference)
        return "\n".join(filter(None, texts))

    def _find_services(self, facts, numbering):
        """Services that some of these bills may be for: of their bookings, of those
        that they name, what was found before, and of their suppliers about their dates.
        """
        texts = [text for bill in facts.values() for text in self._iter_texts(bill)]
        names = set(find_numbers("\n".join(texts), numbering).bookings)
        suppliers = self.commercial_partner_id
        dates = [move._get_match_date() for move in self]
        own = (
            Domain("company_id", "=", self.company_id.id)
            & Domain("service_type_id", "!=", False)
            & Domain("state", "!=", "cancel")
        )
        Line = self.env["sale.order.line"]
        lines = Line.search(
            own
            & (
                Domain("order_id", "in", self.tour_order_ids.ids)
                | Domain("order_id.name", "in", list(names))
                | Domain("id", "in", self.tour_bill_match_ids.service_id.ids)
            )
        )
        return lines | Line.search(
            own
            & Domain("supplier_id.commercial_partner_id", "in", suppliers.ids)
            & Domain("supplier_billing_state", "in", ("none", "partly"))
            & Domain("date_from", ">=", min(dates) - timedelta(days=WINDOW))
            & Domain("date_from", "<=", max(dates) + timedelta(days=WINDOW)),
            limit=MAX_SERVICES * max(len(suppliers), 1),
            order="date_from, id",
        )

    def _iter_texts(self, bill):
        yield bill.text
        for row in bill.rows:
            yield row.text

    def _get_replaced_amounts(self):
        """{bill: matches of the bill in whose place it came}."""
        return {
            move: move.tour_bill_replaces_id.tour_bill_match_ids
            for move in self.filtered("tour_bill_replaces_id")
        }

    def _prepare_services(self, lines, left):
        """The services as the engine sees them, for this bill.

        :param left: what is not billed yet, by id of the service
        """
        supplier = self.commercial_partner_id
        on_bill = self.tour_order_ids
        disputed = self.tour_bill_match_ids.filtered(
            lambda match: match.state == "disputed"
        )
        return [
            self._prepare_service_facts(line, left[line.id], on_bill)
            for line in lines - disputed.service_id
            if line.order_id in on_bill or self._may_mean(line, supplier)
        ]

    def _may_mean(self, line, supplier):
        """Leave out what a bill of this supplier cannot be for."""
        theirs = line.supplier_id.commercial_partner_id
        return not theirs or theirs == supplier

    def _prepare_service_facts(self, line, left, on_bill):
        order = line.order_id
        numbers = (order.client_order_ref, line.confirmation_number)
        return matching.Service(
            id=line.id,
            booking=order.id,
            number=order.name or "",
            supplier=line.supplier_id.commercial_partner_id.id or 0,
            left=self._to_bill_currency(left, line),
            other_numbers=tuple(filter(None, numbers)),
            guests=tuple(
                (guest.last_name or "", guest.first_name or "")
                for guest in line.guest_ids
            ),
            date_from=line.date_from or None,
            date_to=line.date_to or None,
            place=line.hotel_id.name or "",
            on_bill=order in on_bill,
        )

    def _to_bill_currency(self, amount, line):
        if line.currency_id != self.currency_id:
            amount = line.currency_id._convert(
                amount, self.currency_id, self.company_id, self._get_match_date()
            )
        return self._exact(amount)

    def _to_service_currency(self, amount, line):
        amount = float(amount)
        if line.currency_id == self.currency_id:
            return amount
        return self.currency_id._convert(
            amount, line.currency_id, self.company_id, self._get_match_date()
        )

    def _prepare_match_vals(self, proposal):
        row = self.env["account.move.line"].browse(proposal.row or ())
        return {
            "move_id": self.id,
            "move_line_id": row.id,
            "row_text": row.name or False,
            "service_id": proposal.service,
            "amount": float(proposal.amount),
            "points": proposal.points,
            "reasons": [
                [code, {key: str(value) for key, value in values.items()}]
                for code, values in proposal.reasons
            ],
            "state": "accepted" if proposal.is_accepted else "proposed",
            "is_by_rule": proposal.is_accepted,
            "decided_on": fields.Datetime.now() if proposal.is_accepted else False,
        }
