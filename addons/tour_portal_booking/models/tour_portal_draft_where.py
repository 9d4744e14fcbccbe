"""Step 1: where, when, and for whom."""

import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.tour_hotel.models.tour_rate import MEALS

from .tour_portal_draft import clean, read_date, read_number

SUGGESTED = 10
# Nobody books further ahead.
MAX_DAYS_AHEAD = 730
MAX_PERSONS = 10
CHILD_AGE = 17


def _escape(text):
    return re.sub(r"([\\%_])", r"\\\1", text)


class TourPortalDraft(models.Model):
    _inherit = "tour.portal.draft"

    # === Cities === #

    @api.model
    def _suggest_cities(self, text):
        """Names of cities that begin with ``text``, then those that have it in them.

        :rtype: list[str]
        """
        text = clean(text)
        if len(text) < 2:
            return []
        # In sudo: cities are for staff; their names are no secret.
        cities_sudo = self.env["tour.city"].sudo()
        found = cities_sudo.search(
            [("name", "=ilike", f"{_escape(text)}%")], limit=SUGGESTED
        )
        if len(found) < SUGGESTED:
            found |= cities_sudo.search(
                [("name", "ilike", _escape(text)), ("id", "not in", found.ids)],
                limit=SUGGESTED - len(found),
            )
        return found.mapped("display_name")

    @api.model
    def _find_cities(self, text):
        """Cities that are called so, with or without their region, in sudo mode."""
        # In sudo: as above.
        cities_sudo = self.env["tour.city"].sudo()
        name, comma, region = text.rpartition(", ")
        domain = Domain("name", "=ilike", _escape(text))
        if comma:
            domain |= Domain("name", "=ilike", _escape(name)) & Domain(
                "region", "=ilike", _escape(region)
            )
        return cities_sudo.search(domain, limit=SUGGESTED)

    # === Reading the form === #

    @api.model
    def _read_where(self, form, company):
        """What was typed, and what is wrong with it.

        :return: the step's data; {name of the input: sentence}; cities to choose from,
            pairs of id and name, where the name stands for several
        """
        faults = {}
        city, choices = self._read_city(form, faults)
        start, end = self._read_dates(form, company, faults)
        groups = self._read_groups(form, company, faults)
        meal = clean(form.get("meal"))
        partners = self.env.user._get_bookable_clients()
        partner_id = read_number(form.get("client"), 1, 2**31 - 1)
        if partner_id not in partners.ids:
            partner_id = partners[:1].id
        where = {
            "city_id": city.id,
            "city": city.display_name or clean(form.get("city")),
            "date_from": fields.Date.to_string(start) or "",
            "date_to": fields.Date.to_string(end) or "",
            "groups": groups,
            "hotel": clean(form.get("hotel")),
            "meal": meal if meal in dict(MEALS) else "",
            "partner_id": partner_id,
        }
        return where, faults, choices

    @api.model
    def _read_city(self, form, faults):
        text = clean(form.get("city"))
        # In sudo: as above.
        city_sudo = self.env["tour.city"].sudo().browse()
        if not text:
            faults["city"] = self.env._("City: say where the hotel is to be.")
            return city_sudo, []
        found = self._find_cities(text)
        chosen_id = read_number(form.get("city_id"), 1, 2**31 - 1)
        if len(found) > 1 and chosen_id in found.ids:
            found = found.browse(chosen_id)
        if len(found) > 1:
            faults["city_id"] = self.env._(
                "City: there are several called so. Choose one."
            )
            return city_sudo, [
                (city.id, f"{city.display_name}, {city.country_id.name}")
                for city in found
            ]
        if not found:
            faults["city"] = self.env._(
                "City: we know no %(city)s. Check how it is written, or write to the "
                "operator.",
                city=text,
            )
        return found, []

    @api.model
    def _read_dates(self, form, company, faults):
        start, end = (read_date(form.get(name)) for name in ("date_from", "date_to"))
        faults.update(self._check_dates(start, end, company))
        return start, end

    @api.model
    def _check_dates(self, start, end, company):
        """What is wrong with the days of a stay.

        :rtype: dict
        """
        faults = {}
        today = fields.Date.context_today(self)
        # In sudo: the limit only.
        nights = company.sudo().tour_new_booking_nights
        if not start:
            faults["date_from"] = self.env._("Arrival: enter a date.")
        elif start < today:
            faults["date_from"] = self.env._("Arrival: this day is past.")
        elif start > today + timedelta(days=MAX_DAYS_AHEAD):
            faults["date_from"] = self.env._(
                "Arrival: nobody can book so far ahead. Check the year."
            )
        if not end:
            faults["date_to"] = self.env._("Departure: enter a date.")
        elif start and end <= start:
            faults["date_to"] = self.env._(
                "Departure: it must be later than the arrival."
            )
        elif start and (end - start).days > nights:
            faults["date_to"] = self.env._(
                "Departure: up to %(nights)s nights can be booked here. Write to the "
                "operator about a longer stay.",
                nights=nights,
            )
        return faults

    @api.model
    def _read_groups(self, form, company, faults):
        """Rooms that are alike, with who lives in each."""
        # In sudo: the limits only.
        company_sudo = company.sudo()
        groups = []
        while f"rooms_{len(groups)}" in form and (
            len(groups) < company_sudo.tour_new_booking_rooms
        ):
            groups.append(self._read_rooms(form, len(groups), company_sudo, faults))
        groups = groups or [{"rooms": 1, "adults": 2, "ages": []}]
        faults.update(self._check_groups(groups, company))
        return groups

    @api.model
    def _read_rooms(self, form, index, company, faults):
        rooms = read_number(
            form.get(f"rooms_{index}"), 1, company.tour_new_booking_rooms
        )
        adults = read_number(form.get(f"adults_{index}"), 1, MAX_PERSONS)
        ages = self._read_ages(form.get(f"ages_{index}"))
        if rooms is None:
            faults[f"rooms_{index}"] = self.env._(
                "Rooms: enter a number from 1 to %(most)s.",
                most=company.tour_new_booking_rooms,
            )
        if adults is None:
            faults[f"adults_{index}"] = self.env._(
                "Adults in a room: enter a number from 1 to %(most)s.",
                most=MAX_PERSONS,
            )
        if ages is None:
            faults[f"ages_{index}"] = self.env._(
                "Ages of children: enter numbers from 0 to %(most)s with commas "
                "between them, as 0, 5.",
                most=CHILD_AGE,
            )
        return {"rooms": rooms or 1, "adults": adults or 1, "ages": ages or []}

    @api.model
    def _read_ages(self, text):
        """Ages of children in a text; None if something in it is none."""
        parts = re.split(r"[,;\s]+", clean(text))
        ages = [read_number(part, 0, CHILD_AGE) for part in parts if part]
        return None if None in ages or len(ages) > MAX_PERSONS else ages

    @api.model
    def _check_groups(self, groups, company):
        # In sudo: the limits only.
        company_sudo = company.sudo()
        rooms = sum(group["rooms"] for group in groups)
        persons = sum(map(self._count_persons, groups))
        last = len(groups) - 1
        if rooms > company_sudo.tour_new_booking_rooms:
            return {
                f"rooms_{last}": self.env._(
                    "Rooms: up to %(most)s can be booked here. Write to the operator "
                    "about a bigger group.",
                    most=company_sudo.tour_new_booking_rooms,
                )
            }
        if persons > company_sudo.tour_new_booking_guests:
            return {
                f"adults_{last}": self.env._(
                    "Guests: up to %(most)s can be booked for here. Write to the "
                    "operator about a bigger group.",
                    most=company_sudo.tour_new_booking_guests,
                )
            }
        return {}

    # === What follows === #

    @api.model
    def _follow_where(self, data, before):
        """Drop what another place, other days or other rooms make void."""
        where = data["where"]
        if where["city_id"] != before["city_id"]:
            data.pop("hotel", None)
            data.pop("stay", None)
        if where["groups"] == before["groups"]:
            return
        if data.get("stay"):
            data["stay"] = {**data["stay"], "rates": None}
        if "guests" in data:
            flat = [guest for guests in data["guests"] for guest in guests]
            data["guests"] = self._deal_guests(flat, where["groups"])
            if not all(data["guests"]):
                # Somebody has to be named in each room.
                data["guests_kept"] = data.pop("guests")

    @api.model
    def _deal_guests(self, guests, groups):
        """Fill rooms with guests in their order; who finds no place is left out."""
        dealt, start = [], 0
        for group in groups:
            end = start + self._count_persons(group)
            dealt.append(guests[start:end])
            start = end
        return dealt
