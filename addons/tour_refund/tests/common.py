from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.payment.models.payment_provider import PaymentProvider
from odoo.addons.tour_billing.tests.common import BillingCommon


class RefundCommon(BillingCommon):
    """Bookings of 10,000, paid; a provider that refunds parts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accommodation.client_may_ask_refund = True
        cls.method.support_refund = "partial"
        cls.support = "partial"

        def support(providers):
            providers.update(
                {
                    "support_express_checkout": False,
                    "support_manual_capture": False,
                    "support_refund": cls.support,
                    "support_tokenization": True,
                }
            )

        cls.classPatch(PaymentProvider, "_compute_feature_support_fields", support)

    def setUp(self):
        super().setUp()
        self.patch(
            type(self.env["ir.cron"]),
            "_commit_progress",
            lambda cron, *args, **kwargs: 60.0,
        )

    @contextmanager
    def _refused(self, text, exception=UserError):
        """Expect a refusal that says so; what was begun is taken back, as it is where
        a request fails."""
        with self.assertRaises(exception) as caught:
            yield
        self.assertRegex(str(caught.exception), text)

    def _create_paid(self, online=False, **values):
        invoice = self._create_shown(**values)
        if online:
            self._pay_online(invoice)
        else:
            self._mark_paid(invoice)
        return invoice

    def _create_nights(self, nights=2, rows=1, price=5000, tax=None, pay=True):
        """An invoice of so many nights, in so many rows."""
        invoice = self._invoice(self._create_sold()).sudo()
        row = {
            "name": "Nights",
            "quantity": nights,
            "price_unit": price,
            "tax_ids": [Command.set(tax.ids if tax else [])],
        }
        invoice.invoice_line_ids = [
            Command.clear(),
            *(Command.create(row) for _row in range(rows)),
        ]
        invoice.action_show_to_client()
        if pay:
            self._mark_paid(invoice)
        return invoice

    def _ask(self, invoice, user=None, amount=None, reason="Illness"):
        invoice = invoice.sudo(False).with_user(user or self.olga)
        refund_id = invoice.action_ask_refund(amount, reason)
        return self.env["tour.refund"].browse(refund_id).sudo()

    def _open_refund(self, invoice, user=None, refund=None, rows=None, **values):
        user = user or self.accountant
        if refund:
            action = refund.sudo(False).with_user(user).action_approve()
        else:
            action = invoice.sudo(False).with_user(user).action_refund()
        wizard = (
            self.env["tour.refund.make"]
            .with_user(user)
            .with_context(**action["context"])
            .create({"reason": "Goodwill", "journal_id": self.cash.id, **values})
        )
        for position, (quantity, price) in (rows or {}).items():
            wizard.line_ids[position].write(
                {"chosen": True, "quantity": quantity, "price_unit": price}
            )
        return wizard

    def _refund(self, invoice, user=None, refund=None, **values):
        wizard = self._open_refund(invoice, user, refund, **values)
        return self.env["tour.refund"].browse(wizard.action_apply()["res_id"]).sudo()

    def _send(self):
        self.env.flush_all()
        self.env["tour.refund"]._cron_send()

    def _refunding(self, answer):
        """Let the provider answer requests for refunds; see `_replying`.

        :return: list of the amounts that it was asked for
        """
        return self._replying("_send_refund_request", answer, "amount")
