"""The payment QR code on invoices."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import qr
from ..invoice_code import make_code
from ..payment_qr import PaymentQrError

# On what the client pays by.
PAYMENT_KINDS = ("invoice",)


class TourDocumentTemplate(models.Model):
    _inherit = "tour.document.template"

    payment_qr = fields.Boolean(
        string="With payment QR code",
        default=True,
        help="To be scanned by the client's bank: by the Russian standard in roubles,"
        " by the European one in euros.",
    )
    may_have_payment_qr = fields.Boolean(
        string="May have a payment QR code", compute="_compute_may_have_payment_qr"
    )

    @api.depends("kind")
    def _compute_may_have_payment_qr(self):
        for template in self:
            template.may_have_payment_qr = template.kind in PAYMENT_KINDS

    def _present(self, facts):
        """Add the payment code, if there is to be one and it can be made."""
        paper = super()._present(facts)
        try:
            code = self._make_payment_code(facts)
        except PaymentQrError:
            # Staff are told on the document's form.
            code = None
        paper["payment_qr"] = qr.data_address(code) if code else ""
        return paper

    def _make_payment_code(self, facts):
        """What the code on such an invoice says; nothing if there is none."""
        if not self.payment_qr or facts["kind"] not in PAYMENT_KINDS:
            return None
        own = self.with_context(lang=facts["lang"])
        return make_code(facts, own.env._("Invoice %(number)s", number=facts["number"]))


class TourDocument(models.Model):
    _inherit = "tour.document"

    payment_qr_hint = fields.Char(
        string="Why there is no payment QR code",
        compute="_compute_payment_qr_hint",
        groups="tour_partner.tour_group_staff",
        help="Why the invoice has no payment code.",
    )

    @api.depends("kind", "template_id.payment_qr")
    def _compute_payment_qr_hint(self):
        """For forms: it costs the facts of the paper."""
        for document in self:
            document.payment_qr_hint = document._get_payment_qr_hint()

    def _get_payment_qr_hint(self):
        # A form that is being filled in may not have its booking yet.
        has_code = self.kind in PAYMENT_KINDS and self.template_id.payment_qr
        if not (has_code and self.order_id):
            return False
        try:
            self.template_id._make_payment_code(self._get_facts())
        except PaymentQrError as error:
            return self._word_payment_qr_error(error)
        except UserError:
            # There is nothing to write about yet.
            return False
        return False

    def _word_payment_qr_error(self, error):
        """Why there is no code; what no bank account can be the reason of, the engine
        words itself."""
        reasons = {
            "no_account": self.env._("the company has no bank account."),
            "account": self.env._(
                "the number of the bank account does not have 20 digits."
            ),
            "account_key": self.env._(
                "the bank account does not belong to the bank with this BIC."
            ),
            "bic": self.env._("the BIC of the bank is missing or wrong."),
            "corr_account": self.env._(
                "the correspondent account does not belong to the bank."
            ),
            "iban": self.env._("the bank account is not an IBAN."),
            "missing": self.env._("the company or its bank has no name."),
            "too_long": self.env._(
                "the names of the company and its bank are too long."
            ),
        }
        return reasons.get(error.reason, str(error))
