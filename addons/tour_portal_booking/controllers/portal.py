"""New bookings of clients: where they begin, their drafts, and small answers."""

from werkzeug.exceptions import NotFound

from odoo.http import Stream, request, route

from odoo.addons.tour_portal.controllers.booking_page import TourBookingPage
from odoo.addons.tour_portal.controllers.portal import ID

from ..models.tour_portal_draft import MAX_TEXT, PATH, clean

# A form of ours has a name, a birth date … of some hundred guests.
MAX_INPUTS = 5000
DRAFT = f"{PATH}/<{ID}:draft_id>"
GET_POST = {
    "type": "http",
    "auth": "user",
    "methods": ["GET", "POST"],
    "website": True,
    "sitemap": False,
}
GET = {**GET_POST, "methods": ["GET"]}
POST = {**GET_POST, "methods": ["POST"]}


class TourNewBooking(TourBookingPage):
    # === For all steps === #

    def _read_tour_new_form(self):
        """What was typed; without the signs that the database keeps in no text."""
        form = request.httprequest.form
        return {
            clean(name): clean(value, MAX_TEXT * 50)
            for name, value in list(form.items())[:MAX_INPUTS]
        }

    def _get_tour_draft(self, draft_id):
        """The draft of the one who looks; what is sent leads to its booking.

        :raise NotFound: if there is none
        """
        self._check_tour_client()
        draft = request.env["tour.portal.draft"]._find_own(draft_id)
        if not draft:
            raise NotFound()
        return draft

    def _lead_to_tour_booking(self, draft):
        order_id = draft.sudo().order_id.id  # In sudo: the address only.
        return request.redirect(f"/my/tour/bookings/{order_id}?sent=1", code=303)

    def _prepare_tour_step_values(self, step, draft=None, **values):
        """What a page of a step shows."""
        drafts = request.env["tour.portal.draft"]
        names = drafts._get_step_names()
        done = draft.data if draft else {}
        opened = draft._get_open_step() if draft else "where"
        steps = []
        for number, (code, name) in enumerate(names.items(), 1):
            url = draft and (code in done or code == opened) and draft._get_path(code)
            steps.append({"number": number, "code": code, "name": name, "url": url})
        return self._prepare_tour_values(
            "new",
            draft=draft,
            steps=steps,
            step=step,
            step_name=names[step],
            crumbs=[(request.env._("New booking"), PATH)],
            **{"faults": {}, "post": {}, **values},
        )

    def _open_tour_step(self, draft_id, step):
        """The draft for a step; and where to go instead if it is not its turn.

        What is posted waits until nobody else deals with the draft.
        """
        draft = self._get_tour_draft(draft_id)
        if request.httprequest.method == "POST":
            draft._lock()
        if draft.sudo().order_id:  # In sudo: whether it is sent.
            return draft, self._lead_to_tour_booking(draft)
        data, opened = draft.data or {}, draft._get_open_step()
        if step not in data and step != opened:
            return draft, request.redirect(draft._get_path(), code=303)
        return draft, None

    def _keep_tour_step(self, draft, step, value, following=None):
        draft._keep(step, value)
        return request.redirect(draft._get_path(following), code=303)

    # === Drafts === #

    @route(DRAFT, **GET)
    def tour_open_draft(self, draft_id, **kwargs):
        """Go on where the client stopped."""
        draft = self._get_tour_draft(draft_id)
        if draft.sudo().order_id:  # In sudo: whether it is sent.
            return self._lead_to_tour_booking(draft)
        return request.redirect(draft._get_path(), code=303)

    @route(f"{DRAFT}/delete", **POST)
    def tour_delete_draft(self, draft_id, **kwargs):
        """Erase what was begun."""
        self._check_tour_client()
        # In another window it may be gone already: that is what was asked for.
        draft = request.env["tour.portal.draft"]._find_own(draft_id)
        if draft:
            draft._lock()
            draft._erase()
        return request.redirect(PATH, code=303)

    # === Small answers === #

    @route(f"{PATH}/cities", **GET, readonly=True)
    def tour_suggest_cities(self, q="", **kwargs):
        """Names of cities for what was typed so far."""
        self._check_tour_client()
        names = request.env["tour.portal.draft"]._suggest_cities(q)
        return request.make_json_response(names)

    @route(f"{PATH}/picture/<{ID}:hotel_id>", **GET, readonly=True)
    def tour_hotel_picture(self, hotel_id, **kwargs):
        """The picture of a hotel that clients may book."""
        self._check_tour_client()
        hotel_sudo = request.env["tour.portal.hotels"]._find_hotel(
            hotel_id, request.env.company
        )
        if not hotel_sudo.client_picture:
            raise NotFound()
        # In sudo: `_find_hotel` says who may see it.
        stream = (
            request.env["ir.binary"]
            .sudo()
            ._get_image_stream_from(hotel_sudo, "client_picture", width=512, height=512)
        )
        return _to_response(stream)

    # === Other pages === #

    def _prepare_tour_home_values(self):
        """Add the drafts of the client."""
        drafts = request.env["tour.portal.draft"]._get_unsent()
        return {**super()._prepare_tour_home_values(), "tour_drafts": drafts}

    def _prepare_tour_booking_values(self, order):
        """Say that the booking was sent, to whom it was sent by."""
        values = super()._prepare_tour_booking_values(order)
        is_sent = request.params.get("sent") == "1"
        # In sudo: whether somebody has it already.
        order_sudo = order.sudo()
        values["tour_is_just_sent"] = is_sent and order_sudo.created_by_client
        values["tour_is_untaken"] = (
            order_sudo.created_by_client
            and order_sudo.booking_state == "new"
            and not order_sudo.user_id
        )
        return values


def _to_response(stream: Stream):
    response = stream.get_response()
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
