"""Telling hotels that they are paid, with the payment order."""

import logging

import psycopg2

from odoo import fields, models
from odoo.tools import email_normalize_all

_logger = logging.getLogger(__name__)


class TourPaymentOrder(models.Model):
    _inherit = "tour.payment.order"

    mailed_order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Mailed for",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        help="The booking that the hotel was told of; another one is told of anew.",
    )

    def _mail_hotels_safely(self):
        """Mail the hotels; what was attached stays so even if that fails."""
        try:
            with self.env.cr.savepoint():
                self._mail_hotels()
        except psycopg2.OperationalError:
            raise
        except Exception:
            _logger.exception("The hotels of payment order %s got no mail", self.id)
            self._message_log(
                body=self.env._(
                    "The hotel could not be mailed. The administrator finds the reason"
                    " in the log of the server."
                )
            )

    def _mail_hotels(self):
        """Mail the PDF to the hotels of the services, once for a booking; to no
        consolidator's.

        It goes through Odoo's queue, and so leaves after the commit or not at all.
        """
        self.ensure_one()
        template = self.env.ref(
            "tour_payment_order.mail_template_hotel", raise_if_not_found=False
        )
        addresses = self._get_hotel_addresses()
        is_known = self.mailed_on and self.mailed_order_id == self.order_id
        if not template or not addresses or is_known:
            return
        template.send_mail(
            self.id,
            email_values={
                "email_to": ", ".join(addresses),
                # A copy, as the queue may delete what it has sent.
                "attachment_ids": [
                    fields.Command.create(
                        {
                            "name": self.attachment_id.name,
                            "raw": self.attachment_id.raw,
                            "mimetype": "application/pdf",
                            "res_model": "mail.message",
                        }
                    )
                ],
            },
        )
        self._as_mover().write(
            {
                "mailed_on": fields.Datetime.now(),
                "mailed_to": ", ".join(addresses),
                "mailed_order_id": self.order_id.id,
            }
        )

    def _get_hotel_addresses(self):
        """Addresses of the hotels paid, else of their suppliers; none of a
        consolidator's.
        """
        found = []
        for line in self.line_ids:
            if line.supplier_id._is_tour_consolidator():
                continue
            found += email_normalize_all(
                line.hotel_id.email or line.supplier_id.email or ""
            )
        return list(dict.fromkeys(found))

    def _get_mail_lang(self):
        """The supplier's language."""
        return self.line_ids.supplier_id[:1].lang or self.company_id.partner_id.lang

    def _get_mail_stays(self):
        """What is paid, as the hotel knows it: numbers and dates, no guests' prices."""
        return [
            {
                "name": line.hotel_id.name or line._prepare_service().short_name,
                "number": line.confirmation_number or "",
                "from": line.date_from,
                "to": line.date_to,
            }
            for line in self.line_ids
        ]
