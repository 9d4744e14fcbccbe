"""The money of a booking, as its invoices and the ledger tell it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.tour_partner.defaults import plain, without_defaults

from ..invoice_states import CLIENT_STATES, together
from .account_move import STAFF

# Invoices say themselves what they are for; cards are the clients' own to give.
LEDGER_FIELDS = {"client_invoice_ids", "collect_token_id"}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    client_invoice_ids = fields.Many2many(
        comodel_name="account.move",
        relation="tour_booking_invoice_rel",
        column1="order_id",
        column2="move_id",
        string="Client's invoices",
        readonly=True,
        copy=False,
        groups=STAFF,
        help="Invoices and credit notes of the booking: of its services, and made by "
        "hand.",
    )
    client_payment_state = fields.Selection(
        selection=CLIENT_STATES,
        string="Payment",
        compute="_compute_client_payment_state",
        store=True,
        index="btree_not_null",
        copy=False,
        help="What the client is told: follows from the invoices that he was shown.",
    )
    client_invoiced_amount = fields.Monetary(
        string="Sum of invoices",
        compute="_compute_invoice_columns",
        store=True,
        copy=False,
        groups=STAFF,
    )
    client_invoice_count = fields.Integer(
        compute="_compute_client_invoice_count", groups=STAFF
    )

    # === Computes === #

    @api.depends("client_invoice_ids.client_payment_state")
    def _compute_client_payment_state(self):
        for order in self:
            states = order.client_invoice_ids.mapped("client_payment_state")
            order.client_payment_state = together(states) or False

    @api.depends(
        "client_invoice_ids.amount_total",
        "client_invoice_ids.payment_state",
        "client_invoice_ids.state",
        "currency_id",
    )
    def _compute_invoice_columns(self):
        """Count invoices that were made by hand, too."""
        result = super()._compute_invoice_columns()
        for order in self:
            moves = order.client_invoice_ids.filtered(lambda m: m.state != "cancel")
            invoices = moves.filtered(lambda m: m.move_type == "out_invoice")
            if invoices:
                order.invoices_paid = invoices._is_tour_paid()
            order.client_invoiced_amount = sum(
                move.currency_id._convert(
                    move.amount_total,
                    order.currency_id,
                    move.company_id,
                    move.invoice_date or fields.Date.context_today(move),
                )
                for move in invoices
            )
        return result

    def _compute_client_invoice_count(self):
        for order in self:
            order.client_invoice_count = len(order.client_invoice_ids)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Let nobody tie invoices to a booking, or untie them, from its side."""
        for vals in vals_list:
            self._check_ledger_vals(vals)
        guarded = without_defaults(self, LEDGER_FIELDS.__contains__)
        return super(SaleOrder, guarded).create(vals_list).with_env(self.env)

    def write(self, vals):
        self._check_ledger_vals(vals)
        result = super().write(vals)
        if {"client_user_id", "partner_id"} & vals.keys():
            self._drop_foreign_cards()
        return result

    @api.model
    def _check_ledger_vals(self, vals):
        if self.env.su:
            return
        if vals.get("collect_token_id"):
            raise AccessError(
                self.env._(
                    "A card is the client's to give: he saves it when he pays online. "
                    "Here it can be taken away only."
                )
            )
        if "client_invoice_ids" in vals:
            raise AccessError(
                self.env._(
                    "Which invoices a booking has is not written: make the invoice "
                    "from the booking, or name the booking on the invoice."
                )
            )

    # === Buttons === #

    def action_view_client_invoices(self):
        """Open the invoices of the booking, with those made by hand."""
        self.ensure_one()
        return self.action_view_invoice(invoices=self.client_invoice_ids)

    def action_invoice_extra(self):
        """Choose extra services from the client's price list, and invoice them."""
        self.ensure_one()
        self.check_access("write")
        self._check_may_invoice()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_billing.tour_invoice_extra_action"
            ),
            "context": {"default_order_id": self.id},
        }

    # === Making invoices === #

    def _check_may_invoice(self):
        """Refuse before anything is typed what would be refused afterwards.

        :raise UserError: if a former invoice is not paid
        """
        for order in self.filtered("company_id.tour_one_open_invoice"):
            # In sudo: a colleague's invoice counts too.
            former = order.sudo().client_invoice_ids.filtered(
                lambda move: (
                    move.move_type == "out_invoice"
                    and move.state != "cancel"
                    and move.payment_state in ("not_paid", "partial")
                )
            )
            if former:
                raise UserError(former.sorted("id")[0]._explain_former(order))

    def _create_extra_invoice(self, lines):
        """Make an invoice of extra services, at the prices of the client's list.

        :param list lines: values of invoice lines: product, quantity, discount
        :return: the invoice, a draft
        """
        self.ensure_one()
        self.check_access("write")
        self._check_may_invoice()
        values = self._prepare_invoice()
        values.update(
            tour_booking_ids=[fields.Command.set(self.ids)],
            invoice_line_ids=[fields.Command.create(line) for line in lines],
            # Payments of the order itself are for its services.
            transaction_ids=[],
        )
        # In sudo, as Odoo makes the invoices of orders: sellers may not write them.
        # Whoever orders it says by no context what else is on it, or left out.
        return plain(self.env["account.move"]).sudo().create(values).with_env(self.env)

    # === The client === #

    def _get_portal_invoices(self):
        """The latest invoices that the client may see on the booking's page."""
        return self._get_shown_invoices()[:3]

    def _get_shown_invoices(self):
        """All that the client may see, the latest first; in sudo."""
        self.ensure_one()
        # In sudo: the page was opened by who may see the booking; what he may see of
        # its invoices is what is left here.
        moves = self.sudo().client_invoice_ids.filtered(
            lambda move: (
                move.state == "posted"
                and (
                    move.tour_shown_on
                    or (
                        move.move_type == "out_refund"
                        and move.reversed_entry_id.tour_shown_on
                    )
                )
            )
        )
        return moves.sorted("date", reverse=True)
