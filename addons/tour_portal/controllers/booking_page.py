"""The page of one booking, all that a client sees of it and does with it."""

from markupsafe import Markup
from werkzeug.exceptions import NotFound

from odoo.exceptions import AccessError, UserError
from odoo.http import request, route

from odoo.addons.tour_change.controllers.portal import TourChangePortal

from ..models.sale_order_page_talk import MAX_MESSAGE, MAX_MESSAGES, SHOWN_MESSAGES
from .portal import ID, TourPortal

# What is asked for by a link: the form that is shown then.
FORMS = ("change", "cancel")
# Acts of a form, by the form that is shown again with what was typed.
FORM_OF_ACT = {"preview": "change", "change": "change", "cancel": "cancel"}
# Where on the page something was done.
ANCHORS = {"agree": "tour_documents", "message": "tour_talk"}


class FormFault(UserError):
    """What is wrong with inputs of a form: {name of the input: sentence}."""

    def __init__(self, name, error):
        super().__init__(str(error))
        self.faults = {name: str(error)}


class TourBookingPage(TourPortal, TourChangePortal):
    @route(
        f"/my/tour/bookings/<{ID}:order_id>",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
    )
    def tour_booking_page(self, order_id, **kwargs):
        """All that the client may know of his booking, and do with it."""
        order = self._get_tour_booking(order_id)
        if request.httprequest.method != "POST":
            return self._render_tour_booking(order, {}, kwargs)
        post = self._read_booking_form()
        try:
            # As a whole or not at all, also when the page is shown again.
            with request.env.cr.savepoint():
                again = self._do_on_booking(order, post)
        except FormFault as error:
            again = {"faults": error.faults}
        except UserError as error:
            again = {"faults": {"": str(error)}}
        act = post.get("act")
        if again:
            query = {"ask": FORM_OF_ACT.get(act)}
            return self._render_tour_booking(order, post, query, again)
        anchor = ANCHORS.get(act, "tour_changes")
        done = f"?done={act}#{anchor}"
        return request.redirect(f"{order._get_tour_path()}{done}", code=303)

    @route(
        f"/my/tour/bookings/<{ID}:order_id>/files/<{ID}:attachment_id>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def tour_booking_file(self, order_id, attachment_id, **kwargs):
        """A file of the conversation, to be saved."""
        order = self._get_tour_booking(order_id)
        file_sudo = order._get_talk_file(attachment_id)
        if not file_sudo:
            raise NotFound()
        # In sudo: files are for staff; this one is of a message that he may see.
        stream = request.env["ir.binary"].sudo()._get_stream_from(file_sudo)
        response = stream.get_response(as_attachment=True)
        # Rights may end, and shared machines keep caches.
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    # === What the buttons do === #

    def _read_booking_form(self):
        """What was typed, without a sign that the database keeps in no text."""
        return {
            name: value.replace("\0", "")
            for name, value in request.httprequest.form.items()
        }

    def _get_booking_acts(self):
        """Hook: what the buttons of the page do, beside those of changes.

        Methods of an order and what was posted. They return what the page needs to be
        shown again, or nothing if all is done.

        :rtype: dict[str, callable]
        """
        return {"agree": self._agree_to_paper, "message": self._send_message}

    def _do_on_booking(self, order, post):
        """Do what was pressed; see `_do_tour_change`, which does the rest."""
        act = self._get_booking_acts().get(post.get("act"))
        if not act:
            return self._do_tour_change(order, post)
        if not self._is_clients_own():
            raise AccessError(
                request.env._("This is the client's page. You may only look at it.")
            )
        return act(order, post)

    def _agree_to_paper(self, order, post):
        if order._is_page_closed():
            raise UserError(
                request.env._("%(order)s does not take place.", order=order.name)
            )
        papers = {paper["id"]: paper for paper in order._get_page_papers()}
        paper_id = self._read_number(post.get("document_id"))
        if paper_id not in papers:
            raise UserError(
                request.env._("This document is not there any more. Look again.")
            )
        document = request.env["tour.document"].browse(paper_id)
        document.action_client_agree(self._read_number(post.get("version")))

    def _send_message(self, order, post):
        once = request.env["tour.portal.once"]
        _sent, is_first = once._begin(f"message_{order.id}", post.get("once"))
        if not is_first:
            return
        files = request.httprequest.files.getlist("files")
        for file in files:
            # When the request is begun anew, they have been read before.
            file.seek(0)
        try:
            checked = request.env["tour.portal.upload"]._check(files)
        except UserError as error:
            raise FormFault("files", error) from None
        try:
            order._check_client_message(post.get("message"), checked)
        except UserError as error:
            raise FormFault("message", error) from None
        order._post_client_message(post.get("message"), checked)

    # === The page === #

    def _render_tour_booking(self, order, post, query, again=None):
        """The page.

        :param dict post: what was typed
        :param dict query: what the address asked for: ``ask`` for a form, ``messages``
            all, what was ``done``
        :param dict again: what an act returned or refused
        """
        read_on = order._get_last_read()
        values = self._prepare_tour_booking_values(order)
        ask = query.get("ask")
        forms = (ask,) if ask in FORMS else ()
        values |= self._prepare_booking_changes(order, post, forms, **(again or {}))
        limit = MAX_MESSAGES if query.get("messages") == "all" else SHOWN_MESSAGES
        values |= {
            "ask": ask if forms else "",
            "done": self._get_done_texts().get(query.get("done"), ""),
            **order._get_page_talk(read_on, limit),
        }
        values["waits"] = order._get_page_waits(values) if values["is_own"] else []
        values["log"] = order._get_page_log(values)
        order._mark_tour_read()
        return request.render("tour_portal.booking_page", values)

    def _prepare_booking_changes(self, order, post, forms, faults=None, **again):
        """What is to be confirmed and was asked for, as the page of changes has it."""
        values = self._prepare_tour_changes_values(order, post, forms=forms, **again)
        for known in ("booking", "booking_id", "page_name"):
            del values[known]
        fault = values.pop("fault")
        return values | {
            "faults": {**(faults or {}), **({"": fault} if fault else {})},
            "page_path": order._get_tour_path(),
        }

    def _get_done_texts(self):
        """What was done, by what was pressed."""
        env = request.env
        return {
            "accept": env._("Thank you: it was changed exactly so."),
            "accept_changes": env._("Thank you: you accepted the changes."),
            "agree": env._("Thank you: your agreement is noted."),
            "cancel": env._("We got your request to cancel, and will answer it."),
            "change": env._("We got your request for a change, and will answer it."),
            "decline_changes": env._("You declined the changes."),
            "message": env._("Your message is sent."),
            "withdraw": env._("It was taken back."),
        }

    def _prepare_tour_booking_values(self, order):
        """Hook: what the template ``tour_portal.booking_page`` shows."""
        view = order._client_views()[order.id]
        return self._prepare_tour_values(
            "bookings",
            order=order,
            booking=view,
            crumbs=[(request.env._("Bookings"), "/my/tour/bookings")],
            booklet_files=order._get_booklet_files(),
            invoices=order._get_page_invoices(),
            is_archived=order._is_page_archived(),
            max_message=MAX_MESSAGE,
            papers=order._get_page_papers(),
            shared_files=order._get_shared_files(),
            steps=order._get_page_steps(),
            # The terms are HTML that Odoo cleaned when they were written.
            terms=Markup(view["terms"]),
            **order._prepare_page_words(),
        )
