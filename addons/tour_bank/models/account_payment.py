"""Payments that the bank is told of: each in one file, see `tour.bank.file`."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.tour_partner.defaults import without_defaults

# Sentinel in the context of the writes that files make: it cannot come by RPC.
ACTOR = object()
OWN_FIELDS = {"tour_bank_file_id", "tour_order_number"}


class AccountPayment(models.Model):
    _inherit = "account.payment"

    tour_bank_file_id = fields.Many2one(
        comodel_name="tour.bank.file",
        string="File to the bank",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    tour_order_number = fields.Char(
        string="Payment order No.",
        readonly=True,
        copy=False,
        help="As the bank knows it; it stays when the file is made again.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_file_vals(vals)
        guarded = without_defaults(self, OWN_FIELDS.__contains__)
        return super(AccountPayment, guarded).create(vals_list).with_env(self.env)

    def write(self, vals):
        self._check_file_vals(vals)
        return super().write(vals)

    @api.model
    def _check_file_vals(self, vals):
        if self.env.context.get("tour_bank_actor") is ACTOR:
            return
        if OWN_FIELDS & vals.keys():
            raise AccessError(
                self.env._("What the bank was sent is not written: make a file.")
            )

    def action_make_bank_file(self):
        """Make a file for the bank's program of these payments."""
        made = self.env["tour.bank.file"]._make(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": "tour.bank.file",
            "res_id": made.id,
            "views": [(False, "form")],
        }

    def _check_bill_order_undoable(self):
        """Refuse to take back what lies in a file that the bank may have."""
        sent = self.filtered("tour_bank_file_id")
        if sent:
            raise UserError(
                self.env._(
                    "%(payments)s went to the bank in %(files)s. Withdraw that file "
                    "first, if the bank did not take it.",
                    payments=", ".join(sent.mapped("display_name")),
                    files=", ".join(sent.tour_bank_file_id.mapped("name")),
                )
            )
        return super()._check_bill_order_undoable()

    def action_draft(self):
        """Refuse to take back what lies in a file that the bank may have."""
        self._check_not_in_file()
        return super().action_draft()

    def action_cancel(self):
        """Refuse to cancel what lies in a file that the bank may have."""
        self._check_not_in_file()
        return super().action_cancel()

    def _check_not_in_file(self):
        if sent := self.filtered("tour_bank_file_id"):
            sent._check_bill_order_undoable()
