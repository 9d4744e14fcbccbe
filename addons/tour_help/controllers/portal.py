"""Where clients ask for help, and talk about what they asked."""

from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.tour_portal.controllers.portal import ID, TourPortal

from ..models.tour_help_client import PATH
from ..models.tour_help_mail import SUBJECT_SIZE, TEXT_SIZE

PAGE_SIZE = 20
# No greater number is an id of ours.
MAX_ID = 2147483647
PAGE = {"type": "http", "auth": "user", "website": True, "sitemap": False}


class TourHelpPortal(TourPortal):
    # === What the pages share === #

    def _get_tour_help(self, request_id):
        """The request, in sudo, if it is the user's; what is not his is not there."""
        self._check_tour_client()
        found_sudo = request.env["tour.help.request"]._find_of_client(request_id)
        if not found_sudo:
            raise NotFound()
        return found_sudo

    def _read_tour_help_key(self, text):
        """A key of a page, from its address."""
        if not text:
            return None
        is_number = len(text) <= 10 and text.isascii() and text.isdigit()
        if not is_number or not 0 < int(text) <= MAX_ID:
            raise NotFound()
        return int(text)

    def _read_tour_help_form(self):
        """What was typed, without signs that no text has."""
        return {
            name: value.replace("\0", "").encode("utf-8", "replace").decode()
            for name, value in request.httprequest.form.items()
        }

    def _check_tour_help_text(self, post, faults):
        """The text, and the files that were sent with it."""
        text, files = post.get("text", "").strip(), []
        if not text:
            faults["text"] = request.env._("Message: write what you need.")
        elif len(text) > TEXT_SIZE:
            faults["text"] = request.env._(
                "Message: up to %(most)s signs, please; yours has %(count)s.",
                most=TEXT_SIZE,
                count=len(text),
            )
        try:
            files = request.env["tour.portal.upload"]._check(
                request.httprequest.files.getlist("files")
            )
        except UserError as error:
            faults["files"] = str(error)
        return text, files

    def _prepare_tour_help_values(self, **values):
        return self._prepare_tour_values(
            "help",
            text_size=TEXT_SIZE,
            subject_size=SUBJECT_SIZE,
            **{"faults": {}, "post": {}, **values},
        )

    # === The list === #

    @route(PATH, methods=["GET"], **PAGE)
    def tour_help_list(self, closed="", after="", **kwargs):
        """His requests, open or closed."""
        self._check_tour_client()
        is_closed = closed == "1"
        found_sudo, next_key = request.env["tour.help.request"]._list_of_client(
            is_closed, self._read_tour_help_key(after), PAGE_SIZE
        )
        values = self._prepare_tour_help_values(
            requests=[one._client_view() for one in found_sudo],
            is_closed=is_closed,
            is_later=bool(after),
            next_key=next_key,
        )
        return request.render("tour_help.portal_list", values)

    # === A new one === #

    @route(f"{PATH}/new", methods=["GET"], **PAGE)
    def tour_help_new(self, booking="", **kwargs):
        """The form; from the page of a booking it is about that booking."""
        self._check_tour_client()
        post = {}
        if order_id := self._read_tour_help_key(booking):
            post["booking"] = self._get_tour_booking(order_id).name
        return self._render_tour_help_form(post, {})

    def _render_tour_help_form(self, post, faults):
        # In sudo: kinds are for staff; clients see their names.
        kinds_sudo = request.env["tour.help.kind"].sudo().search([])
        values = self._prepare_tour_help_values(
            kinds=[(kind.id, kind.name) for kind in kinds_sudo],
            crumbs=[(request.env._("Help"), PATH)],
            post=post,
            faults=faults,
        )
        return request.render("tour_help.portal_new", values)

    @route(f"{PATH}/new", methods=["POST"], **PAGE)
    def tour_help_make(self, **kwargs):
        """Make the request, once."""
        self._check_tour_client()
        post, faults = self._read_tour_help_form(), {}
        values, files = self._check_tour_help_form(post, faults)
        url = PATH
        if not faults:
            try:
                # As a whole or not at all, also when the page is shown again.
                with request.env.cr.savepoint():
                    url = self._make_tour_help(values, files, post.get("once"))
            except UserError as error:
                faults[""] = str(error)
        if faults:
            return self._render_tour_help_form(post, faults)
        return request.redirect(url, code=303)

    def _make_tour_help(self, values, files, token):
        """Where the request that was made is; a second sending makes none."""
        once_sudo, is_first = request.env["tour.portal.once"]._begin("help", token)
        if is_first:
            requests = request.env["tour.help.request"]
            made_sudo = requests._make_by_client(values, files)
            once_sudo.result_url = made_sudo._get_client_path()
        return once_sudo.result_url or PATH

    def _check_tour_help_form(self, post, faults):
        """What the request is made from; what is wrong is put into ``faults``."""
        subject = " ".join(post.get("subject", "").split())
        if not subject:
            faults["subject"] = request.env._("Subject: say what it is about.")
        elif len(subject) > SUBJECT_SIZE:
            faults["subject"] = request.env._(
                "Subject: up to %(most)s signs, please.", most=SUBJECT_SIZE
            )
        text, files = self._check_tour_help_text(post, faults)
        values = {
            "subject": subject,
            "description": text,
            "kind_id": self._find_tour_help_kind(post, faults),
            "order_id": self._find_tour_help_booking(post, faults),
        }
        return values, files

    def _find_tour_help_kind(self, post, faults):
        # In sudo: as above.
        kinds_sudo = request.env["tour.help.kind"].sudo().search([])
        for kind in kinds_sudo:
            if str(kind.id) == post.get("kind"):
                return kind.id
        faults["kind"] = request.env._("Kind: choose one of the list.")
        return False

    def _find_tour_help_booking(self, post, faults):
        """The id of his booking with the number that he typed."""
        number = post.get("booking", "").strip()
        if not number:
            return False
        domain = Domain([("name", "=", number), ("is_tour_booking", "=", True)])
        order = request.env["sale.order"].search(domain, limit=1)
        if not order:
            faults["booking"] = request.env._(
                "Booking: you have none with the number %(number)s.", number=number[:50]
            )
        return order.id

    # === One request === #

    @route(f"{PATH}/<{ID}:request_id>", methods=["GET"], **PAGE)
    def tour_help_page(self, request_id, before="", **kwargs):
        """The conversation."""
        help_sudo = self._get_tour_help(request_id)
        key = self._read_tour_help_key(before)
        response = self._render_tour_help(help_sudo, {}, {}, key)
        # The page was given plain data before: it still says what is new.
        help_sudo._read_by_client()
        return response

    def _render_tour_help(self, help_sudo, post, faults, before=None):
        messages, earlier = help_sudo._get_client_messages(before)
        values = self._prepare_tour_help_values(
            help_request=help_sudo._client_view(),
            messages=messages,
            earlier=earlier,
            is_earlier=bool(before),
            crumbs=[(request.env._("Help"), PATH)],
            post=post,
            faults=faults,
        )
        return request.render("tour_help.portal_page", values)

    @route(f"{PATH}/<{ID}:request_id>/write", methods=["POST"], **PAGE)
    def tour_help_write(self, request_id, **kwargs):
        """Add to the conversation, once."""
        help_sudo = self._get_tour_help(request_id)
        post, faults = self._read_tour_help_form(), {}
        text, files = self._check_tour_help_text(post, faults)
        if not faults:
            try:
                with request.env.cr.savepoint():
                    _once, is_first = request.env["tour.portal.once"]._begin(
                        f"help_write_{help_sudo.id}", post.get("once")
                    )
                    if is_first:
                        help_sudo._write_by_client(text, files)
            except UserError as error:
                faults[""] = str(error)
        if faults:
            return self._render_tour_help(help_sudo, post, faults)
        return self._redirect_to_tour_help(help_sudo)

    @route(f"{PATH}/<{ID}:request_id>/close", methods=["POST"], **PAGE)
    def tour_help_close(self, request_id, **kwargs):
        """Say that nothing is left to ask."""
        help_sudo = self._get_tour_help(request_id)
        try:
            with request.env.cr.savepoint():
                help_sudo._close_by_client()
        except UserError as error:
            return self._render_tour_help(help_sudo, {}, {"": str(error)})
        return self._redirect_to_tour_help(help_sudo)

    def _redirect_to_tour_help(self, help_sudo):
        return request.redirect(help_sudo._get_client_path(), code=303)

    @route(
        f"{PATH}/<{ID}:request_id>/file/<{ID}:attachment_id>", methods=["GET"], **PAGE
    )
    def tour_help_file(self, request_id, attachment_id, **kwargs):
        """A file of the conversation, to be kept and not to be opened here."""
        help_sudo = self._get_tour_help(request_id)
        attachment_sudo = help_sudo._find_client_file(attachment_id)
        if not attachment_sudo:
            raise NotFound()
        stream = request.env["ir.binary"]._get_stream_from(attachment_sudo)
        response = stream.get_response(as_attachment=True, immutable=False)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "private, no-store"
        return response
