from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

# Longer texts are no numbers of ours.
MAX_DIGITS = 10


class TourChangePortal(CustomerPortal):
    """Where a client changes or cancels his booking, and answers what staff changed,
    by the methods of the booking. Staff look at it, and do nothing here."""

    @route(
        "/my/tour/bookings/<int:order_id>/changes",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
    )
    def tour_changes(self, order_id, **post):
        """What is to be confirmed, what was asked for, and forms to ask."""
        order = self._get_tour_order(order_id)
        if request.httprequest.method != "POST":
            return self._render_tour_changes(order, {})
        # Files could be sent, too, and a sign that the database keeps in no text.
        post = {
            name: value.replace("\0", "")
            for name, value in post.items()
            if isinstance(value, str)
        }
        try:
            # As a whole or not at all, also when the page is shown again.
            with request.env.cr.savepoint():
                again = self._do_tour_change(order, post)
        except UserError as error:
            again = {"fault": str(error)}
        if again:
            return self._render_tour_changes(order, post, **again)
        return request.redirect(order._get_changes_path())

    def _get_tour_order(self, order_id):
        """The booking, for whom the record rules show it; else there is none."""
        order = request.env["sale.order"].browse(order_id).exists()
        try:
            order.check_access("read")
            if not order or not order.is_tour_booking:
                raise request.not_found()
        except (AccessError, MissingError):
            raise request.not_found() from None
        return order

    def _is_clients_own(self):
        """Whether a client looks at his page, and not staff to see what he sees."""
        return request.env.user.share

    # === What the buttons do === #

    def _do_tour_change(self, order, post):
        """Do what was pressed.

        :return: what to say when the page is shown again: ``fault``, ``shown`` (an
            offer), ``declining``; nothing if all is done
        :rtype: dict
        """
        if not self._is_clients_own():
            raise AccessError(
                request.env._(
                    "This is the client's page. Answer and ask in his name on the "
                    "booking."
                )
            )
        acts = {
            "accept_changes": self._accept_changes,
            "ask_decline": self._ask_decline,
            "decline_changes": self._decline_changes,
            "preview": self._preview_change,
            "change": self._ask_change,
            "cancel": self._ask_cancel,
            "accept": self._accept_offer,
            "withdraw": self._withdraw,
        }
        act = acts.get(post.get("act"))
        if not act:
            raise UserError(request.env._("Choose what to do."))
        return act(order, post)

    def _accept_changes(self, order, post):
        order.action_client_accept(post.get("note"), self._read_revision(post))

    def _decline_changes(self, order, post):
        order.action_client_decline(post.get("note"), self._read_revision(post))

    def _ask_decline(self, order, post):
        """Nothing is done yet: the page asks once more."""
        order._check_revision(order._get_open_question(), self._read_revision(post))
        return {"declining": True}

    def _preview_change(self, order, post):
        return {"shown": order.get_change_preview(self._read_services(order, post))}

    def _ask_change(self, order, post):
        result = order.action_request_change(
            post.get("comment", ""),
            self._read_services(order, post),
            post.get("fingerprint") or None,
        )
        anew = self._get_anew(result)
        return anew and {**anew, "shown": result["offer"]}

    def _ask_cancel(self, order, post):
        fingerprint = post.get("fingerprint") or None
        return self._get_anew(
            order.action_request_cancel(post.get("comment", ""), fingerprint)
        )

    def _accept_offer(self, order, post):
        change_id = self._read_number(post.get("change_id"))
        result = order.action_accept_change(change_id, post.get("fingerprint"))
        if result["state"] == "applied":
            return None
        return {
            "fault": request.env._(
                "It costs something else by now, so nothing was changed. Your manager "
                "looks at it, and asks you again."
            )
        }

    def _withdraw(self, order, post):
        change_id = self._read_number(post.get("change_id"))
        order.action_withdraw_change(change_id, post.get("comment", ""))

    def _get_anew(self, result):
        if not result.get("changed"):
            return {}
        return {
            "fault": request.env._("It costs something else by now. Look at it again.")
        }

    # === What comes from the forms === #

    def _read_number(self, text):
        is_number = (text or "").isdecimal() and len(text) <= MAX_DIGITS
        return int(text) if is_number else 0

    def _read_revision(self, post):
        """What he saw; 0 is no revision, so that nobody answers without having seen."""
        return self._read_number(post.get("revision"))

    def _read_services(self, order, post):
        """What was filled in otherwise than the page showed it."""
        services = []
        for service in order._get_request_form():
            asked = {}
            for name, value in service["values"].items():
                key = f"{name}_{service['id']}"
                typed = self._read_text(post.get(key, value))
                shown = self._read_text(post.get(f"was_{key}", value))
                if typed == shown or not (typed or name == "guest_names"):
                    continue
                asked[name] = self._read_number(typed) if name == "rooms" else typed
            if post.get(f"cancels_{service['id']}"):
                asked["cancels"] = True
            if asked:
                services.append({"service_id": service["id"], **asked})
        return services

    def _read_text(self, text):
        """A text without what browsers make of the ends of rows."""
        return "\n".join(text.strip().splitlines())

    # === The page === #

    def _render_tour_changes(self, order, post, **again):
        return request.render(
            "tour_change.portal_changes",
            self._prepare_tour_changes_values(order, post, **again),
        )

    def _prepare_tour_changes_values(
        self,
        order,
        post,
        fault="",
        shown=None,
        declining=False,
        forms=("change", "cancel"),
    ):
        """What the page shows; ``forms`` are those that are shown, if he may ask."""
        changes = order.get_change_requests()
        open_kinds = {one["kind"] for one in changes if one["is_open"]}
        question = order._get_client_question()
        is_own = self._is_clients_own()
        may_ask = is_own and order._may_ask_for_changes()
        # While he is asked, declining cancels.
        may_cancel = may_ask and not question and "cancel" not in open_kinds
        offer = None
        if may_cancel and "cancel" in forms:
            try:
                offer = order.get_cancellation_preview()
            except UserError as error:
                fault = fault or str(error)
        has_form = may_ask and "change" in forms
        return {
            "page_name": "tour_changes",
            "booking_id": order.id,
            "booking": order._client_view(),
            "changes": changes,
            "declining": declining and question,
            "fault": fault,
            "is_accepted": order.accepted_by_client and not question,
            "is_own": is_own,
            "may_ask": may_ask and "change" not in open_kinds,
            "may_cancel": may_cancel,
            "offer": offer,
            "page_path": order._get_changes_path(),
            "question": question,
            "services": order._get_request_form() if has_form else [],
            "shown": shown,
            # What was typed stays when the page is shown again.
            "post": post,
            "money": lambda amount: order._format_diff_money(amount),
        }
