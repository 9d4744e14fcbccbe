from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.tour_partner.defaults import without_defaults

# Written by what takes the money of a top-up only.
TOPUP_FIELDS = {"tour_topup_id"}


class AccountPayment(models.Model):
    _inherit = "account.payment"

    tour_topup_id = fields.Many2one(
        comodel_name="tour.topup",
        string="Tops up the account by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_topup_vals(vals)
        guarded = without_defaults(self, TOPUP_FIELDS.__contains__)
        return super(AccountPayment, guarded).create(vals_list).with_env(self.env)

    def write(self, vals):
        self._check_topup_vals(vals)
        return super().write(vals)

    @api.model
    def _check_topup_vals(self, vals):
        if not self.env.su and TOPUP_FIELDS & vals.keys():
            raise AccessError(
                self.env._("Mark the invoice for topping up as paid instead.")
            )


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    tour_topup_id = fields.Many2one(
        comodel_name="tour.topup",
        string="Tops up the account by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    def _get_tour_fields(self):
        """Add what says which account it tops up."""
        return super()._get_tour_fields() | TOPUP_FIELDS

    def _create_payment(self, **extra_create_values):
        """Let the payment of a top-up say so; it is set off against nothing."""
        if self.tour_topup_id:
            extra_create_values.setdefault("tour_topup_id", self.tour_topup_id.id)
        return super()._create_payment(**extra_create_values)
