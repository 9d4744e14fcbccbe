from odoo.addons.tour_refund.tests.common import RefundCommon


class AccountCommon(RefundCommon):
    """A client who pays in advance."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.receivable = cls.client_company.property_account_receivable_id

    def _top_up(self, amount=5000, paid=None, user=None, **values):
        topup = (
            self.env["tour.topup"]
            .with_user(user or self.accountant)
            .create({"partner_id": self.client_company.id, "amount": amount, **values})
        )
        if paid != 0:
            self._pay_topup(topup, amount=paid or amount)
        return topup

    def _open_topup(self, topup, user=None, **values):
        topup = topup.with_user(user or self.accountant)
        context = topup.action_mark_paid()["context"]
        return (
            self.env["tour.topup.pay"]
            .with_user(user or self.accountant)
            .with_context(**context)
            .create({"journal_id": self.cash.id, **values})
        )

    def _pay_topup(self, topup, user=None, **values):
        self._open_topup(topup, user, **values).action_apply()

    def _get_credits(self):
        self.env.flush_all()
        return self.client_company.sudo()._get_account_credits(self.env.company)

    def _get_credit(self):
        return self._get_credits().get(self.env.company.currency_id, 0.0)

    def _pay(self, invoice, user=None):
        invoice = invoice.sudo(False).with_user(user or self.accountant)
        return invoice.action_pay_from_account()
