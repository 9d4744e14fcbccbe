"""What a service costs: the engine of `tour_hotel`, asked for many lines at once.

Prices are plain stored fields, not computed ones: a rate that changes must not change
the bookings made before. They are worked out when a service is made, when one of its
`INPUTS` changes, and on demand. What a person typed (`overwritten_fields`) stays, and
what follows from it is worked out from it.
"""

from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import format_date

from odoo.addons.tour_hotel.amounts import decimal
from odoo.addons.tour_hotel.price import PriceError, Segment, calculate

from .service import Service

# Fields of a line by the name of their value in the engine, in the order in which
# they follow from each other.
PRICE_FIELDS = {
    "supplier_price_night": "supplier_price_night",
    "supplier_price_total": "supplier_price_total",
    "commission_percent": "commission_percent",
    "commission_amount": "commission_amount",
    "supplier_due": "supplier_due",
    "client_price": "price_unit",
    "discount_percent": "client_discount_percent",
    "discount_amount": "client_discount_amount",
}
TYPED_FIELDS = frozenset(PRICE_FIELDS.values())
# Values that a person may type and that are not prices of the engine.
OTHER_TYPED_FIELDS = frozenset({"name", "tax_ids"})
INPUTS = frozenset(
    {
        "service_type_id",
        "hotel_id",
        "room_id",
        "rate_id",
        "meal",
        "rooms",
        "date_from",
        "hour_from",
        "date_to",
        "hour_to",
        "early_arrival",
        "late_departure",
        "settlement",
        "guest_ids",
    }
)
# Fields of a line that its `Service` has under the same name.
SERVICE_FIELDS = (
    "meal",
    "rooms",
    "date_from",
    "date_to",
    "hour_from",
    "hour_to",
    "early_arrival",
    "late_departure",
    "settlement",
    "route",
    "car_class",
    "transport_number",
    "service_text",
)
# Percents are kept with four decimals.
PERCENT_PRECISION = 0.00005


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    # === Asking the engine === #

    def _prepare_service(self):
        """What this line is as a service."""
        self.ensure_one()
        return Service(
            order=self.order_id,
            service_type=self.service_type_id,
            product=self.product_id,
            hotel=self.hotel_id,
            room=self.room_id,
            rate=self.rate_id,
            persons=len(self.guest_ids),
            overrides=self._get_overrides(),
            **{name: self[name] for name in SERVICE_FIELDS},
        )

    def _get_overrides(self):
        """The values that a person typed, by their name in the engine."""
        typed = self.overwritten_fields or ()
        return {
            name: decimal(self[fname])
            for name, fname in PRICE_FIELDS.items()
            if fname in typed
        }

    @api.model
    def _calculate_services(self, services):
        """Ask the engine what each service costs.

        The number of queries does not depend on the number of services.

        :param list[Service] services: what to calculate
        :return: the stays as the engine got them, and their calculations
        :rtype: list[tuple[StayInput, Calculation]]
        :raise PriceError: if an input makes no sense
        """
        stays = [
            self._prepare_service_stay(service, segments)
            for service, segments in zip(
                services, self._get_service_segments(services), strict=True
            )
        ]
        return [(stay, calculate(stay)) for stay in stays]

    @api.model
    def _get_service_segments(self, services):
        """Nights of each service by price, in the currency of its order."""
        rated = [service for service in services if service.rate and service.nights]
        found = iter(
            self.env["tour.rate"]._get_stay_segments(
                [
                    (service.rate, service.date_from, service.date_to, service.meal)
                    for service in rated
                ]
            )
        )
        segments = []
        for service in services:
            if service.rate and service.nights:
                segments.append(self._convert_segments(service, next(found)))
            else:
                segments.append((Segment(service.nights),) if service.nights else ())
        return segments

    @api.model
    def _convert_segments(self, service, segments):
        factor = self._get_price_factor(service)
        if factor == 1:
            return segments
        return [
            replace(
                segment,
                rack_price=segment.rack_price * factor,
                net_price=segment.net_price * factor,
                meal_price=segment.meal_price and segment.meal_price * factor,
                meal_in_rate=segment.meal_in_rate and segment.meal_in_rate * factor,
            )
            for segment in segments
        ]

    @api.model
    def _get_price_factor(self, service):
        """Factor from the currency of the hotel's prices to that of the order."""
        source = service.hotel.currency_id
        if not source or not service.currency or source == service.currency:
            return 1
        company = service.company
        date = (service.order.date_order or fields.Datetime.now()).date()
        for currency in (source, service.currency):
            if currency != company.currency_id and not currency._has_tour_rate(
                company, date
            ):
                raise ValidationError(
                    self.env._(
                        "%(hotel)s has its prices in %(currency)s, and there is no "
                        "exchange rate of %(missing)s on %(date)s. Enter the rate "
                        "under Accounting, Currencies, or choose no rate and type the "
                        "price.",
                        hotel=service.hotel.name,
                        currency=source.name,
                        missing=currency.name,
                        date=format_date(self.env, date),
                    )
                )
        rate = self.env["res.currency"]._get_conversion_rate(
            source, service.currency, company, date
        )
        return decimal(rate)

    @api.model
    def _prepare_service_stay(self, service, segments):
        """The engine's input for a service."""
        hotel = service.hotel
        values = {
            "rooms": service.rooms,
            # Somebody lives in each room, even when not all names are known yet.
            "persons": max(service.persons, service.rooms),
            "overrides": service.overrides,
            "commission_percent": decimal(hotel.commission_percent),
            "meals_commissionable": not hotel.no_commission_on_meals,
            "settlement": service.settlement or hotel.settlement or "full",
        }
        if service.early_arrival and hotel:
            values["early_share"] = hotel._get_early_share(service.hour_from)
        if service.late_departure and hotel:
            values["late_share"] = hotel._get_late_share(service.hour_to)
        return self.env["tour.price.mixin"]._prepare_stay(
            service.rate, segments, service.currency, **values
        )

    @api.model
    def _prepare_price_vals(self, calculation):
        """Values of the price fields of a line."""
        vals = {
            fname: float(calculation.values[name])
            for name, fname in PRICE_FIELDS.items()
        }
        vals["service_margin"] = float(calculation.values["margin"])
        vals["price_steps"] = calculation.steps_as_json()
        return vals

    # === What a person typed === #

    @api.model
    def _find_typed(self, stay, calculation, typed):
        """Which of ``typed`` differ from what is computed, and the price with them.

        Taken in the order in which values follow from each other, so that a total
        that follows from a typed price of a night counts as computed.

        :param dict typed: {field name: value}
        :return: names of the fields, and the calculation with their values
        """
        names = []
        for name, fname in PRICE_FIELDS.items():
            if fname not in typed or name in stay.overrides:
                continue
            computed = float(calculation.values[name])
            is_percent = name.endswith("percent")
            limit = PERCENT_PRECISION if is_percent else float(stay.rounding) / 2
            if abs((typed[fname] or 0.0) - computed) < limit:
                continue
            overrides = {**stay.overrides, name: decimal(typed[fname] or 0.0)}
            stay = replace(stay, overrides=overrides)
            calculation = calculate(stay)
            names.append(fname)
        return names, calculation

    def _note_typed(self, fnames):
        """Remember which of ``fnames``, just written, differ from the computed."""
        services = [line._prepare_service() for line in self]
        try:
            results = self._calculate_services(services)
            for line, service, result in zip(self, services, results, strict=True):
                typed = {fname: line[fname] for fname in fnames & TYPED_FIELDS}
                names, _calculation = self._find_typed(*result, typed)
                line._note_overwritten(names + line._find_typed_text(service, fnames))
        except PriceError as error:
            raise self._get_price_error(error) from error

    def _find_typed_text(self, service, fnames):
        """As `_find_typed`, for what is no price: the description and the taxes."""
        names = []
        if "name" in fnames and self.name != self._describe_service(service):
            names.append("name")
        # A form's record has copies of the taxes: compare those they are copies of.
        if "tax_ids" in fnames and self.tax_ids._origin != self._get_taxes(service):
            names.append("tax_ids")
        return names

    def _note_overwritten(self, names):
        known = self.overwritten_fields or []
        names = [name for name in names if name not in known]
        if names:
            self._write_prices({"overwritten_fields": [*known, *names]})

    def _update_prices(self):
        """Work out the prices anew, except for what a person typed."""
        services = [line._prepare_service() for line in self]
        try:
            results = self._calculate_services(services)
        except PriceError as error:
            raise self._get_price_error(error) from error
        for line, (_stay, calculation) in zip(self, results, strict=True):
            vals = self._prepare_price_vals(calculation)
            changed = {
                fname: value for fname, value in vals.items() if line[fname] != value
            }
            if changed:
                line._write_prices(changed)

    def _write_prices(self, vals):
        """Write past our own `write`, which would work out the prices again."""
        if self.id:
            return super().write(vals)
        return self.update(vals)

    @api.model
    def _get_price_error(self, error):
        """The engine's refusal in words."""
        field = self._fields.get(PRICE_FIELDS.get(str(error), str(error)))
        return ValidationError(
            self.env._(
                "The price cannot be worked out: %(input)s has an impossible value.",
                input=field._description_string(self.env) if field else str(error),
            )
        )

    # === Onchange === #

    @api.onchange(*sorted(INPUTS))
    def _onchange_price_inputs(self):
        self._update_prices_in_form()

    @api.onchange("supplier_price_night")
    def _onchange_supplier_price_night(self):
        self._overwrite("supplier_price_night")

    @api.onchange("supplier_price_total")
    def _onchange_supplier_price_total(self):
        self._overwrite("supplier_price_total")

    @api.onchange("commission_percent")
    def _onchange_commission_percent(self):
        self._overwrite("commission_percent")

    @api.onchange("commission_amount")
    def _onchange_commission_amount(self):
        self._overwrite("commission_amount")

    @api.onchange("supplier_due")
    def _onchange_supplier_due(self):
        self._overwrite("supplier_due")

    @api.onchange("price_unit")
    def _onchange_price_unit(self):
        self._overwrite("price_unit")

    @api.onchange("client_discount_percent")
    def _onchange_client_discount_percent(self):
        self._overwrite("client_discount_percent")

    @api.onchange("client_discount_amount")
    def _onchange_client_discount_amount(self):
        self._overwrite("client_discount_amount")

    @api.onchange("name")
    def _onchange_name(self):
        self._overwrite("name")

    @api.onchange("tax_ids")
    def _onchange_tax_ids(self):
        self._overwrite("tax_ids")

    def _overwrite(self, fname):
        """Remember that a person typed this field, if he did.

        Odoo calls this also for a field that another onchange changed; its value is
        the computed one then.
        """
        if not self.service_type_id:
            return
        try:
            self._note_typed({fname})
        except ValidationError:
            return
        self._update_prices_in_form()

    def _update_prices_in_form(self):
        """As `_update_prices`, but half-filled forms are left in peace until saved."""
        if not self.service_type_id:
            return
        try:
            self._update_prices()
        except ValidationError:
            return

    # === Actions === #

    def action_recompute_prices(self, field_names=None):
        """Take what was computed instead of what was typed.

        :param list field_names: fields to recompute; all by default
        """
        services = self.filtered("service_type_id")
        services.check_access("write")
        names = set(field_names or TYPED_FIELDS | OTHER_TYPED_FIELDS)
        if unknown := names - TYPED_FIELDS - OTHER_TYPED_FIELDS:
            raise UserError(
                self.env._(
                    "These fields are not computed: %(fields)s.",
                    fields=", ".join(sorted(unknown)),
                )
            )
        for line in services:
            known = line.overwritten_fields or []
            line.overwritten_fields = [name for name in known if name not in names]
        # Writing `overwritten_fields` worked out the prices; these two are computed.
        if "name" in names:
            self.env.add_to_compute(self._fields["name"], services)
        if "tax_ids" in names:
            self.env.add_to_compute(self._fields["tax_ids"], services)
        return True
