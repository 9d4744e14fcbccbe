from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

# What a client may fill in for a service, and how it comes from a form.
SERVICE_INPUTS = ("date_from", "date_to", "rooms", "comment")


class TourChangePortal(CustomerPortal):
    """Where a client changes or cancels his booking, by the methods of the booking."""

    @route(
        "/my/tour/bookings/<int:order_id>/changes",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
    )
    def tour_changes(self, order_id, **post):
        """Requests of the booking, what cancelling costs, and forms to ask."""
        order = self._get_tour_order(order_id)
        fault = ""
        shown = None
        if request.httprequest.method == "POST":
            try:
                # As a whole or not at all, also when the page is shown again.
                with request.env.cr.savepoint():
                    result = self._do_tour_change(order, post)
                if not result.get("changed") and post.get("act") != "preview":
                    return request.redirect(f"/my/tour/bookings/{order.id}/changes")
                if post.get("act") in ("change", "preview"):
                    shown = result.get("offer") or result
                if result.get("changed"):
                    fault = request.env._(
                        "It costs something else by now. Look at it again."
                    )
            except UserError as error:
                fault = str(error)
        return request.render(
            "tour_change.portal_changes",
            self._prepare_tour_values(order, fault, post, shown),
        )

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

    def _do_tour_change(self, order, post):
        act = post.get("act")
        comment = post.get("comment", "")
        if act == "change":
            services = self._read_services(order, post)
            fingerprint = post.get("fingerprint") or None
            return order.action_request_change(comment, services, fingerprint)
        if act == "preview":
            return order.get_change_preview(self._read_services(order, post))
        if act == "cancel":
            return order.action_request_cancel(comment, post.get("fingerprint") or None)
        change_id = self._read_number(post.get("change_id"))
        if act == "accept":
            return order.action_accept_change(change_id, post.get("fingerprint"))
        if act == "withdraw":
            return order.action_withdraw_change(change_id, comment)
        raise UserError(request.env._("Choose what to do."))

    def _read_number(self, text):
        return int(text) if (text or "").isdecimal() else 0

    def _read_services(self, order, post):
        """What was filled in that differs from what is."""
        services = []
        for view in order._client_view()["services"]:
            asked = {}
            for name in SERVICE_INPUTS:
                value = post.get(f"{name}_{view['id']}", "").strip()
                if not value or value == str(view.get(name) or ""):
                    continue
                asked[name] = self._read_number(value) if name == "rooms" else value
            if post.get(f"cancels_{view['id']}"):
                asked["cancels"] = True
            if asked:
                services.append({"service_id": view["id"], **asked})
        return services

    def _prepare_tour_values(self, order, fault, post, shown):
        changes = order.get_change_requests()
        offer = None
        if order._may_ask_for_changes():
            try:
                offer = order.get_cancellation_preview()
            except UserError as error:
                fault = fault or str(error)
        return {
            "page_name": "tour_changes",
            "booking_id": order.id,
            "booking": order._client_view(),
            "changes": changes,
            "fault": fault,
            "may_ask": order._may_ask_for_changes(),
            "offer": offer,
            "open_kinds": {one["kind"] for one in changes if one["is_open"]},
            "shown": shown,
            # What was typed stays when the page is shown again.
            "post": post if fault or shown else {},
            "money": lambda amount: order._format_diff_money(amount),
        }
