from odoo import api, models
from odoo.tools.misc import format_amount
from odoo.tools.translate import LazyTranslate

from ..amounts import decimal
from ..price import StayInput, Step

_lt = LazyTranslate(__name__)

#: What a line of the sum is called, by the code of its step.
_LABELS = {
    "room": _lt("Rooms"),
    "early": _lt("Early arrival"),
    "late": _lt("Late departure"),
    "meals": _lt("Meals"),
    "supplier_price_total": _lt("Supplier's price"),
    "meals_out": _lt("Meals without commission"),
    "commission_base": _lt("Commission base"),
    "commission": _lt("Our commission"),
    "supplier_due": _lt("Due to the supplier"),
    "client_room": _lt("Rooms, client"),
    "client_early": _lt("Early arrival, client"),
    "client_late": _lt("Late departure, client"),
    "client_meals": _lt("Meals, client"),
    "client_price": _lt("Client's price"),
    "discount": _lt("Client's discount"),
    "margin": _lt("Margin"),
}
_ROOM = _lt("nights: %(nights)s × rooms: %(rooms)s × %(price)s")
_SHARE = _lt("%(percent)s %% of a night × rooms: %(rooms)s × %(price)s")
_MEALS = _lt("nights: %(nights)s × persons: %(persons)s × %(price)s")
_PERCENT = _lt("%(percent)s %% of %(base)s")
#: How it came about; placeholders are the arguments of the step.
_DETAILS = {
    "room": _ROOM,
    "client_room": _ROOM,
    "early": _SHARE,
    "client_early": _SHARE,
    "late": _SHARE,
    "client_late": _SHARE,
    "meals": _MEALS,
    "meals_out": _MEALS,
    "client_meals": _MEALS,
    "commission": _PERCENT,
    "discount": _PERCENT,
    "margin": _lt("%(client_price)s − %(discount)s − %(cost)s"),
}
_SETTLEMENT_DETAILS = {
    "full": _lt("in full"),
    "less": _lt("less commission"),
}
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
        return [self._render_price_step(step, currency) for step in steps]

    @api.model
    def _render_price_step(self, step, currency):
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
            "label": self.env._(_LABELS[code]),
            "detail": self._get_price_step_detail(code, args),
            "amount": amount,
            "text": self._format_price(amount, currency),
            "is_total": code in _TOTALS,
            "typed": bool(args.get("typed")),
            "computed": args.get("computed", ""),
        }

    @api.model
    def _get_price_step_detail(self, code, args):
        """Return in words how a line of the sum came about, or an empty text."""
        if code == "supplier_due":
            return self.env._(_SETTLEMENT_DETAILS[args["settlement"]])
        if code not in _DETAILS:
            return ""
        wording = self.env._(_DETAILS[code])
        return wording % args

    @api.model
    def _format_price(self, amount, currency):
        # Odoo puts an invisible character behind a minus; text that is compared,
        # copied and searched is better without it.
        return format_amount(self.env, float(amount), currency).replace("\ufeff", "")
