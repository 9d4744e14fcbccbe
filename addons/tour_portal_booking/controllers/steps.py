"""Steps 2 to 6 of a new booking, a page each: read, check, keep, lead on."""

from odoo.exceptions import UserError
from odoo.http import request, route

from ..models.tour_portal_draft import read_number
from ..models.tour_portal_draft_services import MAX_SERVICES
from ..models.tour_portal_draft_stay import MAX_ID, format_hour
from ..models.tour_portal_hotels import HEIGHT, WIDTH
from .portal import DRAFT, GET_POST
from .where import TourNewBookingWhere


class TourNewBookingSteps(TourNewBookingWhere):
    # === 2: the hotel === #

    @route(f"{DRAFT}/hotel", **GET_POST)
    def tour_draft_hotel(self, draft_id, after="", **kwargs):
        """Hotels that were found; a press on one chooses it."""
        draft, elsewhere = self._open_tour_step(draft_id, "hotel")
        if elsewhere:
            return elsewhere
        faults = {}
        if request.httprequest.method == "POST":
            hotel, faults = draft._read_hotel(self._read_tour_new_form())
            if hotel:
                return self._keep_tour_step(draft, "hotel", hotel, "stay")
        after_id = read_number(after, 1, MAX_ID)
        page = request.env["tour.portal.hotels"]._get_page(draft, after_id)
        values = self._prepare_tour_step_values(
            "hotel",
            draft,
            faults=faults,
            where=draft.data["where"],
            is_first=not after_id,
            size=(WIDTH, HEIGHT),
            **page,
        )
        return request.render("tour_portal_booking.hotels", values)

    # === 3: room, rate, hours, wishes === #

    @route(f"{DRAFT}/stay", **GET_POST)
    def tour_draft_stay(self, draft_id, **kwargs):
        """The room and rate of each group of rooms, and how the stay is to be."""
        draft, elsewhere = self._open_tour_step(draft_id, "stay")
        if elsewhere:
            return elsewhere
        form, faults = self._get_stay_form(draft), {}
        if request.httprequest.method == "POST":
            form = self._read_tour_new_form()
            stay, faults = draft._read_stay(form)
            if not faults:
                return self._keep_tour_step(draft, "stay", stay, "guests")
        hotel_sudo = draft._get_hotel()
        choices = draft._get_rate_choices()
        values = self._prepare_tour_step_values(
            "stay",
            draft,
            faults=faults,
            post=form,
            hotel={
                "name": hotel_sudo.name or draft.data["hotel"]["text"],
                "is_known": bool(hotel_sudo),
                "check_in": format_hour(hotel_sudo.check_in_hour),
                "check_out": format_hour(hotel_sudo.check_out_hour),
            },
            groups=[
                {**group, "choices": choices[index]}
                for index, group in enumerate(draft.data["where"]["groups"])
            ],
        )
        return request.render("tour_portal_booking.stay", values)

    def _get_stay_form(self, draft):
        stay = draft.data.get("stay") or {}
        form = {name: stay.get(name) or "" for name in ("wishes", "reference")}
        for name in ("hour_from", "hour_to"):
            hour = stay.get(name)
            form[name] = "" if hour is None else format_hour(hour)
        for index, rate_id in enumerate(stay.get("rates") or []):
            form[f"rate_{index}"] = str(rate_id)
        return form

    # === 4: guests === #

    @route(f"{DRAFT}/guests", **GET_POST)
    def tour_draft_guests(self, draft_id, **kwargs):
        """Guests, typed or taken from rows and sheets."""
        draft, elsewhere = self._open_tour_step(draft_id, "guests")
        if elsewhere:
            return elsewhere
        form, faults, rows, said = {}, {}, None, []
        if request.httprequest.method == "POST":
            form = self._read_tour_new_form()
            if form.get("take"):
                files = request.httprequest.files.getlist("sheet")
                rows, said = draft._read_rows(form.get("paste", ""), files)
            if not form.get("take"):
                guests, faults = draft._read_guests(form)
                if not faults:
                    return self._keep_tour_step(draft, "guests", guests, "services")
        values = self._prepare_tour_step_values(
            "guests",
            draft,
            faults=faults,
            # What was typed is shown again, unless rows were taken instead.
            post={} if rows else form,
            rooms=draft._get_guest_rows(rows),
            groups=draft.data["where"]["groups"],
            taken=sum(map(len, rows or [])),
            said=said,
        )
        return request.render("tour_portal_booking.guests", values)

    # === 5: other services === #

    @route(f"{DRAFT}/services", **GET_POST)
    def tour_draft_services(self, draft_id, **kwargs):
        """Transfers and other services beside the stay."""
        draft, elsewhere = self._open_tour_step(draft_id, "services")
        if elsewhere:
            return elsewhere
        services, faults, form = draft.data.get("services") or [], {}, {}
        types = draft._get_service_types()
        if request.httprequest.method == "POST":
            form = self._read_tour_new_form()
            services, faults = draft._read_services(form)
            if form.get("next") and not faults:
                return self._keep_tour_step(draft, "services", services, "review")
            added = types.browse(read_number(form.get("add"), 1, MAX_ID) or ())
            if added in types and len(services) < MAX_SERVICES:
                services.append({"type_id": added.id, "hour": None})
            if not form.get("next"):
                faults = {}
        values = self._prepare_tour_step_values(
            "services",
            draft,
            faults=faults,
            services=services,
            types={kind.id: kind for kind in types},
            format_hour=format_hour,
        )
        return request.render("tour_portal_booking.services", values)

    # === 6: check and send === #

    @route(f"{DRAFT}/review", **GET_POST)
    def tour_draft_review(self, draft_id, **kwargs):
        """All of it with its price; sent if nothing has changed."""
        draft, elsewhere = self._open_tour_step(draft_id, "review")
        if elsewhere:
            return elsewhere
        wrong = draft._get_faults()
        if "hotel" in wrong or "stay" in wrong or "where" in wrong:
            # There is no price for what cannot be booked.
            return self._render_tour_review(draft, wrong=wrong)
        stays = draft._get_stays()
        quote = draft._get_quote(stays)
        if request.httprequest.method != "POST":
            return self._render_tour_review(draft, stays, quote, wrong=wrong)
        form = self._read_tour_new_form()
        faults, changed = {}, draft._compare_seen(form.get("seen"), quote)
        if not form.get("agree"):
            faults["agree"] = request.env._(
                "Agreement: tick that you agree to send this booking."
            )
        if not (faults or changed or wrong):
            try:
                # As a whole or not at all, also when the page is shown again.
                with request.env.cr.savepoint():
                    draft._send(stays, quote)
                return self._lead_to_tour_booking(draft)
            except UserError as error:
                faults[""] = str(error)
        return self._render_tour_review(
            draft, stays, quote, wrong=wrong, faults=faults, changed=changed
        )

    def _render_tour_review(self, draft, stays=None, quote=None, **values):
        steps = draft._get_step_names()
        wrong = values.pop("wrong", {})
        values = self._prepare_tour_step_values(
            "review",
            draft,
            review=stays and draft._get_review(stays, quote),
            wrong=[
                {"step": steps[step], "url": draft._get_path(step), "text": text}
                for step, text in wrong.items()
            ],
            **{"changed": [], **values},
        )
        return request.render("tour_portal_booking.review", values)
