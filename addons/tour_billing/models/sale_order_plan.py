"""What is due when: the plan of a booking, and the card it is collected from."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .account_move import STAFF


class SaleOrder(models.Model):
    _inherit = "sale.order"

    collect_token_id = fields.Many2one(
        comodel_name="payment.token",
        string="Saved card",
        copy=False,
        index="btree_not_null",
        groups=STAFF,
        help="What falls due by the plan is collected from it. The client saves it "
        "when he pays online.",
    )
    may_collect = fields.Boolean(
        string="Collected by itself", compute="_compute_may_collect", groups=STAFF
    )
    due_line_ids = fields.Many2many(
        comodel_name="account.move.line",
        compute="_compute_due_line_ids",
        string="What is due when",
        groups=STAFF,
    )

    @api.depends("partner_id")
    def _compute_payment_term_id(self):
        """Bookings take the plan of the contract, else the client's, else ours."""
        result = super()._compute_payment_term_id()
        bookings = self.filtered("is_tour_booking")
        if not bookings:
            return result
        for company, orders in bookings.grouped("company_id").items():
            # In sudo: the plan is told to who books, the contract is not.
            clients = orders.partner_id.commercial_partner_id.sudo()
            plans = clients._get_contract_plans(company)
            for order in orders:
                client = order.partner_id.commercial_partner_id.sudo()
                order.payment_term_id = (
                    plans.get(client)
                    or order.payment_term_id
                    or company.sudo().tour_payment_term_id
                )
        return result

    @api.depends("payment_term_id.tour_auto_collect")
    def _compute_may_collect(self):
        for order in self:
            order.may_collect = order.payment_term_id.tour_auto_collect

    @api.constrains("collect_token_id")
    def _check_collect_token_id(self):
        # In sudo: a card is compared, not shown.
        for order in self.sudo().filtered("collect_token_id"):
            if not order._is_own_card(order.collect_token_id):
                raise ValidationError(
                    self.env._(
                        "%(booking)s: the saved card is another client's.",
                        booking=order.name,
                    )
                )

    @api.depends("client_invoice_ids.line_ids.date_maturity")
    def _compute_due_line_ids(self):
        for order in self:
            invoices = order.client_invoice_ids.filtered(
                lambda move: move.move_type == "out_invoice" and move.state == "posted"
            )
            rows = invoices._get_due_rows()
            order.due_line_ids = rows.sorted(lambda row: (row.date_maturity, row.id))

    def _get_plan_dates(self):
        """The days that a plan counts from: the first booking, the first arrival."""
        if not self:
            return None
        booked = [
            fields.Datetime.context_timestamp(order, order.date_order).date()
            for order in self
            if order.date_order
        ]
        arrivals = [
            order.service_date_from for order in self if order.service_date_from
        ]
        return min(booked, default=None), min(arrivals, default=None)

    def _is_own_card(self, token):
        """Whether it is the card of who ordered, or of the client; not a colleague's.

        Note: in sudo mode.
        """
        owners = self.client_user_id.partner_id | self.partner_id
        return token.partner_id in owners and token.company_id == self.company_id

    def _drop_foreign_cards(self):
        """Forget the cards of who is no client of the booking any more."""
        # In sudo: a card is compared, not shown.
        for order in self.sudo().filtered("collect_token_id"):
            if not order._is_own_card(order.collect_token_id):
                order.collect_token_id = False

    def _keep_card(self, token):
        """Collect what falls due from the card that the client gave; in sudo mode."""
        for order in self:
            if (
                order.may_collect
                and not order.collect_token_id
                and order._is_own_card(token)
            ):
                order.collect_token_id = token


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_contract_plans(self, company):
        """The plan that a contract in force gives each of these commercial entities.

        :return: {commercial entity: plan}
        """
        contracts = self.env["tour.contract"].search(
            [
                ("partner_id.commercial_partner_id", "in", self.ids),
                ("company_id", "=", company.id),
                ("state", "=", "in_force"),
                ("payment_term_id", "!=", False),
            ],
            order="date_from, id",
        )
        return {
            contract.partner_id.commercial_partner_id: contract.payment_term_id
            for contract in contracts
        }
