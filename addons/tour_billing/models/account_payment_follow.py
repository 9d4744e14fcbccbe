"""What follows when a client has paid: a receipt, and word of what is too much.

Each payment is followed up once, however often its provider tells of it.
"""

import logging
from base64 import b64encode
from hashlib import sha256

from psycopg2 import OperationalError

from odoo import api, fields, models

from odoo.addons.tour_document import formats, pdf, words
from odoo.addons.tour_partner.defaults import plain

_logger = logging.getLogger(__name__)

PAID = ("in_process", "paid")


class AccountPayment(models.Model):
    _inherit = "account.payment"

    tour_followed_up = fields.Boolean(readonly=True, copy=False)
    tour_follow_again = fields.Boolean(
        string="Follow up again",
        readonly=True,
        copy=False,
        help="What follows on it failed: it is tried again.",
    )

    _tour_follow_again = models.Index("(id) WHERE tour_follow_again IS TRUE")

    def _follow_client_payments(self):
        """Follow up those of these payments that are clients' for their bookings."""
        # In sudo: payments come from portals and from crons, too.
        payments = plain(self).sudo()
        new = payments.filtered(
            lambda payment: (
                not payment.tour_followed_up
                and payment.payment_type == "inbound"
                and payment.partner_type == "customer"
                and payment.state in PAID
                and payment._get_client_invoices().tour_booking_ids
            )
        )
        for payment in new:
            payment._follow_safely()

    def _follow_safely(self):
        """Follow up once, or try again later: money that has come is in the books."""
        try:
            with self.env.cr.savepoint():
                self.write({"tour_followed_up": True, "tour_follow_again": False})
                self._follow_client_payment()
        except OperationalError:
            # Two at once: Odoo begins the whole again.
            raise
        except Exception:
            _logger.exception("Payment %s is followed up later", self.display_name)
            self.tour_follow_again = True

    @api.model
    def _cron_follow_again(self):
        """Follow up the payments that something was in the way of."""
        payments = self.search([("tour_follow_again", "=", True)], order="id")
        self.env["tour.collection"]._do_each(
            payments, lambda payment: payment._follow_client_payments()
        )

    def _follow_client_payment(self):
        """Hook: the client paid; override to follow up. Called once, in sudo mode."""
        self._tell_overpaid()
        if token := self.payment_transaction_id._get_given_card():
            self._get_client_invoices().tour_booking_ids._keep_card(token)
        try:
            with self.env.cr.savepoint():
                self._send_receipt()
        except OperationalError:
            raise
        except Exception:
            # What else follows is not held up by what hinders the receipt.
            _logger.exception("No receipt for payment %s", self.display_name)

    def _get_client_invoices(self):
        """Invoices that the payment is for, matched with them by the books or not."""
        self.ensure_one()
        invoices = self.reconciled_invoice_ids | self.payment_transaction_id.invoice_ids
        return invoices.filtered(lambda move: move.move_type == "out_invoice")

    def _tell_overpaid(self):
        """Tell the responsible of money that no invoice takes any more.

        It is there nevertheless: the invoice was paid another way meanwhile, or
        cancelled, before the provider's notice came.
        """
        if not self.payment_transaction_id or self.is_reconciled:
            return
        invoice = self._get_client_invoices()[:1]

        def title(env):
            return env._(
                "%(invoice)s: paid twice, or too late", invoice=invoice.display_name
            )

        def text(env):
            return env._(
                "%(payment)s came online when %(invoice)s had less left to pay. What "
                "is too much stands to the client's credit: set it off, or refund it.",
                payment=self.display_name,
                invoice=invoice.display_name,
            )

        invoice._log_act(text(self.env))
        self.env["tour.notification.category"]._tell_users(
            "invoice_paid", invoice.tour_booking_ids.user_id, title, text, invoice
        )

    # === The receipt === #

    def _send_receipt(self):
        """Queue a mail with the receipt to the client."""
        name, content = self._draw_receipt()
        self.env["tour.notification.category"]._send_mails(
            "payment_receipt",
            self.env.ref("tour_billing.mail_template_receipt"),
            {self: self._get_client_invoices()[:1]._get_client_recipients()},
            {"attachments": [(name, b64encode(content))]},
        )

    def _draw_receipt(self):
        """The receipt as PDF in the client's language.

        :return: name of the file, and its content
        """
        self.ensure_one()
        paper = self._get_receipt_paper()
        html = str(
            self.env["ir.qweb"]._render(
                "tour_billing.paper_receipt",
                {"paper": paper},
                lang=paper["code"],
                minimal_qcontext=True,
            )
        )
        checksum = sha256(html.encode()).hexdigest()[:32]
        return paper["file_name"], pdf.render(html, identifier=checksum)

    def _get_receipt_paper(self):
        """What the receipt says, as text.

        :rtype: dict
        """
        # In sudo: what is on it is named here, and nothing else is.
        payment = self.sudo()
        invoices = payment._get_client_invoices()
        code = self._get_receipt_lang(invoices)
        payment = payment.with_context(lang=code)
        currency = payment.currency_id
        number = payment.name or payment.memo or ""
        return {
            "code": code,
            "lang": formats.get_locale(code).language,
            "number": number,
            "date": formats.long_date(payment.date, code),
            "iso_date": payment.date.isoformat(),
            "issuer": payment.company_id._get_paper_facts(currency),
            "payer": payment.partner_id.name or "",
            "amount": formats.money(
                payment.amount, currency.name, code, currency.decimal_places
            ),
            "words": words.amount_in_words(
                payment.amount, currency.name, code, currency.decimal_places
            ),
            "method": payment.payment_transaction_id.provider_id.name
            or payment.journal_id.name,
            "rows": [
                {
                    "invoice": move.name or "",
                    "bookings": ", ".join(move.tour_booking_ids.mapped("name")),
                    "total": formats.money(
                        move.amount_total,
                        move.currency_id.name,
                        code,
                        move.currency_id.decimal_places,
                    ),
                    "left": formats.money(
                        move.amount_residual,
                        move.currency_id.name,
                        code,
                        move.currency_id.decimal_places,
                    ),
                }
                for move in invoices
            ],
            "file_name": payment.env._(
                "Receipt %(number)s", number=number.replace("/", "-")
            )
            + ".pdf",
        }

    def _get_receipt_lang(self, invoices):
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        partner = invoices[:1]._get_client_recipients()[:1] if invoices else None
        known = (partner and partner.lang, self.partner_id.lang, self.env.lang)
        return next((code for code in known if code in installed), "en_US")
