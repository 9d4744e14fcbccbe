"""Paying with gift cheques: their journal, and what its payments take off them."""

import logging

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .tour_gift_cheque import USED

_logger = logging.getLogger(__name__)


class TourGiftCheque(models.Model):
    _inherit = "tour.gift.cheque"

    def _mail_code(self):
        """Queue a mail with the code to who bought the cheque; note: in sudo mode."""
        self.mailed_on = fields.Datetime.now()
        self.env["tour.notification.category"]._send_mails(
            "gift_cheque",
            self.env.ref("tour_billing.mail_template_gift_cheque"),
            {self: self.partner_id},
        )


class AccountMove(models.Model):
    _inherit = "account.move"

    def _invoice_paid_hook(self):
        """Mail the codes of the cheques that were paid for."""
        result = super()._invoice_paid_hook()
        # In sudo: who enters a payment need not see cheques.
        cheques = self.env["tour.gift.cheque"].sudo()
        sold = cheques.search(
            [
                ("move_id", "in", self.ids),
                ("state", "=", "issued"),
                ("kind", "=", "sold"),
                ("mailed_on", "=", False),
            ]
        )
        for cheque in sold._as_actor():
            try:
                with self.env.cr.savepoint():
                    cheque._mail_code()
            except OperationalError:
                raise
            except Exception:
                # Money that has come is entered; the code can be read out.
                _logger.exception("The code of cheque %s is not mailed", cheque.id)
        return result


class AccountPayment(models.Model):
    _inherit = "account.payment"

    gift_cheque_id = fields.Many2one(
        comodel_name="tour.gift.cheque",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )

    def write(self, vals):
        """What a cheque has paid stays its own."""
        if "gift_cheque_id" in vals and any(payment.state in USED for payment in self):
            raise AccessError(
                self.env._("Which cheque paid is not changed afterwards.")
            )
        return super().write(vals)

    def action_post(self):
        """Take what gift cheques pay off them, and nothing without one."""
        for payment in self:
            # In sudo: who takes a cheque at the desk need not see all of them.
            cheque = payment.sudo().gift_cheque_id
            by_cheque = payment.journal_id == payment.company_id.tour_gift_journal_id
            if not (by_cheque or cheque):
                continue
            if not (by_cheque and cheque) or payment.payment_type != "inbound":
                raise UserError(
                    self.env._(
                        "Gift cheques are taken by 'Mark as paid' of the invoice, with "
                        "their code."
                    )
                )
            # Odoo's window enters payments before it posts them: that is taken off.
            taken = payment.state in USED
            cheque._check_usable(0.0 if taken else payment.amount, payment.currency_id)
        result = super().action_post()
        for payment in self.sudo().filtered("gift_cheque_id"):  # In sudo: as above.
            payment._settle_cheque()
        return result

    def _settle_cheque(self):
        """Match what was taken off the cheque with what issued it; in sudo mode.

        So its account has what is left of it, in the company's currency, too: what
        rates have changed meanwhile is entered as a difference of exchange.
        """
        account = self.journal_id.default_account_id
        rows = (self.move_id | self.gift_cheque_id.move_id).line_ids.filtered(
            lambda row: (
                row.account_id == account
                and row.parent_state == "posted"
                and not row.reconciled
            )
        )
        if account.reconcile and len(rows.move_id) > 1:
            rows.reconcile()


class ResCompany(models.Model):
    _inherit = "res.company"

    tour_gift_journal_id = fields.Many2one(
        comodel_name="account.journal",
        string="Journal of gift cheques",
        readonly=True,
        copy=False,
        help="Made with its account when the first cheque is issued.",
    )
    tour_gift_expense_account_id = fields.Many2one(
        comodel_name="account.account",
        string="Gift cheques given away cost",
        check_company=True,
        domain=[("account_type", "in", ("expense", "expense_direct_cost"))],
    )

    def _get_gift_journal(self):
        """The journal that gift cheques pay by; its money is what we owe for them.

        Note: in sudo mode.
        """
        self.ensure_one()
        if self.tour_gift_journal_id:
            return self.tour_gift_journal_id
        # Two first cheques at once make one journal.
        self.lock_for_update(allow_referencing=True)
        Account = self.env["account.account"].with_company(self)
        account = Account.create(
            {
                "name": self.env._("Gift cheques"),
                "code": Account._search_new_account_code("279000"),
                "account_type": "liability_current",
                "reconcile": True,
            }
        )
        journal = self.env["account.journal"].create(
            {
                "name": self.env._("Gift cheques"),
                "type": "cash",
                "code": "GIFT",
                "company_id": self.id,
                "default_account_id": account.id,
                "show_on_dashboard": False,
            }
        )
        journal.inbound_payment_method_line_ids.payment_account_id = account
        self.tour_gift_journal_id = journal
        return journal


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    tour_gift_expense_account_id = fields.Many2one(
        related="company_id.tour_gift_expense_account_id", readonly=False
    )
