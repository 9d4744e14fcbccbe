from odoo import api, models
from odoo.tools.misc import format_amount

from ..amounts import decimal
from ..price import StayInput, Step

_MONEY_ARGS = {"price", "base", "computed", "client_price", "discount", "cost"}
#: Lines that end a part of the sum and are shown as such.
_TOTALS = {
    "supplier_price_total",
    "commission_base",
    "supplier_due",
    "client_price",
    "margin",
}


class TourPriceMixin(models.AbstractModel):
    """What stands between records and the engine `price.py`."""

    _name = "tour.price.mixin"
    _description = "Price Calculation"

    @api.model
    def _prepare_stay(self, rate, segments, currency=None, **values):
        """Return the engine's input for a stay at a rate.

        The hotel's rules come from the rate's hotel. Override to add what else a
        price depends on.

        :param rate: the `tour.rate`; empty for a service that is no stay
        :param segments: the rate's part of `tour.rate._get_night_segments`
        :param currency: the currency to round to, by default the hotel's
        :param values: rooms, persons, early_share, overrides … of `StayInput`
        :rtype: StayInput
        """
        hotel = rate.hotel_id
        currency = currency or hotel.currency_id or self.env.company.currency_id
        return StayInput(
            **{
                "segments": tuple(segments),
                "rate_kind": rate.kind or "rack",
                "meal_included": rate.meal_included,
                "commission_percent": decimal(hotel.commission_percent),
                "meals_commissionable": not hotel.no_commission_on_meals,
                "settlement": hotel.settlement or "full",
                "rounding": decimal(currency.rounding),
            }
            | values
        )

    @api.model
    def _render_price_steps(self, steps, currency):
        """Return the steps of a calculation in the reader's language.

        :param steps: of a `Calculation`, or as they were stored as JSON
        :param currency: the currency that the amounts are in
        :return: for each step a dict: ``code``, ``label``, ``detail``, ``amount``
            (number), ``text`` (amount with currency), ``is_total``, ``typed`` and
            ``computed`` (what was computed where a person typed another value)
        :rtype: list[dict]
        """
        labels = self._get_price_step_labels()
        return [self._render_price_step(step, currency, labels) for step in steps]

    @api.model
    def _render_price_step(self, step, currency, labels):
        if isinstance(step, Step):
            step = step.as_json()
        code = step["code"]
        amount = float(step["amount"])
        args = {
            key: self._format_price(value, currency) if key in _MONEY_ARGS else value
            for key, value in step["args"].items()
        }
        return {
            "code": code,
            "label": labels[code],
            "detail": self._get_price_step_detail(code, args),
            "amount": amount,
            "text": self._format_price(amount, currency),
            "is_total": code in _TOTALS,
            "typed": bool(args.get("typed")),
            "computed": args.get("computed", ""),
        }

    @api.model
    def _get_price_step_labels(self):
        """Return what the lines of the sum are called, by the code of their step."""
        return {
            "room": self.env._("Rooms"),
            "early": self.env._("Early arrival"),
            "late": self.env._("Late departure"),
            "meals": self.env._("Meals"),
            "supplier_price_total": self.env._("Supplier's price"),
            "meals_out": self.env._("Meals without commission"),
            "commission_base": self.env._("Commission base"),
            "commission": self.env._("Our commission"),
            "supplier_due": self.env._("Due to the supplier"),
            "client_room": self.env._("Rooms, client"),
            "client_early": self.env._("Early arrival, client"),
            "client_late": self.env._("Late departure, client"),
            "client_meals": self.env._("Meals, client"),
            "client_price": self.env._("Client's price"),
            "discount": self.env._("Client's discount"),
            "margin": self.env._("Margin"),
        }

    @api.model
    def _get_price_step_detail(self, code, args):
        """Return in words how a line of the sum came about, or an empty text."""
        if code in ("room", "client_room"):
            return self.env._(
                "nights: %(nights)s × rooms: %(rooms)s × %(price)s", **args
            )
        if code in ("early", "late", "client_early", "client_late"):
            return self.env._(
                "%(percent)s %% of a night × rooms: %(rooms)s × %(price)s", **args
            )
        if code in ("meals", "meals_out", "client_meals"):
            return self.env._(
                "nights: %(nights)s × persons: %(persons)s × %(price)s", **args
            )
        if code in ("commission", "discount"):
            return self.env._("%(percent)s %% of %(base)s", **args)
        if code == "supplier_due":
            full = args["settlement"] == "full"
            return self.env._("in full") if full else self.env._("less commission")
        if code == "margin":
            return "{client_price} − {discount} − {cost}".format(**args)
        return ""

    @api.model
    def _format_price(self, amount, currency):
        # Odoo puts an invisible character behind a minus; text that is compared,
        # copied and searched is better without it.
        return format_amount(self.env, float(amount), currency).replace("\ufeff", "")
