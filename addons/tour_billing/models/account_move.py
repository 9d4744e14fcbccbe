"""Invoices of bookings: whose they are, and where they are in their life (BIL-13)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.misc import format_amount

from odoo.addons.tour_partner.defaults import without_defaults

from ..invoice_states import (
    ACTOR,
    CLIENT_STATES,
    STAGES,
    Facts,
    client_state,
    stage,
)

STAFF = "tour_partner.tour_group_staff"
# What is written by the acts only; see `account_move_act`.
ACT_FIELDS = {"tour_shown_on"}
OPEN_STATES = ("not_paid", "partial")


class AccountMove(models.Model):
    _inherit = "account.move"

    tour_booking_ids = fields.Many2many(
        comodel_name="sale.order",
        relation="tour_booking_invoice_rel",
        column1="move_id",
        column2="order_id",
        string="Bookings of the client",
        compute="_compute_tour_booking_ids",
        store=True,
        readonly=False,
        domain=[("is_tour_booking", "=", True)],
        help="Bookings that this invoice or credit note is for.",
    )
    tour_shown_on = fields.Datetime(
        string="Shown to the client on", readonly=True, copy=False
    )
    tour_stage = fields.Selection(
        selection=STAGES,
        string="Where it is",
        compute="_compute_tour_stage",
        groups=STAFF,
    )
    client_payment_state = fields.Selection(
        selection=CLIENT_STATES,
        string="Client's payment",
        compute="_compute_client_payment_state",
        store=True,
        index="btree_not_null",
    )

    # === Computes === #

    @api.depends("line_ids.sale_line_ids")
    def _compute_tour_booking_ids(self):
        """Add the bookings whose services are invoiced to those chosen by hand."""
        for move in self:
            orders = move.line_ids.sale_line_ids.order_id
            move.tour_booking_ids |= orders.filtered("is_tour_booking")

    @api.depends(
        "amount_residual",
        "amount_total",
        "move_type",
        "payment_state",
        "reversal_move_ids.amount_residual",
        "reversal_move_ids.state",
        "state",
        "tour_booking_ids",
        "tour_shown_on",
    )
    def _compute_client_payment_state(self):
        for move in self:
            facts = move._get_payment_facts() if move._is_client_invoice() else None
            move.client_payment_state = bool(facts) and client_state(facts)

    @api.depends(
        "amount_residual",
        "move_type",
        "payment_state",
        "state",
        "tour_booking_ids",
        "tour_shown_on",
        "transaction_ids.state",
    )
    def _compute_tour_stage(self):
        for move in self:
            # In sudo: whoever sees an invoice may know how it was paid.
            facts = move._is_client_invoice() and move.sudo()._get_payment_facts()
            move.tour_stage = bool(facts) and stage(facts)

    # === What the books say === #

    def _is_client_invoice(self):
        """Whether this is an invoice to a client for a booking of his."""
        return self.move_type == "out_invoice" and bool(self.tour_booking_ids)

    def _get_payment_facts(self):
        """What the books say of this invoice; note: in sudo mode for managers.

        :rtype: Facts
        """
        self.ensure_one()
        currency = self.currency_id
        credited, refunded = self._get_credited_amounts()
        return Facts(
            state=self.state,
            shown=bool(self.tour_shown_on),
            total=self.amount_total,
            residual=currency.round(self.amount_residual),
            paid=currency.round(self.amount_total - self.amount_residual - credited),
            online=currency.round(self._get_online_amount()),
            refunded=currency.round(refunded),
        )

    def _get_credited_amounts(self):
        """How much of the invoice its credit notes settled, and how much of them the
        client got back in money.

        Override where money goes back another way than by paying a credit note.

        :rtype: tuple[float, float]
        """
        credited = refunded = 0.0
        for note in self.reversal_move_ids.filtered(lambda n: n.state == "posted"):
            lines = note.line_ids.filtered(
                lambda line: line.display_type == "payment_term"
            )
            for partial in lines.matched_debit_ids:
                if partial.debit_move_id.move_id == self:
                    credited += partial.credit_amount_currency
                else:
                    refunded += partial.credit_amount_currency
        return credited, refunded

    def _get_online_amount(self):
        """What came through payment providers, less what they gave back."""
        # In sudo: transactions are for accountants.
        transactions = self.sudo().transaction_ids
        done = (transactions | transactions.child_transaction_ids).filtered(
            lambda tx: tx.state == "done" and tx.operation != "validation"
        )
        # Captures stand for the transaction that they are parts of.
        parts = done.filtered(lambda tx: tx.operation != "refund")
        paid = sum((done - parts.source_transaction_id).mapped("amount"))
        return paid + self._get_online_by_hand(transactions)

    def _get_online_by_hand(self, known):
        """What came online for something else, and was matched by hand."""
        rows = self.sudo().line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        )
        return sum(
            partial.debit_amount_currency
            for partial in rows.matched_credit_ids
            if (tx := partial.credit_move_id.payment_id.payment_transaction_id)
            and tx.state == "done"
            and tx not in known
        )

    def _get_pending_transactions(self):
        """Payments on their way, of which nobody knows yet how they end."""
        # In sudo: transactions are for accountants.
        return self.sudo().transaction_ids.filtered(lambda tx: tx._is_pending())

    # === Whose it is === #

    @api.constrains(
        "company_id", "invoice_line_ids", "line_ids", "partner_id", "tour_booking_ids"
    )
    def _check_tour_booking_ids(self):
        """What is for a booking is for its client, and of its company."""
        for move in self.filtered(
            lambda m: m.move_type in ("out_invoice", "out_refund")
        ):
            # In sudo: a booking is compared, not shown.
            for order in move.sudo().tour_booking_ids:
                clients = order.partner_id | order.partner_invoice_id
                if (
                    order.company_id != move.company_id
                    or move.commercial_partner_id not in clients.commercial_partner_id
                ):
                    raise ValidationError(
                        self.env._(
                            "%(invoice)s cannot be for %(booking)s: that is of another "
                            "client or another company.",
                            invoice=move.display_name,
                            booking=order.name,
                        )
                    )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_act_vals(vals)
        guarded = without_defaults(self, ACT_FIELDS.__contains__)
        moves = super(AccountMove, guarded).create(vals_list).with_env(self.env)
        moves._check_former_paid()
        return moves

    def write(self, vals):
        self._check_act_vals(vals)
        result = super().write(vals)
        if vals.get("is_move_sent"):
            self._follow_sending()
        if vals.get("tour_booking_ids"):
            self._check_former_paid()
        return result

    @api.model
    def _check_act_vals(self, vals):
        if self.env.context.get("tour_billing_actor") is ACTOR:
            return
        if any(name in vals for name in ACT_FIELDS):
            raise AccessError(
                self.env._(
                    "That an invoice was shown is not written: use 'Show to client' "
                    "(action_show_to_client)."
                )
            )

    def _as_actor(self):
        return self.with_context(tour_billing_actor=ACTOR)

    def _follow_sending(self):
        """What Odoo's own window sent to the client was shown to him."""
        sent = self.filtered(
            lambda move: (
                move._is_client_invoice()
                and move.state == "posted"
                and not move.tour_shown_on
            )
        )
        if sent:
            sent._set_shown()

    # === A further invoice === #

    def _check_former_paid(self):
        """Refuse a further invoice of a booking while a former one is open.

        :raise UserError: naming the booking and the former invoice
        """
        strict = self.filtered(
            lambda move: (
                move._is_client_invoice()
                and move.state != "cancel"
                and move.company_id.tour_one_open_invoice
            )
        )
        if not strict:
            return
        # In sudo: a colleague's invoice counts too.
        open_moves = self.sudo().search(
            [
                ("tour_booking_ids", "in", strict.tour_booking_ids.ids),
                ("move_type", "=", "out_invoice"),
                ("state", "!=", "cancel"),
                ("payment_state", "in", OPEN_STATES),
            ],
            order="id",
        )
        first = {}
        for move in open_moves:
            for order in move.tour_booking_ids:
                first.setdefault(order, move)
        for move in strict:
            for order in move.sudo().tour_booking_ids:
                if order in first and first[order].id < move.id:
                    raise UserError(first[order]._explain_former(order))

    def _explain_former(self, order):
        return self.env._(
            "%(booking)s already has an invoice that is not paid: %(invoice)s, "
            "%(amount)s. A further one can be made when it is paid, or cancelled.",
            booking=order.name,
            invoice=self.display_name,
            amount=format_amount(self.env, self.amount_total, self.currency_id),
        )
