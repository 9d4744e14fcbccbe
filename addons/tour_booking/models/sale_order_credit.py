"""Whether a client gets more credit than his contract gives him (PPL-12).

It is said, and refuses nothing: who may go on is for people to decide. A client owes
what is not paid by the books, what stands on drafts of invoices, and what was sold and
is on no invoice yet; payments without an invoice count for him.
"""

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools.misc import format_amount

from ..booking_states import OPEN


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.depends("amount_total", "company_id", "partner_id", "state")
    def _compute_booking_hints(self):
        """Say first that the client is over his credit limit."""
        result = super()._compute_booking_hints()
        for order, text in self._get_credit_texts().items():
            hint = {
                "code": "over_credit",
                "severity": "danger",
                "text": text,
                "line_id": False,
            }
            order.booking_hints = [hint, *(order.booking_hints or [])]
        return result

    def _get_credit_texts(self):
        """What is said of those orders whose client is over his limit, with the order.

        Note: a fixed number of queries for orders of one company.

        :rtype: dict
        """
        texts = {}
        open_orders = self.filtered(lambda order: order.booking_state in OPEN)
        for company, orders in open_orders.grouped("company_id").items():
            # In sudo: the sum of what a client owes is told to who books for him, the
            # invoices are not.
            clients = orders.partner_id.commercial_partner_id.sudo()
            contracts = clients._get_credit_contracts(company)
            owing = clients.filtered(contracts.get)
            owed = owing._get_owed_amounts(company)
            for order in orders:
                client = order.partner_id.commercial_partner_id.sudo()
                if contract := contracts.get(client):
                    text = order._explain_credit(contract, owed[client])
                    texts.update({order: text} if text else {})
        return texts

    def _explain_credit(self, contract, owed):
        """What is said if this order and what is ``owed`` are above the limit.

        :param float owed: in the currency of the company; without what is not sold yet
        """
        company, currency = self.company_id, contract.currency_id
        today = fields.Date.context_today(self)
        owed = company.currency_id._convert(owed, currency, company, today)
        if self.state != "sale":
            owed += self.currency_id._convert(
                self.amount_total, currency, company, today
            )
        excess = owed - contract.credit_limit
        if currency.compare_amounts(excess, 0.0) <= 0:
            return ""
        return self.env._(
            "%(client)s is over the credit limit of contract %(contract)s by "
            "%(excess)s: %(owed)s of %(limit)s, with this booking.",
            client=contract.partner_id.commercial_partner_id.name,
            contract=contract.name,
            excess=format_amount(self.env, excess, currency),
            owed=format_amount(self.env, owed, currency),
            limit=format_amount(self.env, contract.credit_limit, currency),
        )


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_credit_contracts(self, company):
        """The contract in force that limits the credit of each of these; of several,
        the latest.

        :return: {commercial entity: contract}
        """
        contracts = self.env["tour.contract"].search(
            [
                ("partner_id.commercial_partner_id", "in", self.ids),
                ("company_id", "=", company.id),
                ("state", "=", "in_force"),
                ("payment_kind", "!=", "prepaid"),
                ("credit_limit", ">", 0),
            ],
            order="date_from, id",
        )
        return {c.partner_id.commercial_partner_id: c for c in contracts}

    def _get_owed_amounts(self, company):
        """What each of these commercial entities owes the company, in its currency.

        Note: in sudo mode.
        """
        owed = defaultdict(float)
        if not self:
            return owed
        today = fields.Date.context_today(self)
        # By the books: posted invoices, less what was paid.
        for client in self.with_company(company):
            owed[client] += client.credit
        drafts = self.env["account.move"]._read_group(
            [
                ("commercial_partner_id", "in", self.ids),
                ("company_id", "=", company.id),
                ("move_type", "in", ("out_invoice", "out_refund")),
                ("state", "=", "draft"),
            ],
            ["commercial_partner_id"],
            ["amount_total_signed:sum"],
        )
        for client, amount in drafts:
            owed[client] += amount
        sold = self.env["sale.order.line"]._read_group(
            [
                ("order_id.partner_id.commercial_partner_id", "in", self.ids),
                ("company_id", "=", company.id),
                ("state", "=", "sale"),
                ("invoice_status", "=", "to invoice"),
            ],
            ["order_partner_id", "currency_id"],
            ["price_total:sum"],
        )
        for partner, currency, amount in sold:
            client = partner.commercial_partner_id
            owed[client] += currency._convert(
                amount, company.currency_id, company, today
            )
        return owed
