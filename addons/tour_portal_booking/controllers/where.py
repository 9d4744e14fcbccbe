"""The first step of a new booking: where, when, and for whom."""

from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.tour_hotel.models.tour_rate import MEALS

from ..models.tour_portal_draft import PATH, read_number
from .portal import DRAFT, GET_POST, TourNewBooking

PURPOSE = "tour_new_booking"
GROUP = ("rooms", "adults", "ages")


class TourNewBookingWhere(TourNewBooking):
    @route(PATH, **GET_POST)
    def tour_new_booking(self, **kwargs):
        """The first step of a new booking; a draft is made when it is done."""
        self._check_tour_client()
        company = request.env.company
        if request.httprequest.method != "POST":
            return self._render_tour_where(None, {}, {}, [])
        form = self._read_tour_new_form()
        if again := self._change_tour_rooms(form):
            return self._render_tour_where(None, again, {}, [])
        drafts = request.env["tour.portal.draft"]
        where, faults, cities = drafts._read_where(form, company)
        if not faults:
            try:
                with request.env.cr.savepoint():
                    return self._begin_tour_draft(form, where)
            except UserError as error:
                faults = {"": str(error)}
        return self._render_tour_where(None, form, faults, cities)

    def _begin_tour_draft(self, form, where):
        """A draft, once, however often it is pressed."""
        once_sudo, is_first = request.env["tour.portal.once"]._begin(
            PURPOSE, form.get("once")
        )
        if is_first:
            draft = request.env["tour.portal.draft"]._begin(where)
            once_sudo.result_url = draft._get_path()
        return request.redirect(once_sudo.result_url or PATH, code=303)

    @route(f"{DRAFT}/where", **GET_POST)
    def tour_draft_where(self, draft_id, **kwargs):
        """City, days, rooms with those who live in them, and what hotel."""
        draft, elsewhere = self._open_tour_step(draft_id, "where")
        if elsewhere:
            return elsewhere
        if request.httprequest.method != "POST":
            return self._render_tour_where(draft, self._get_where_form(draft), {}, [])
        form = self._read_tour_new_form()
        if again := self._change_tour_rooms(form):
            return self._render_tour_where(draft, again, {}, [])
        where, faults, cities = draft._read_where(form, draft.company_id)
        if faults:
            return self._render_tour_where(draft, form, faults, cities)
        return self._keep_tour_step(draft, "where", where, "hotel")

    def _get_where_form(self, draft):
        """The form as it was filled in."""
        where = draft.data["where"]
        form = {name: str(where[name] or "") for name in where if name != "groups"}
        form["client"] = form.pop("partner_id")
        for index, group in enumerate(where["groups"]):
            form[f"rooms_{index}"] = str(group["rooms"])
            form[f"adults_{index}"] = str(group["adults"])
            form[f"ages_{index}"] = ", ".join(map(str, group["ages"]))
        return form

    def _get_tour_rooms(self, form):
        """The rows of rooms in a form, as they were typed."""
        rows = []
        while f"rooms_{len(rows)}" in form:
            index = len(rows)
            rows.append({name: form.get(f"{name}_{index}", "") for name in GROUP})
        return rows or [{"rooms": "1", "adults": "2", "ages": ""}]

    def _change_tour_rooms(self, form):
        """The form with a row of rooms more or less, if that was pressed."""
        rows = self._get_tour_rooms(form)
        dropped = read_number(form.get("drop"), 0, len(rows) - 1)
        # In sudo: the limit only.
        most = request.env.company.sudo().tour_new_booking_rooms
        if form.get("add") and len(rows) < most:
            rows.append({"rooms": "1", "adults": "2", "ages": ""})
        elif dropped is not None and len(rows) > 1:
            del rows[dropped]
        else:
            return None
        kept = {
            name: value
            for name, value in form.items()
            if not name.startswith(tuple(f"{part}_" for part in GROUP))
        }
        for index, row in enumerate(rows):
            kept |= {f"{name}_{index}": value for name, value in row.items()}
        return kept

    def _render_tour_where(self, draft, form, faults, cities):
        drafts = request.env["tour.portal.draft"]
        meals = dict(
            request.env["tour.rate"]._fields["meal"]._description_selection(request.env)
        )
        clients = request.env.user._get_bookable_clients()
        values = self._prepare_tour_step_values(
            "where",
            draft,
            faults=faults,
            post=form,
            rows=self._get_tour_rooms(form),
            cities=cities,
            meals=[("", request.env._("Any"))]
            + [(code, meals[code]) for code, _name in MEALS],
            clients=[(client.id, client.name) for client in clients],
            drafts=drafts._get_unsent() if not draft else drafts,
        )
        return request.render("tour_portal_booking.where", values)
