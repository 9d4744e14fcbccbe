"""What services would cost a client: by the very methods that price a booking."""

from odoo import api, models
from odoo.exceptions import ValidationError

from odoo.addons.tour_booking.models.service import Service
from odoo.addons.tour_hotel.models.tour_rate import MEALS
from odoo.addons.tour_hotel.price import PriceError

# Small to great: who has half board has breakfast.
MEAL_ORDER = [code for code, _name in MEALS]


class TourPortalQuote(models.AbstractModel):
    """All in sudo: a client may read neither hotels nor rates, and gets prices of his
    only. A price that is not known for certain is None, and asked of a manager."""

    _name = "tour.portal.quote"
    _description = "Price for a Client"

    @api.model
    def _prepare_order(self, partner, company):
        """The booking that would be, for its currency, price list and taxes."""
        # In sudo: see above.
        orders_sudo = self.env["sale.order"].sudo().with_company(company)
        vals = orders_sudo._prepare_template_vals(
            {"partner_id": partner.id, "company_id": company.id}
        )
        return orders_sudo.new(vals)

    @api.model
    def _get_type(self):
        """The type of service that a stay is, in sudo mode."""
        # In sudo: its product.
        types_sudo = self.env["tour.service.type"].sudo()
        domain = [("kind", "=", "accommodation"), ("client_bookable", "=", True)]
        return types_sudo.search(domain, limit=1)

    @api.model
    def _choose_meal(self, rate, wanted):
        """The meal of a stay: what is wanted, unless the rate has more in it."""
        if not wanted or (
            rate.meal_included
            and MEAL_ORDER.index(rate.meal) >= MEAL_ORDER.index(wanted)
        ):
            return rate.meal or wanted
        return wanted

    @api.model
    def _prepare_stay(self, order, service_type, hotel, rate, values):
        """A stay at ``rate`` as a service; ``values`` are those of its line."""
        meal = self._choose_meal(rate, values.get("meal"))
        service = Service(
            order=order,
            service_type=service_type,
            product=service_type.product_id,
            hotel=hotel,
            room=rate.room_id,
            rate=rate,
            **{"hour_from": hotel.check_in_hour, "hour_to": hotel.check_out_hour}
            | values
            | {"meal": meal},
        )
        if hotel:
            service.early_arrival = service.hour_from < hotel.check_in_hour
            service.late_departure = service.hour_to > hotel.check_out_hour
        return service

    @api.model
    def _get_net_prices(self, services):
        """What the client pays for each, before taxes that are added; None where that
        is not known. The number of queries does not depend on that of services."""
        prices = [None] * len(services)
        convertible = {}
        asked = []
        for index, service in enumerate(services):
            currency = service.hotel.currency_id
            if currency not in convertible:
                convertible[currency] = self._is_convertible(service)
            if service.rate and service.nights and convertible[currency]:
                asked.append(index)
        lines = self.env["sale.order.line"].sudo()  # In sudo: see above.
        try:
            results = lines._calculate_services([services[i] for i in asked])
        except PriceError:
            # A hotel's numbers make no sense: a manager looks at them.
            return prices
        for index, (stay, calculation) in zip(asked, results, strict=True):
            if self._is_known(services[index], stay):
                prices[index] = float(calculation.values["client_price"])
        return prices

    @api.model
    def _is_convertible(self, service):
        """Whether there is a rate from the hotel's currency to the booking's."""
        try:
            # In sudo: see above.
            self.env["sale.order.line"].sudo()._get_price_factor(service)
        except ValidationError:
            return False
        return True

    @api.model
    def _is_known(self, service, stay):
        """Whether all that the price is made of was entered.

        A night without a rack price would be sold for what it costs us; a meal without
        a price would be for nothing.
        """
        rate, meal = service.rate, service.meal
        if not stay.segments or not all(part.rack_price for part in stay.segments):
            return False
        paid_apart = meal not in (False, "", "ro") and not (
            rate.meal_included and meal == rate.meal
        )
        return not paid_apart or all(part.meal_price for part in stay.segments)

    @api.model
    def _add_taxes(self, service, price):
        """What stands on the booking for a price of `_get_net_prices`."""
        # In sudo: see above.
        lines_sudo = self.env["sale.order.line"].sudo()
        tax_ids = lines_sudo._get_taxes(service).ids
        vals = {"price_unit": price, "product_uom_qty": 1.0, "discount": 0.0}
        return lines_sudo._get_amounts(vals, service, tax_ids)[1]
