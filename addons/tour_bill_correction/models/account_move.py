"""What the supplier of a bill owes, and what of it was set off against the bill."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_amount

from odoo.addons.tour_correction.correction_states import MOVER, OWED


class AccountMove(models.Model):
    _inherit = "account.move"

    # Decided before the bill is in the books, done when it is handed over.
    tour_bill_setoff_wanted = fields.Boolean(
        string="Set off what the supplier owes",
        readonly=True,
        copy=False,
    )
    tour_bill_owed_text = fields.Char(
        string="The supplier owes",
        compute="_compute_tour_bill_owed",
    )
    tour_bill_may_set_off = fields.Boolean(compute="_compute_tour_bill_owed")
    tour_bill_setoff_amount = fields.Monetary(
        string="Set off",
        compute="_compute_tour_bill_setoff_amount",
        help="Of what the supplier owed: so much less is paid of the bill.",
    )
    tour_bill_setoff_text = fields.Char(
        string="Set off against it",
        compute="_compute_tour_bill_setoff_amount",
    )
    tour_setoff_credit_ids = fields.One2many(
        comodel_name="tour.overpayment.credit",
        inverse_name="against_id",
        string="Credits set off",
        readonly=True,
        groups="tour_partner.tour_group_accountant,tour_partner.tour_group_director",
    )

    @api.depends("commercial_partner_id", "company_id", "tour_bill_state")
    @api.depends_context("lang", "uid")
    def _compute_tour_bill_owed(self):
        """What the supplier owes, and whether this user may set it off."""
        owed = self._get_owed()
        for move in self:
            overpayments = owed.get(move._origin.id)
            move.tour_bill_owed_text = overpayments and overpayments._get_owed_text()
            move.tour_bill_may_set_off = bool(overpayments) and move._may_set_off()

    def _get_owed(self):
        """{id of the bill: what its supplier owes, the oldest first}; one query."""
        bills = self.filtered(
            lambda move: (
                move.tour_bill_state
                in ("uploaded", "prepared", "director", "accounting")
                and move.commercial_partner_id
            )
        )
        if not bills:
            return {}
        overpayments = self._find_owed(bills.commercial_partner_id, bills.company_id)
        known = overpayments.grouped(
            lambda o: (o.supplier_id.commercial_partner_id.id, o.company_id.id)
        )
        result = {
            move._origin.id: known.get(
                (move.commercial_partner_id.id, move.company_id.id)
            )
            for move in bills
        }
        return {key: value for key, value in result.items() if value}

    @api.model
    def _find_owed(self, suppliers, companies):
        # In sudo: whoever pays a supplier is told that he owes us, also where the
        # booking is a colleague's: its number and the sum.
        return (
            self.env["tour.overpayment"]
            .sudo()
            .search(
                [
                    ("supplier_id.commercial_partner_id", "in", suppliers.ids),
                    ("company_id", "in", companies.ids),
                    ("state", "in", OWED),
                ],
                order="date, id",
            )
        )

    @api.depends("tour_setoff_credit_ids.state", "line_ids.matched_debit_ids")
    @api.depends_context("lang")
    def _compute_tour_bill_setoff_amount(self):
        for move in self:
            # In sudo: entries are for accountants; the sum goes along with the bill.
            credits = move.sudo()._get_setoffs()
            rows = credits.credit_id._get_trade_rows()
            partials = rows.matched_credit_ids.filtered(
                lambda partial, move=move: partial.credit_move_id.move_id == move
            )
            move.tour_bill_setoff_amount = sum(
                partials.mapped("credit_amount_currency")
            )
            move.tour_bill_setoff_text = ", ".join(
                self.env._(
                    "%(amount)s of %(order)s",
                    amount=format_amount(self.env, credit.amount, credit.currency_id),
                    order=credit.overpayment_id.order_id.name,
                )
                for credit in credits
            )

    @api.depends("tour_bill_setoff_amount")
    def _compute_tour_bill_amounts(self):
        """What was set off was not paid."""
        result = super()._compute_tour_bill_amounts()
        for move in self:
            if move.tour_bill_setoff_amount:
                move.tour_bill_paid_amount -= move.tour_bill_setoff_amount
        return result

    def _get_setoffs(self):
        """Credits that are matched with these bills; in sudo mode."""
        # Not of bills that are filtered before: they would be read one by one.
        return self.tour_setoff_credit_ids.filtered(
            lambda credit: (
                credit.state == "used" and credit.against_id.move_type == "in_invoice"
            )
        )

    @api.depends("tour_setoff_credit_ids.state")
    def _compute_payment_state(self):
        """A bill that was set off whole is paid: nobody has reversed it."""
        result = super()._compute_payment_state()
        # In sudo: the state does not depend on who looks.
        for move in self.sudo():
            if move.payment_state == "reversed" and move._get_setoffs():
                move.payment_state = "paid"
        return result

    # === Rows and notes === #

    def _get_trade_rows(self):
        """What the supplier is owed, or owes, by these entries."""
        return self.line_ids.filtered(
            lambda line: line.account_type == "liability_payable"
        )

    def _get_open_rows(self):
        return self._get_trade_rows().filtered(lambda line: not line.reconciled)

    def _check_not_handed(self):
        """Refuse to take out of the books what an overpayment was settled with."""
        super()._check_not_handed()
        if self.env.context.get("tour_correction_mover") is MOVER:
            return
        # In sudo: that it is a credit of ours is told to whoever works with it.
        credits = (
            self.env["tour.overpayment.credit"]
            .sudo()
            .search(
                [
                    ("credit_id", "in", self.ids),
                    ("is_own", "=", True),
                    ("state", "!=", "undone"),
                ]
            )
        )
        if credits:
            raise UserError(
                self.env._(
                    "%(notes)s: entered for an overpayment. Open that again instead.",
                    notes=", ".join(credits.credit_id.mapped("display_name")),
                )
            )

    # === Money that came back === #

    def _invoice_paid_hook(self):
        """A note that waited was matched with money that came: nothing is owed."""
        result = super()._invoice_paid_hook()
        # In sudo: whoever matches need not be able to close what is owed.
        waiting = (
            self.env["tour.overpayment.credit"]
            .sudo()
            .search([("credit_id", "in", self.ids), ("state", "=", "waiting")])
        )
        waiting._follow_money()
        return result


class TourOverpayment(models.Model):
    _inherit = "tour.overpayment"

    def _get_owed_text(self):
        """“5,000 of T000123, 300 of T000130”; in sudo mode."""
        parts = [
            self.env._(
                "%(amount)s of %(order)s",
                amount=overpayment._format(overpayment.amount),
                order=overpayment.order_id.name,
            )
            for overpayment in self[:5]
        ]
        if len(self) > 5:
            parts.append(self.env._("and %(count)s more", count=len(self) - 5))
        return self.env._(
            "%(supplier)s owes %(amounts)s",
            supplier=self[:1].supplier_id.commercial_partner_id.name,
            amounts=", ".join(parts),
        )
