"""What a booking earns, as planned and in fact, and what is wrong with it (BKG-26).

Planned is what its services say: the client's price less his discount, and what the
supplier charges less our commission. In fact is what was invoiced and billed: posted
invoices of its services, in the prices of their lines, and posted bills of suppliers,
with tax, as suppliers' prices are. Where we pay in full, the commission that the hotel
owes us is taken off the bill. A bill for several bookings is shared between them by
what was planned for its supplier. All in the company's currency.

Stored, so that lists, pivots and charts over all bookings are read from one table.
"""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import float_compare

from odoo.addons.tour_booking.models.sale_order import STAFF

WHERE = "WHERE is_tour_booking IS TRUE"
NEWEST = "(date_order DESC, id DESC) INCLUDE (company_id)"
AMOUNTS = (
    "planned_income",
    "planned_cost",
    "planned_profit",
    "planned_due",
    "actual_income",
    "actual_cost",
    "actual_profit",
)
NUMBERS = (*AMOUNTS, "planned_margin", "actual_margin")
PROBLEMS = ("lacks_cost", "is_over_billed", "is_under_invoiced", "is_loss")
_LINES = (
    "order_line.client_discount_amount",
    "order_line.commission_amount",
    "order_line.price_unit",
    "order_line.product_uom_qty",
    "order_line.service_type_id",
    "order_line.supplier_due",
    "order_line.supplier_price_total",
)
_MOVES = (
    "bill_ids.amount_total_signed",
    "bill_ids.state",
    "bill_ids.tour_order_ids",
    "order_line.invoice_lines.discount",
    "order_line.invoice_lines.move_id.state",
    "order_line.invoice_lines.price_unit",
    "order_line.invoice_lines.quantity",
)


def _amount(label, **options):
    return fields.Monetary(
        string=label,
        currency_field="company_currency_id",
        compute="_compute_profit",
        store=True,
        groups=STAFF,
        **options,
    )


def _percent(label):
    return fields.Float(
        string=label,
        compute="_compute_profit",
        store=True,
        aggregator="avg",
        groups=STAFF,
    )


def _problem(label, text):
    return fields.Boolean(
        string=label, compute="_compute_profit", store=True, groups=STAFF, help=text
    )


