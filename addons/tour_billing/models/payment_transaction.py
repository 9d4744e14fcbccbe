"""What follows when a client has paid online for a booking."""

import logging
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

from ..collecting import is_unanswered

_logger = logging.getLogger(__name__)
# So long a client may be on the provider's page before we take him to have left.
PAGE_TIME = timedelta(hours=1)


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    collection_ids = fields.One2many(
        comodel_name="tour.collection",
        inverse_name="transaction_id",
        string="Attempts",
        readonly=True,
        help="The attempt to collect that it is, if it is one.",
    )

    def _is_pending(self):
        """Whether the provider may have the money, and has not said how it ended.

        A draft that a card was to be asked by may have been sent just before we were
        cut off.
        """
        self.ensure_one()
        return (
            self.state in ("pending", "authorized")
            or (self.state == "done" and not self.is_post_processed)
            or (self.state == "draft" and bool(self.collection_ids))
        )

    def _is_on_page(self):
        """Whether the client may be about to pay on the provider's page."""
        self.ensure_one()
        return (
            self.state == "draft"
            and (self.operation or "").startswith("online")
            and self._is_recent()
        )

    def _get_given_card(self):
        """The card that the client himself saved or chose on the page of payment.

        The page tells him what it is kept for; what staff or the cron charged says
        nothing of his consent.
        """
        is_his = (self.operation or "").startswith("online")
        return self.token_id if is_his else self.token_id.browse()

    def _is_recent(self):
        since = fields.Datetime.now() - PAGE_TIME
        return bool(self.last_state_change and self.last_state_change > since)

    def _ask_provider(self, send):
        """Send a request; what is no clear answer is none.

        In place of Odoo's `_charge_with_token` and `_refund`, which take a time-out for
        a refusal.

        :param send: makes the request
        """
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._ensure_provider_is_not_disabled()
                self._log_sent_message()
                send()
        except ValidationError as error:
            if is_unanswered(error):
                self._set_pending(state_message=str(error))
            else:
                self._set_error(str(error))
        except UserError as error:
            self._set_error(str(error))
        except Exception as error:
            _logger.exception("No answer to payment %s", self.reference)
            self._set_pending(state_message=type(error).__name__)

    def _create_payment(self, **extra_create_values):
        """Let what was collected for one due row settle that row."""
        row = self.collection_ids.line_id
        if row:
            self = self.with_context(tour_collected_row=row.id)
        payment = super()._create_payment(**extra_create_values)
        return payment.with_context(tour_collected_row=False)

    def _post_process(self):
        """Follow up the payments of bookings' invoices.

        A provider's notice that comes twice or late ends in Odoo's own states, which
        are entered once; what is done here is done once per payment.
        """
        result = super()._post_process()
        done = self.filtered(
            lambda tx: (
                tx.state == "done"
                and tx.operation not in ("refund", "validation")
                and tx.payment_id
                and tx.invoice_ids.tour_booking_ids
            )
        )
        # In sudo already; each payment is followed up once.
        done.payment_id._follow_client_payments()
        return result
