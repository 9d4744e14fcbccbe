"""What a service of an offer costs: the booking's own reckoning, asked beforehand.

Nothing is worked out here. The values of a line are handed to `sale.order.line` as if
it were made, of an order that is never saved, and the prices are taken over.
"""

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

from odoo.addons.tour_booking.models.sale_order_line_price import (
    INPUTS,
    SERVICE_FIELDS,
    TYPED_FIELDS,
)
from odoo.addons.tour_booking.models.sale_order_line_price import (
    SaleOrderLine as PricedLine,
)

# What a line is worked out of, under the names of both models.
LINE_INPUTS = (
    "service_type_id",
    "hotel_id",
    "room_id",
    "rate_id",
    "supplier_id",
    *SERVICE_FIELDS,
)
# What is worked out of it.
RESULTS = (
    *sorted(TYPED_FIELDS),
    "overwritten_fields",
    "price_steps",
    "price_subtotal",
    "price_total",
    "service_margin",
    "tax_ids",
)
_TYPED = TYPED_FIELDS | {"tax_ids"}
_INPUTS = (INPUTS - {"guest_ids"}) | {"persons"}
# Whoever writes what is worked out gets it worked out anew.
_WATCHED = _INPUTS | set(RESULTS)
MAX_PERSONS = 1000


class TourOfferService(models.Model):
    _inherit = "tour.offer.service"

    # In a form, a typed price is noticed as in the form of a booking's service.
    _onchange_supplier_price_night = PricedLine._onchange_supplier_price_night
    _onchange_supplier_price_total = PricedLine._onchange_supplier_price_total
    _onchange_commission_percent = PricedLine._onchange_commission_percent
    _onchange_commission_amount = PricedLine._onchange_commission_amount
    _onchange_supplier_due = PricedLine._onchange_supplier_due
    _onchange_price_unit = PricedLine._onchange_price_unit
    _onchange_client_discount_percent = PricedLine._onchange_client_discount_percent
    _onchange_client_discount_amount = PricedLine._onchange_client_discount_amount
    _onchange_tax_ids = PricedLine._onchange_tax_ids

    # === Asking the engine === #

    @api.model
    def _reckon(self, line_vals, offers):
        """The prices of lines of ``line_vals``, which are those of ``offers``.

        :param list[dict] line_vals: values as for `sale.order.line`
        :param offers: the `tour.offer` of each, as a list
        :return: for each its values of `RESULTS`
        """
        orders = {offer: offer._get_pricing_order() for offer in offers}
        types = self.env["tour.service.type"]
        for vals, offer in zip(line_vals, offers, strict=True):
            vals["order_id"] = orders[offer].id
            service_type = types.browse(vals.get("service_type_id"))
            vals["product_id"] = service_type.product_id.id
            persons = min(max(vals.pop("persons", 0) or 0, 0), MAX_PERSONS)
            # Guests are counted only; none is made.
            vals["guest_ids"] = [Command.create({})] * persons
        self.env["sale.order.line"]._add_service_values(line_vals)
        return [{name: vals.get(name) for name in RESULTS} for vals in line_vals]

    def _prepare_line_vals(self, typed=()):
        """This service as values of a booking's line.

        :param typed: fields that a person just wrote, of which the engine is to say
            whether they differ from what is computed
        """
        self.ensure_one()
        vals = {"persons": self.persons}
        for name in LINE_INPUTS:
            value = self[name]
            vals[name] = value.id if isinstance(value, models.BaseModel) else value
        known = list(self.overwritten_fields or ())
        if not typed:
            vals["overwritten_fields"] = known
        for name in {*known, *typed} & _TYPED:
            value = self[name]
            vals[name] = [Command.set(value.ids)] if name == "tax_ids" else value
        return vals

    def _get_results(self, typed=()):
        return self._reckon(
            [service._prepare_line_vals(typed) for service in self],
            [service.variant_id.offer_id for service in self],
        )

    # === Saving === #

    @api.model
    def _price_new(self, vals_list):
        """Complete the values of new services by their prices."""
        variants = self.env["tour.offer.variant"]
        vals_list = [self._add_missing_default_values(vals) for vals in vals_list]
        line_vals, offers = [], []
        for vals in vals_list:
            names = {*LINE_INPUTS, *_TYPED, "persons", "overwritten_fields"}
            given = {name: vals[name] for name in names if name in vals}
            if given.get("overwritten_fields") is not None:
                # A form says itself what was typed in it.
                known = set(given["overwritten_fields"] or ())
                given = {
                    name: value
                    for name, value in given.items()
                    if name not in _TYPED or name in known
                }
            line_vals.append(given)
            offers.append(variants.browse(vals.get("variant_id")).offer_id)
        results = self._reckon(line_vals, offers)
        return [
            {**vals, **result} for vals, result in zip(vals_list, results, strict=True)
        ]

    def _price_written(self, vals):
        """Work out the prices anew if something that they follow from was written."""
        if not vals.keys() & _WATCHED:
            return
        typed = set()
        if "overwritten_fields" not in vals:
            typed = vals.keys() & _TYPED
        self._update_prices(typed)

    def _update_prices(self, typed=()):
        """Work out the prices anew, except for what a person typed."""
        for service, result in zip(self, self._get_results(typed), strict=True):
            service._write_prices(result)

    # === In a form === #

    @api.onchange(*sorted(_INPUTS))
    def _onchange_price_inputs(self):
        self._update_prices_in_form()

    @api.onchange("overwritten_fields")
    def _onchange_overwritten_fields(self):
        """A typed value was given up: take what is computed."""
        self._update_prices_in_form()

    def _overwrite(self, fname):
        """Remember that a person typed this field, if he did."""
        self._update_prices_in_form({fname})

    def _update_prices_in_form(self, typed=()):
        """As `_update_prices`, but half-filled forms are left in peace until saved."""
        if not self.service_type_id:
            return
        try:
            results = self._get_results(typed)
        except ValidationError:
            return
        self.update(results[0])


class TourOffer(models.Model):
    _inherit = "tour.offer"

    def _get_pricing_order(self):
        """The order, never saved, that services are priced for."""
        orders = self.env["sale.order"]
        company = self.company_id or self.env.company
        return orders.new(
            orders._prepare_template_vals(
                {
                    "company_id": company.id,
                    "partner_id": self.partner_id.id,
                    "pricelist_id": self.pricelist_id.id,
                    "user_id": self.user_id.id,
                }
            )
        )