class SaleOrder(models.Model):
    _inherit = "sale.order"

    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company currency"
    )
    planned_income = _amount("Planned income")
    planned_cost = _amount("Planned cost")
    planned_profit = _amount("Planned profit")
    planned_due = _amount("Planned bills of suppliers")
    planned_margin = _percent("Planned margin (%)")
    actual_income = _amount("Invoiced")
    actual_cost = _amount("Cost by bills")
    actual_profit = _amount("Profit in fact")
    actual_margin = _percent("Margin in fact (%)")
    lacks_cost = _problem("Cost is missing", "A service has a price and no cost.")
    is_over_billed = _problem(
        "Over-billed", "Suppliers billed more than what was agreed."
    )
    is_under_invoiced = _problem(
        "Invoiced below the price", "The invoices come to less than the price."
    )
    is_loss = _problem("Sold under cost", "The booking costs more than it brings.")
    is_low_margin = fields.Boolean(
        string="Margin below the rule",
        compute="_compute_is_low_margin",
        search="_search_is_low_margin",
        groups=STAFF,
        help="Less is left of the price than the company's least margin.",
    )

    _profit_lacks_cost_idx = models.Index(f"{NEWEST} {WHERE} AND lacks_cost IS TRUE")
    _profit_over_billed_idx = models.Index(
        f"{NEWEST} {WHERE} AND is_over_billed IS TRUE"
    )
    _profit_under_invoiced_idx = models.Index(
        f"{NEWEST} {WHERE} AND is_under_invoiced IS TRUE"
    )
    _profit_loss_idx = models.Index(f"{NEWEST} {WHERE} AND is_loss IS TRUE")
    _profit_planned_idx = models.Index(f"(planned_profit) {WHERE}")
    _profit_margin_idx = models.Index(f"(planned_margin, company_id) {WHERE}")

    # === Computes === #

    @api.depends(
        "acquiring_cost",
        "currency_rate",
        "invoice_status",
        "is_tour_booking",
        "penalty_from",
        "state",
        *_LINES,
        *_MOVES,
    )
    def _compute_profit(self):
        bookings = self.filtered("is_tour_booking")
        for order in self - bookings:
            order.update(dict.fromkeys((*NUMBERS, *PROBLEMS), False))
        changed = self.browse()
        for order in bookings:
            profit = order._get_profit()
            currency = order.company_currency_id
            if currency.compare_amounts(order.planned_due, profit["planned_due"]):
                changed += order
            order.update(profit)
        # What bills are shared by has changed for the other bookings of them, too.
        others = changed.bill_ids.tour_order_ids - bookings
        for name in (*NUMBERS, *PROBLEMS) if others else ():
            self.env.add_to_compute(self._fields[name], others)

    def _get_profit(self):
        """Values of the profit's fields of this booking."""
        self.ensure_one()
        plan = self._get_planned_amounts()
        fact = self._get_actual_amounts(plan)
        currency = self.company_currency_id
        values = {
            "planned_income": plan["income"],
            "planned_cost": plan["cost"],
            "planned_profit": plan["income"] - plan["cost"],
            "planned_due": plan["due"],
            "actual_income": fact["income"],
            "actual_cost": fact["cost"],
            "actual_profit": fact["income"] - fact["cost"],
        }
        values = {name: currency.round(value) for name, value in values.items()}
        for kind in ("planned", "actual"):
            values[f"{kind}_margin"] = _get_percent(
                values[f"{kind}_profit"], values[f"{kind}_income"]
            )
        return values | self._find_problems(plan, fact, values)

    def _find_problems(self, plan, fact, values):
        def more(one, other):
            return self.company_currency_id.compare_amounts(one, other) > 0

        is_known = fact["income"] and fact["billed"]
        return {
            "lacks_cost": plan["lacks_cost"],
            "is_over_billed": self._takes_place() and more(fact["billed"], plan["due"]),
            "is_under_invoiced": bool(fact["income"])
            and self.invoice_status == "invoiced"
            and more(plan["price"], fact["income"]),
            "is_loss": more(0, values["planned_profit"])
            or bool(is_known and more(0, values["actual_profit"])),
        }

    def _takes_place(self):
        self.ensure_one()
        return self.state != "cancel" and not self.penalty_from

    def _get_planned_amounts(self):
        """What the services say, in the company's currency."""
        self.ensure_one()
        lines = self._get_services() if self._takes_place() else self.order_line[:0]
        rate = self.currency_rate or 1.0
        price = sum(line.price_unit * line.product_uom_qty for line in lines)
        discount = sum(lines.mapped("client_discount_amount"))
        cost = sum(line._get_planned_cost() for line in lines)
        acquiring = self.acquiring_cost if lines else 0
        return {
            "price": (price - discount) / rate,
            "income": (price - discount) / rate,
            "cost": (cost + acquiring) / rate,
            "due": sum(lines.mapped("supplier_due")) / rate,
            "commission": (sum(lines.mapped("supplier_due")) - cost) / rate,
            "acquiring": acquiring / rate,
            "lacks_cost": any(
                line.price_unit and not line.supplier_price_total for line in lines
            ),
        }

    def _get_actual_amounts(self, plan):
        """What was invoiced and billed, in the company's currency."""
        self.ensure_one()
        income = sum(
            line._get_amount_as_priced()
            for line in self.order_line.invoice_lines
            if line.move_id.state == "posted"
        )
        bills = self.bill_ids.filtered(lambda bill: bill.state == "posted")
        billed = sum(
            -bill.amount_total_signed * self._get_share(bill) for bill in bills
        )
        cost = billed - plan["commission"] + plan["acquiring"] if bills else 0.0
        return {"income": income, "billed": billed, "cost": cost}

    def _get_share(self, bill):
        """The part of a bill that is for this booking, from 0 to 1."""
        orders = bill.tour_order_ids
        if len(orders) <= 1:
            return 1.0
        supplier = bill.commercial_partner_id
        weights = {
            order: sum(
                line.supplier_due / (order.currency_rate or 1.0)
                for line in order._get_services()
                if line.supplier_id.commercial_partner_id == supplier
            )
            for order in orders
        }
        total = sum(weights.values())
        return weights[self] / total if total else 1.0 / len(orders)

    @api.depends("planned_margin", "planned_income", "company_id.tour_min_margin")
    def _compute_is_low_margin(self):
        for order in self:
            order.is_low_margin = bool(
                order.is_tour_booking
                and order.planned_income
                and float_compare(
                    order.planned_margin, order.company_id.tour_min_margin, 4
                )
                < 0
            )

    def _search_is_low_margin(self, operator, value):
        if operator != "in":
            return NotImplemented
        # In sudo: the rule of each company is for whoever may read its bookings.
        companies = self.env["res.company"].sudo().search([("active", "=", True)])
        low = Domain("planned_income", ">", 0) & Domain.OR(
            Domain("company_id", "in", group.ids) & Domain("planned_margin", "<", least)
            for least, group in companies.grouped("tour_min_margin").items()
        )
        if False in value:
            return Domain.TRUE if True in value else ~low
        return low

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Offer to sort bookings by what has an index."""
        result = super().fields_get(allfields, attributes)
        if self.env.context.get("default_is_tour_booking"):
            for name in (*NUMBERS, *PROBLEMS):
                if "sortable" in result.get(name, ()) and name not in (
                    "planned_profit",
                    "planned_margin",
                ):
                    result[name]["sortable"] = False
        return result


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_planned_cost(self):
        """What the service costs us in the end."""
        self.ensure_one()
        return self.supplier_price_total - self.commission_amount


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _get_amount_as_priced(self):
        """Amount in the terms of the price, in the company's currency.

        Whether that is with tax or without depends on the tax, as for the service.
        """
        self.ensure_one()
        sign = -1 if self.move_id.move_type == "out_refund" else 1
        amount = self.price_unit * self.quantity * (1 - self.discount / 100)
        return sign * amount / (self.move_id.invoice_currency_rate or 1.0)


def _get_percent(profit, income):
    return 100 * profit / income if income > 0 else 0.0
