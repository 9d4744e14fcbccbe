"""Step 6: everything together with its price, and the booking that is made of it."""

import json
import math

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools.misc import format_amount, format_date

from .tour_portal_draft_stay import format_hour

MAX_SEEN = 5000


class TourPortalDraft(models.Model):
    _inherit = "tour.portal.draft"

    # === The services as they would be booked === #

    def _get_stays(self):
        """The stays, a service for each group of rooms, with its guests.

        :rtype: list[tuple[Service, list[dict]]]
        """
        quote, order = self.env["tour.portal.quote"], self._prepare_order()
        service_type, hotel = quote._get_type(), self._get_hotel()
        stays = []
        for index, rate in enumerate(self._get_stay_rates()):
            guests = [self._prepare_guest_vals(g) for g in self.data["guests"][index]]
            values = self._prepare_group_values(index, persons=len(guests))
            rate = rate or self.env["tour.rate"].sudo()  # In sudo: as the hotel.
            service = quote._prepare_stay(order, service_type, hotel, rate, values)
            stays.append((service, guests))
        return stays

    def _get_quote(self, stays=None):
        """What the booking would cost.

        :return: ``prices`` (of stays, then of other services; None: on request),
            ``total`` (of the prices that are known), ``is_whole``, ``currency``, and
            ``seen``: a text that two quotes have in common if they cost the same
        :rtype: dict
        """
        quote = self.env["tour.portal.quote"]
        services = [service for service, _guests in stays or self._get_stays()]
        prices = [
            None if price is None else quote._add_taxes(service, price)
            for service, price in zip(
                services, quote._get_net_prices(services), strict=True
            )
        ]
        prices += [None] * len(self.data["services"])
        order = services[0].order
        known = [price for price in prices if price is not None]
        currency = order.currency_id
        texts = [
            None if price is None else f"{price:.{currency.decimal_places}f}"
            for price in prices
        ]
        return {
            "prices": prices,
            "total": currency.round(sum(known)),
            "is_whole": len(known) == len(prices),
            "is_known": bool(known),
            "currency": currency,
            "seen": json.dumps([currency.name, *texts]),
        }

    # === Checking it all again === #

    def _get_faults(self):
        """What keeps it from being sent, by the step where it is put right.

        Much may have happened since it was typed: days pass, hotels and rates go.

        :return: {step: sentence}
        :rtype: dict
        """
        self.ensure_one()
        where, company = self.data["where"], self.company_id
        faults = {}
        days = [fields.Date.to_date(where[name]) for name in ("date_from", "date_to")]
        wrong = {
            **self._check_dates(*days, company),
            **self._check_groups(where["groups"], company),
        }
        if wrong:
            faults["where"] = next(iter(wrong.values()))
        if not self._get_partner():
            faults["where"] = self.env._("You cannot book for this client any more.")
        if not self.env["tour.portal.quote"]._get_type():
            faults["hotel"] = self.env._(
                "Hotels cannot be booked here now. Write to the operator."
            )
        hotel = self._get_hotel()
        if self.data["hotel"]["id"] and (
            not hotel or hotel.city_id.id != where["city_id"]
        ):
            faults["hotel"] = self.env._(
                "%(hotel)s cannot be booked here any more. Choose another hotel.",
                hotel=self.data["hotel"]["name"],
            )
        rates = self._get_stay_rates()
        if "hotel" not in faults and None in rates:
            faults["stay"] = self.env._(
                "A rate that you chose is not offered any more. Choose another one."
            )
        faults.update(self._get_faults_of_people(rates))
        return faults

    def _get_faults_of_people(self, rates):
        data, faults = self.data, {}
        for index, rate in enumerate(rates):
            beds = (
                rate and rate.room_id.capacity * data["where"]["groups"][index]["rooms"]
            )
            if beds and self._count_sleepers(data["guests"][index]) > beds:
                faults["guests"] = self.env._(
                    "Room %(number)s: there are more guests than beds.",
                    number=index + 1,
                )
        births = [guest["birth"] for room in data["guests"] for guest in room]
        if not all(map(self._is_birth, filter(None, births))):
            faults["guests"] = self.env._(
                "A guest would be born after the arrival. Check the dates of birth."
            )
        types = set(self._get_service_types().ids)
        for service in data["services"]:
            fault = self._check_service_date(fields.Date.to_date(service["date"]))
            if service["type_id"] not in types:
                fault = self.env._("a service cannot be booked here any more.")
            if fault:
                faults["services"] = self.env._("Other services: %s", fault)
        return faults

    def _count_sleepers(self, guests):
        """Who needs a bed: an infant sleeps with its parents."""
        types = [self._prepare_guest_vals(guest)["guest_type"] for guest in guests]
        return sum(guest_type != "infant" for guest_type in types)

    # === Sending === #

    def _send(self, stays, quote):
        """Make the booking; the draft is locked, and nothing is wrong with it.

        :return: the booking, as the client's own record
        """
        self.ensure_one()
        if self.order_id:
            return self.order_id.sudo(False)
        # In sudo: a client has no right to make orders; what is in it was checked. In
        # his name: who makes it decides that it is dealt to a manager.
        orders_sudo = self.env["sale.order"].sudo().with_company(self.company_id)
        order_sudo = orders_sudo.create(self._prepare_booking_vals(stays, quote))
        # In sudo: as in `_keep`. Who it is about stands in the booking now.
        self.sudo().write(
            {
                "order_id": order_sudo.id,
                "agreed_on": fields.Datetime.now(),
                "data": False,
            }
        )
        return order_sudo.sudo(False)

    def _prepare_booking_vals(self, stays, quote):
        """Hook: values of the booking; override to add some."""
        prices = quote["prices"]
        lines = [
            self._prepare_stay_vals(index, service, guests, prices[index] is not None)
            for index, (service, guests) in enumerate(stays)
        ]
        lines += map(self._prepare_service_vals, self.data["services"])
        return {
            "is_tour_booking": True,
            "partner_id": self._get_partner().id,
            "company_id": self.company_id.id,
            "client_user_id": self.user_id.id,
            "client_order_ref": self.data["stay"]["reference"] or False,
            "order_line": [Command.create(vals) for vals in lines],
        }

    def _prepare_stay_vals(self, index, service, guests, is_priced):
        vals = {
            "service_type_id": service.service_type.id,
            "hotel_id": service.hotel.id,
            "room_id": service.room.id,
            "rate_id": service.rate.id,
            "meal": service.meal or False,
            "rooms": service.rooms,
            "date_from": service.date_from,
            "date_to": service.date_to,
            "hour_from": service.hour_from,
            "hour_to": service.hour_to,
            "guest_ids": [Command.create(guest) for guest in guests],
            "service_text": self._get_stay_text(index, service, is_priced) or False,
        }
        if not is_priced:
            # What the hotel's prices make of it is not what the client pays: a manager
            # says that. A hotel without an exchange rate has no price at all.
            vals["price_unit"] = 0.0
            if not self.env["tour.portal.quote"]._is_convertible(service):
                vals["rate_id"] = False
        return vals

    def _get_stay_text(self, index, service, is_priced):
        """What the manager has to know of a stay besides its fields."""
        parts = []
        if not service.hotel:
            where = self.data["where"]
            parts += [where["city"], self.data["hotel"]["text"] or where["hotel"]]
        if service.rate and not is_priced:
            parts.append(service.rate.name)
        if index == 0:
            parts.append(self.data["stay"]["wishes"])
        return "\n".join(filter(None, parts))

    # === What the review shows === #

    def _get_review(self, stays, quote):
        """The booking in words.

        :rtype: dict
        """
        where, prices = self.data["where"], quote["prices"]
        count = len(stays)
        # In sudo: its name for who books.
        types = {kind.id: kind for kind in self._get_service_types()}
        return {
            "client": self._get_partner().name,
            "city": where["city"],
            "dates": [
                format_date(self.env, where[n]) for n in ("date_from", "date_to")
            ],
            "nights": stays[0][0].nights,
            "stays": [
                self._describe_stay(service, guests, price, quote["currency"])
                for (service, guests), price in zip(stays, prices[:count], strict=True)
            ],
            "services": [
                self._describe_service(types.get(service["type_id"]), service)
                for service in self.data["services"]
            ],
            "unnamed": sum(map(self._count_persons, where["groups"]))
            - sum(len(guests) for _service, guests in stays),
            "wishes": self.data["stay"]["wishes"],
            "reference": self.data["stay"]["reference"],
            "total": quote["is_known"]
            and format_amount(self.env, quote["total"], quote["currency"]),
            "is_whole": quote["is_whole"],
            "seen": quote["seen"],
        }

    def _describe_stay(self, service, guests, price, currency):
        hotel = self.data["hotel"]
        types = dict(
            self.env["tour.guest"]
            ._fields["guest_type"]
            ._description_selection(self.env)
        )
        meals = self.env["tour.rate"]._fields["meal"]._description_selection(self.env)
        return {
            "hotel": service.hotel.name or hotel["text"] or self.env._("Any hotel"),
            "room": service.room.name or "",
            "rate": service.rate.name or "",
            "rooms": service.rooms,
            "meal": dict(meals).get(service.meal, ""),
            "arrival": format_hour(service.hour_from) if service.hotel else "",
            "departure": format_hour(service.hour_to) if service.hotel else "",
            "early": service.early_arrival,
            "late": service.late_departure,
            "guests": [self._describe_guest(guest, types) for guest in guests],
            "price": price is not None and format_amount(self.env, price, currency),
        }

    @api.model
    def _describe_guest(self, guest, types):
        """As "Orlov Ivan (Child, 5)", by the values that he will have."""
        names = (guest[name] for name in ("last_name", "first_name", "middle_name"))
        name = " ".join(filter(None, names))
        if guest["guest_type"] == "adult":
            return name
        notes = [types[guest["guest_type"]], guest.get("age")]
        return f"{name} ({', '.join(str(note) for note in notes if note)})"

    def _describe_service(self, kind, service):
        parts = [service.get(n) for n in ("route", "car_class", "transport_number")]
        return {
            "type": kind.name if kind else "",
            "date": format_date(self.env, service["date"]),
            "hour": "" if service["hour"] is None else format_hour(service["hour"]),
            "text": ", ".join(filter(None, [*parts, service["text"]])),
        }

    def _compare_seen(self, seen, quote):
        """What is different from the prices that the client had before him.

        :param seen: the text of the quote that was shown to him
        :return: sentences; none if all is the same
        """
        if seen == quote["seen"]:
            return []
        before, now = self._parse_seen(seen), self._parse_seen(quote["seen"])
        if not before or len(before) != len(now) or before[0] != now[0]:
            return [self.env._("The price changed since you looked at it.")]
        currency = quote["currency"]
        return [
            self.env._(
                "The price of service %(number)s changed: it was %(old)s, it is "
                "%(new)s now.",
                number=number,
                old=self._format_seen(old, currency),
                new=self._format_seen(new, currency),
            )
            for number, (old, new) in enumerate(
                zip(before[1:], now[1:], strict=True), 1
            )
            if old != new
        ]

    def _parse_seen(self, seen):
        """The currency and the amounts of a text that came from a form."""
        if not isinstance(seen, str) or len(seen) > MAX_SEEN:
            return None
        try:
            currency, *amounts = json.loads(seen)
            read = [a if a is None else float(a) for a in amounts]
        except (ValueError, TypeError, RecursionError, OverflowError):
            return None
        is_fine = all(amount is None or math.isfinite(amount) for amount in read)
        return [currency, *read] if is_fine else None

    def _format_seen(self, amount, currency):
        if amount is None:
            return self.env._("on request")
        return format_amount(self.env, amount, currency)
