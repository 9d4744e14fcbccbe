from odoo import fields, models


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

    def _create_payment(self, **extra_create_values):
        """Let the payment of a top-up say so; it is set off against nothing."""
        if self.tour_topup_id:
            extra_create_values.setdefault("tour_topup_id", self.tour_topup_id.id)
        return super()._create_payment(**extra_create_values)
