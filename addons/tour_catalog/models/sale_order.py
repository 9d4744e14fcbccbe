"""Bookings that services of the catalogue are added to."""

from odoo import models
from odoo.exceptions import UserError

# While the client is asked about a change, nothing else is changed.
TAKING = ("new", "accepted", "client_confirmed", "confirmed", "booked")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _takes_catalog_services(self):
        """Whether the client may add services to his booking."""
        self.ensure_one()
        # In sudo: the status of a booking is for staff.
        order_sudo = self.sudo()
        return (
            order_sudo.is_tour_booking
            and order_sudo.booking_state in TAKING
            and not order_sudo.needs_client_confirmation
            and not order_sudo.locked
        )

    def _lock_for_catalog(self):
        """Let nobody else change the booking now; note: in sudo.

        :raise UserError: if it takes no services, or is held by somebody
        """
        self.ensure_one()
        if not self.try_lock_for_update(allow_referencing=True):
            raise UserError(
                self.env._(
                    "Somebody is working on %(booking)s right now. Try again in a "
                    "moment.",
                    booking=self.name,
                )
            )
        self.invalidate_recordset()
        if not self._takes_catalog_services():
            raise UserError(
                self.env._(
                    "%(booking)s takes no further services. Choose another booking, or "
                    "a new one.",
                    booking=self.name,
                )
            )

    # === Views === #

    def _get_diff_labels(self):
        return {**super()._get_diff_labels(), "answers": self.env._("Order form")}

    def _get_diff_formats(self):
        return {**super()._get_diff_formats(), "answers": self._format_answers}

    def _format_answers(self, value):
        """One answer, or all of a service."""
        if not isinstance(value, dict):
            return self._format_diff_value(value)
        return "; ".join(
            f"{label}: {self._format_diff_value(answer)}"
            for label, answer in value.items()
        )

    def _get_client_service(self, view):
        """Put the answers on papers, below what the service is."""
        service = super()._get_client_service(view)
        if answers := view.get("answers"):
            text = self._format_answers(answers)
            service["text"] = "\n".join(filter(None, (service["text"], text)))
        return service
