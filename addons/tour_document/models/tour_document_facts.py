"""What single kinds of paper say besides the booking itself."""

from odoo import fields, models

from ..kinds import KINDS, OFF
from .sale_order_facts import exact

# Contracts that papers may name; the one in force comes first.
CONTRACT_STATES = ("in_force", "signed", "signed_us", "signed_client", "sent", "draft")


class TourDocument(models.Model):
    _inherit = "tour.document"

    def _get_facts(self):
        """Add the contract, what is enclosed and what was cancelled."""
        facts = super()._get_facts()
        if self.kind == "contract" or KINDS[self.kind].prices == "client":
            facts["contract"] = self._get_contract_facts()
        if self.kind == "cover_sheet":
            facts["enclosed"] = [
                document._get_enclosed_facts(self.lang)
                for document in self.order_id._get_enclosed_documents()
            ]
        if self.kind == "cancellation_accounting":
            facts["cancellation"] = self._get_cancellation_facts()
        return facts

    def _get_contract_facts(self):
        """The contract with the client; on other papers only if it is in force."""
        order = self.order_id
        # In sudo: whoever draws the client's papers may name the client's contract.
        contracts = (
            self.env["tour.contract"]
            .sudo()
            .search(
                [
                    (
                        "partner_id.commercial_partner_id",
                        "=",
                        order.partner_id.commercial_partner_id.id,
                    ),
                    ("company_id", "=", order.company_id.id),
                    ("state", "in", CONTRACT_STATES),
                ]
            )
        )
        if self.kind != "contract":
            contracts = contracts.filtered(lambda c: c.state == "in_force")
        contract = contracts.sorted(lambda c: CONTRACT_STATES.index(c.state))[:1]
        return {
            "number": contract.name,
            "date": contract.date_from,
            "date_to": contract.date_to,
            "terms": contract.payment_terms,
        }

    def _get_enclosed_facts(self, lang):
        """How the cover sheet names this document."""
        self.ensure_one()
        order = self.order_id
        document = self.with_context(lang=lang)
        kinds = dict(document._get_kind_names())
        line = document.line_id
        return {
            "name": kinds[self.kind],
            "text": line.hotel_id.name or line.service_type_id.name,
            "number": self.number,
            "date": self.date,
            "total": exact(line.price_total if line else order.amount_total),
            # One for either side of what both sign; of an invoice there is one.
            "copies": 1 if self.kind == "invoice" else 2,
        }

    def _get_cancellation_facts(self):
        """How the booking ended, and what of it is paid."""
        order = self.order_id.with_context(lang=self.lang)
        # In sudo: the letter is for accountants, whoever writes it; moves and bills
        # of this booking are named on it, and the letter itself is for staff.
        order_sudo = order.sudo()
        wordings = order.env["tour.booking.status"]._get_wordings(self.lang)
        wording = wordings.get(order.booking_state)
        event_sudo = order_sudo.env["tour.booking.event"].search(
            [("order_id", "=", order.id), ("to_state", "in", OFF)], limit=1
        )
        penalties = dict(
            order._fields["penalty_from"]._description_selection(order.env)
        )
        return {
            "client": order.partner_id.commercial_partner_id.name,
            "status": wording.name if wording else "",
            "date": fields.Date.to_date(event_sudo.date),
            "reason": event_sudo.comment,
            "penalty": exact(order.penalty_amount),
            "penalty_from": penalties.get(order.penalty_from),
            "bills": [
                self._get_bill_facts(bill)
                for bill in order_sudo.bill_ids
                if bill.state != "cancel"
            ],
        }

    def _get_bill_facts(self, bill):
        states = bill._fields["payment_state"]._description_selection(bill.env)
        return {
            "supplier": bill.commercial_partner_id.name,
            "name": bill.ref or bill.name,
            "payment": dict(states).get(bill.payment_state, ""),
            "total": exact(bill.amount_total),
        }


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_document_problems(self, kind):
        """A cover sheet needs something to lie on."""
        problems = super()._get_document_problems(kind)
        if problems or kind != "cover_sheet" or self._get_enclosed_documents():
            return problems
        return [
            self.env._(
                "%(order)s: a cover sheet lists acts and invoices, and there are none "
                "yet. Make them first.",
                order=self.name,
            )
        ]

    def _get_enclosed_documents(self):
        """Papers that go to the client's accountants, the oldest first."""
        self.ensure_one()
        kinds = [code for code, kind in KINDS.items() if kind.is_enclosed]
        return self.env["tour.document"].search(
            [("order_id", "=", self.id), ("kind", "in", kinds)], order="id"
        )
