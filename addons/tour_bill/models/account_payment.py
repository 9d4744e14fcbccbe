"""Payments of bills: ordered by accounting, confirmed by the bank (BIL-11)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.tour_partner.defaults import without_defaults

from ..bill_states import MOVER

OWN_FIELDS = {"tour_bill_confirmed_on"}
READERS = "account.group_account_invoice,account.group_account_readonly"


class AccountPayment(models.Model):
    _inherit = "account.payment"

    tour_bill_event_ids = fields.One2many(
        comodel_name="tour.bill.event",
        inverse_name="payment_id",
        string="Events of bills",
        readonly=True,
        groups=READERS,
    )
    tour_bill_confirmed_on = fields.Datetime(
        string="Paid on",
        readonly=True,
        copy=False,
        groups=READERS,
        help="When the bank, or an accountant, said that it was paid.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_bill_vals(vals)
        guarded = without_defaults(self, OWN_FIELDS.__contains__)
        return super(AccountPayment, guarded).create(vals_list).with_env(self.env)

    def write(self, vals):
        self._check_bill_vals(vals)
        return super().write(vals)

    def _is_bill_mover(self):
        return self.env.context.get("tour_bill_mover") is MOVER

    @api.model
    def _check_bill_vals(self, vals):
        if OWN_FIELDS & vals.keys() and not self._is_bill_mover():
            raise AccessError(
                self.env._("That a bill is paid is said on the bill, or by the bank.")
            )

    # === Odoo's own buttons === #

    def action_draft(self):
        """Refuse to take a bill's payment order back behind the bill's back."""
        self._check_not_ordered()
        return super().action_draft()

    def action_cancel(self):
        self._check_not_ordered()
        return super().action_cancel()

    def action_reject(self):
        self._check_not_ordered()
        return super().action_reject()

    def _check_not_ordered(self):
        if self._is_bill_mover():
            return
        # In sudo: which bill it is for is told to whoever has the payment.
        for payment in self.sudo():
            bills = payment._get_ordered_bills()
            if bills and payment.state in ("in_process", "paid"):
                raise UserError(
                    self.env._(
                        "%(payment)s is the payment order of %(bills)s. Take it back "
                        "there, with a reason.",
                        payment=payment.display_name,
                        bills=", ".join(bill._get_bill_name() for bill in bills),
                    )
                )

    def _get_ordered_bills(self):
        """The bills that these payments were ordered for."""
        return self.tour_bill_event_ids.filtered(
            lambda event: event.act in ("order", "replace")
        ).move_id

    # === What the bank says === #

    def _confirm_bill_payments(self, note=""):
        """The bank paid these: their bills are paid, or go round again for the rest.

        Payments of no bill, and such that were confirmed before, are passed over. A
        bill that went round again keeps going: only its payment waits no longer.

        :return: the bills that moved
        """
        # In sudo: the bank's word counts, whoever brings it.
        waiting = self.sudo().filtered(
            lambda payment: (
                payment.state in ("in_process", "paid")
                and not payment.tour_bill_confirmed_on
                and payment._get_ordered_bills()
            )
        )
        bills = waiting._get_ordered_bills().filtered(
            lambda bill: bill.tour_bill_state == "ordered"
        )
        for bill in bills:
            bill._do_bill_act("confirm", note=note, payments=waiting)
        rest = waiting.filtered(lambda payment: not payment.tour_bill_confirmed_on)
        rest._get_ordered_bills()._lock_bill()
        rest._set_bill_confirmed()
        return bills

    def _unconfirm_bill_payments(self, note):
        """The bank did not pay these after all: a match was taken back.

        A bill that went round again keeps going: only its payment waits again.
        """
        # In sudo: as above.
        confirmed = self.sudo().filtered("tour_bill_confirmed_on")
        bills = confirmed._get_ordered_bills()
        for bill in bills.filtered(lambda bill: bill.tour_bill_state == "paid"):
            bill._do_bill_act("unconfirm", note=note, payments=confirmed)
        rest = confirmed.filtered("tour_bill_confirmed_on")
        rest._get_ordered_bills()._lock_bill()
        rest._set_bill_unconfirmed()
        return bills

    def _set_bill_confirmed(self):
        self.with_context(tour_bill_mover=MOVER).write(
            {"tour_bill_confirmed_on": fields.Datetime.now()}
        )

    def _set_bill_unconfirmed(self):
        self.with_context(tour_bill_mover=MOVER).write(
            {"tour_bill_confirmed_on": False}
        )

    def _check_bill_order_undoable(self):
        """Refuse to take back what the bank has.

        Override where the bank gets payment orders another way.

        :raise UserError: with the way out
        """
        at_bank = self.filtered(lambda payment: payment.reconciled_statement_line_ids)
        if at_bank:
            raise UserError(
                self.env._(
                    "%(payments)s stands on a statement of the bank and is not taken "
                    "back.",
                    payments=", ".join(at_bank.mapped("display_name")),
                )
            )
