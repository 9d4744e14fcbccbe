from contextlib import contextmanager
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.fields import Command

from odoo.addons.payment.models.payment_transaction import PaymentTransaction
from odoo.addons.tour_booking.tests.common import BookingCommon


class BillingCommon(BookingCommon):
    """Bookings of 10,000 (two nights at 5,000), a cash desk, a provider of cards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._create_staff("accountant", "accountant")
        cls.director = cls._create_staff("director", "director")
        cls.olga = cls._create_client_user("olga")
        cls.boris = cls._create_client_user("boris")
        cls.curator = cls._create_client_user("curator", is_curator=True)
        Journal = cls.env["account.journal"]
        cls.cash = Journal.create({"name": "Desk", "type": "cash", "code": "DSK"})
        cls.bank = Journal.create({"name": "Cards", "type": "bank", "code": "CRD"})
        cls.provider = cls._create_provider()

    @classmethod
    def _create_provider(cls):
        """A provider that answers what a test wants; see `_answering`."""
        method = cls.env.ref("payment.payment_method_unknown")
        provider = cls.env["payment.provider"].create(
            {
                "name": "Cards",
                "code": "none",
                "state": "test",
                "is_published": True,
                "allow_tokenization": True,
                "payment_method_ids": [Command.set(method.ids)],
            }
        )
        method.write({"active": True, "support_tokenization": True})
        cls.env["account.payment.method.line"].create(
            {
                "name": "Cards",
                "payment_method_id": cls.env.ref(
                    "account.account_payment_method_manual_in"
                ).id,
                "journal_id": cls.bank.id,
                "payment_provider_id": provider.id,
            }
        )
        provider.invalidate_recordset(["journal_id"])
        cls.method = method
        return provider

    @classmethod
    def _create_sold(cls, *services, **values):
        """A booking that is sold, of Olga unless said otherwise."""
        values.setdefault("client_user_id", cls.olga.id)
        order = cls._create_booking(*services, **values)
        return cls._force_state(order, "confirmed")

    @classmethod
    def _invoice(cls, order, user=None):
        """The invoice of the booking's services, as its manager makes it."""
        return order.with_user(user or cls.manager)._create_invoices()

    @classmethod
    def _create_shown(cls, *services, **values):
        invoice = cls._invoice(cls._create_sold(*services, **values))
        invoice.action_show_to_client()
        return invoice.sudo()

    def _mark_paid(self, invoice, user=None, **values):
        """Mark the invoice as paid, as an accountant does."""
        wizard = self._open_pay(invoice, user, **values)
        wizard.action_apply()
        return invoice.sudo()._get_reconciled_payments()

    def _open_pay(self, invoice, user=None, **values):
        user = user or self.accountant
        invoice = invoice.sudo(False).with_user(user)
        action = invoice.action_mark_paid()
        Wizard = self.env["tour.invoice.pay"].with_user(user)
        return Wizard.with_context(**action["context"]).create(
            {"journal_id": self.cash.id, **values}
        )

    def _pay_online(self, invoice, amount=None, state="done", **values):
        """The client pays by card; the provider's notice is worked off."""
        tx = self._create_transaction(invoice, amount, **values)
        if state == "done":
            tx._set_done()
            tx._post_process()
        elif state == "pending":
            tx._set_pending()
        return tx

    def _create_transaction(self, invoice, amount=None, **values):
        return (
            self.env["payment.transaction"]
            .sudo()
            .create(
                {
                    "provider_id": self.provider.id,
                    "payment_method_id": self.method.id,
                    "amount": amount or invoice.sudo().amount_residual,
                    "currency_id": invoice.sudo().currency_id.id,
                    "partner_id": invoice.sudo().partner_id.id,
                    "operation": "online_direct",
                    "invoice_ids": [Command.set(invoice.ids)],
                    **values,
                }
            )
        )

    def _answering(self, answer):
        """Let the provider answer requests for payment; see `_replying`.

        :return: list of the references that it was asked for
        """
        return self._replying("_send_payment_request", answer, "reference")

    @contextmanager
    def _replying(self, request, answer, name):
        """Let the provider answer requests: 'done', 'pending', an error in words, or
        an exception that it raises.

        :param str request: the method that makes them
        :param str name: a field of transactions
        :return: list of what they had in that field
        """
        asked = []

        def send(tx):
            asked.append(tx[name])
            if isinstance(answer, BaseException):
                raise answer
            if answer == "done":
                tx._set_done()
            elif answer == "pending":
                tx._set_pending()
            else:
                raise ValidationError(answer)

        with patch.object(PaymentTransaction, request, send):
            yield asked
