"""Steps 2 and 3: the hotel, its rooms and rates, and how the stay is to be."""

import re

from odoo import api, fields, models
from odoo.tools.misc import format_amount

from .tour_portal_draft import MAX_TEXT, clean, read_number

_HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(:\d\d)?")
MAX_ID = 2**31 - 1


def read_hour(text):
    """An hour of a form as a number; None if it is none."""
    match = _HOUR.fullmatch(clean(text, 8))
    return int(match[1]) + int(match[2]) / 60 if match else None


def format_hour(hour):
    """14.5 as 14:30."""
    minutes = round((hour or 0.0) * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


class TourPortalDraft(models.Model):
    _inherit = "tour.portal.draft"

    # === Records that the data stands for, in sudo mode === #

    def _get_partner(self):
        """For whom it is; nothing if the user may not book for him any more."""
        partners_sudo = self.user_id.sudo()._get_bookable_clients()
        partner_id = self.data["where"].get("partner_id")
        return partners_sudo.filtered(lambda partner: partner.id == partner_id)

    def _get_hotel(self):
        """The hotel that was chosen; nothing for one of which only the name is known,
        or which clients may not book any more."""
        hotel_id = (self.data.get("hotel") or {}).get("id")
        hotels = self.env["tour.portal.hotels"]
        return hotels._find_hotel(hotel_id or 0, self.company_id)

    def _prepare_order(self):
        partner = self._get_partner() or self.user_id.commercial_partner_id
        quote = self.env["tour.portal.quote"]
        return quote._prepare_order(partner, self.company_id)

    def _prepare_group_values(self, index, persons=None):
        """What a stay of a group of rooms is, whatever the hotel."""
        where = self.data["where"]
        group = where["groups"][index]
        stay = self.data.get("stay") or {}
        values = {
            "rooms": group["rooms"],
            "persons": self._count_persons(group) if persons is None else persons,
            "date_from": fields.Date.to_date(where["date_from"]),
            "date_to": fields.Date.to_date(where["date_to"]),
            "meal": where["meal"],
        }
        hours = {name: stay.get(name) for name in ("hour_from", "hour_to")}
        return values | {name: hour for name, hour in hours.items() if hour is not None}

    def _fits(self, rate, index):
        """Whether a room of the rate has beds for those of a group; an infant sleeps
        with its parents."""
        group = self.data["where"]["groups"][index]
        beds = group["adults"] + sum(age > 0 for age in group["ages"])
        return beds <= rate.room_id.capacity

    # === Step 2 === #

    def _read_hotel(self, form):
        """The hotel that was pressed, or that one is asked for by name.

        :return: the step's data, or None; {name of the input: sentence}
        """
        if form.get("unlisted"):
            text = clean(form.get("hotel_text"))
            return {"id": 0, "name": "", "text": text}, {}
        hotel_id = read_number(form.get("hotel_id"), 1, MAX_ID) or 0
        hotels = self.env["tour.portal.hotels"]
        hotel = hotels._find_hotel(hotel_id, self.company_id)
        if not hotel or hotel.city_id.id != self.data["where"]["city_id"]:
            return None, {
                "": self.env._("This hotel cannot be booked here. Choose another one.")
            }
        return {"id": hotel.id, "name": hotel.name, "text": ""}, {}

    # === Step 3 === #

    def _get_rate_choices(self):
        """For each group of rooms the rates to choose from, with their prices.

        :rtype: list[list[dict]]
        """
        hotel, quote = self._get_hotel(), self.env["tour.portal.quote"]
        rates = self.env["tour.portal.hotels"]._find_rates(hotel, self.company_id)
        order, service_type = self._prepare_order(), quote._get_type()
        meals = dict(rates._fields["meal"]._description_selection(self.env))
        choices = []
        for index in range(len(self.data["where"]["groups"])):
            values = self._prepare_group_values(index)
            services = [
                quote._prepare_stay(order, service_type, hotel, rate, values)
                for rate in rates
                if self._fits(rate, index)
            ]
            prices = quote._get_net_prices(services)
            choices.append(
                [
                    {
                        "id": service.rate.id,
                        "room": service.room.name,
                        "description": service.room.description or "",
                        "rate": service.rate.name,
                        "meal": meals.get(service.meal, ""),
                        "price": price is not None
                        and format_amount(
                            self.env,
                            quote._add_taxes(service, price),
                            order.currency_id,
                        ),
                    }
                    for service, price in zip(services, prices, strict=True)
                ]
            )
        return choices

    def _read_stay(self, form):
        """What was typed, and what is wrong with it."""
        faults, rates = {}, []
        choices = self._get_rate_choices()
        for index, group in enumerate(choices):
            rate_id = read_number(form.get(f"rate_{index}"), 0, MAX_ID)
            if rate_id and rate_id not in {choice["id"] for choice in group}:
                rate_id = None
            if rate_id is None and not group:
                rate_id = 0
            if rate_id is None:
                faults[f"rate_{index}"] = self.env._("Room and rate: choose one.")
            rates.append(rate_id)
        hours = {}
        for name, text in self._get_hour_names().items():
            hours[name] = read_hour(form.get(name))
            if hours[name] is None and clean(form.get(name)):
                faults[name] = self.env._(
                    "%(name)s: enter an hour, as 14:30.", name=text
                )
        return {
            "rates": None if None in rates else rates,
            **hours,
            "wishes": clean(form.get("wishes"), MAX_TEXT),
            "reference": clean(form.get("reference")),
        }, faults

    @api.model
    def _get_hour_names(self):
        return {
            "hour_from": self.env._("Hour of arrival"),
            "hour_to": self.env._("Hour of departure"),
        }

    def _get_stay_rates(self):
        """The rate of each group, empty where a manager is to choose; None in the
        place of one that cannot be booked any more."""
        hotel = self._get_hotel()
        rates = self.env["tour.portal.hotels"]._find_rates(hotel, self.company_id)
        by_id = {rate.id: rate for rate in rates} | {0: rates.browse()}
        return [
            rate if rate is None or not rate or self._fits(rate, index) else None
            for index, rate in enumerate(map(by_id.get, self.data["stay"]["rates"]))
        ]
