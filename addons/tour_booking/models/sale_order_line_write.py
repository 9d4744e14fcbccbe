"""Making and changing services: what of a price was typed, and what follows."""

from odoo import api, models
from odoo.fields import Command

from .sale_order_line_price import INPUTS, OTHER_TYPED_FIELDS, TYPED_FIELDS

# Says that the caller has worked out the prices. An object: none comes through RPC.
CALCULATED = object()
# What a write of makes us look at the prices again.
_WATCHED = INPUTS | TYPED_FIELDS | OTHER_TYPED_FIELDS | {"overwritten_fields"}


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("service_type_id") for vals in vals_list):
            # The history of the booking tells it, not a message per service.
            self = self.with_context(
                sale_no_log_for_new_lines=True, tour_booking_priced=True
            )
        return super().create(vals_list)

    def write(self, vals):
        watched = vals.keys() & _WATCHED
        is_calculated = self.env.context.get("tour_booking_calculated") is CALCULATED
        if not watched or is_calculated:
            return super().write(vals)
        if vals.get("service_type_id"):
            vals = self._complete_product(vals)
        # Guests made with the service are priced with it.
        lines = self.with_context(tour_booking_priced=True)
        result = super(SaleOrderLine, lines).write(vals)
        services = self.filtered("service_type_id")
        if not services:
            return result
        # A form says itself what was typed in it; others just send values.
        if "overwritten_fields" not in vals:
            typed = watched & (TYPED_FIELDS | OTHER_TYPED_FIELDS)
            if typed:
                services._note_typed(typed)
        services._update_prices()
        return result

    def _write_calculated(self, vals_by_id):
        """Write on each of these services its own values, prices among them.

        The caller has worked them out, for all at once, and keeps a history of it. It
        is one watch, and stored values that follow are recomputed together.

        :param dict[int, dict] vals_by_id: values by id of the service
        """
        with self.order_id._watching() as context:
            lines = self.with_context(
                **context, tour_booking_calculated=CALCULATED, tracking_disable=True
            )
            for line in lines:
                line.write(vals_by_id[line.id])
            # Within this context: later, each sum that follows would be a message.
            lines.env.flush_all()

    def copy_data(self, default=None):
        """Copy the guests of services, and ordinary lines without what services have.

        Some of it is for staff only: a salesperson could not copy his orders else.
        """
        default = default or {}
        services = self.filtered("service_type_id")
        restricted = set() if services else self._get_restricted_names()
        vals_list = super().copy_data({**dict.fromkeys(restricted, False), **default})
        for line, vals in zip(self, vals_list, strict=True):
            if vals is None:
                continue
            for name in restricted - default.keys():
                del vals[name]
            if line in services and "guest_ids" not in default:
                guests = line.guest_ids.copy_data()
                vals["guest_ids"] = [Command.create(guest) for guest in guests if guest]
        return vals_list

    @api.model
    def _get_restricted_names(self):
        """Fields of ours that are copied, and not for everybody who sells."""
        return {
            name
            for name, field in self._fields.items()
            if field.copy and field.groups and field._module == "tour_booking"
        }

    def _complete_product(self, vals):
        if "product_id" in vals:
            return vals
        service_type = self.env["tour.service.type"].browse(vals["service_type_id"])
        return {**vals, "product_id": service_type.product_id.id}

    def _check_line_unlink(self):
        """Let services that are not invoiced go: their booking's history tells."""
        kept = super()._check_line_unlink()
        return kept.filtered(
            lambda line: not line.service_type_id or line.invoice_lines
        )

    def _update_prices_of_services(self):
        """Work out the prices anew, of those of these lines that are services."""
        if not self.env.context.get("tour_booking_priced"):
            self.filtered("service_type_id")._update_prices()
