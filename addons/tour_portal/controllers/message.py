"""Writing to the operator."""

from odoo.exceptions import UserError
from odoo.http import request, route

from .inputs import read_number, read_text
from .portal import TourPortal

PATH = "/my/tour/message"
# So many bookings are offered to choose from; others are written about on their page.
OFFERED = 50


class TourMessage(TourPortal):
    @route(
        PATH,
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
    )
    def tour_message(self, **kwargs):
        """A form to write about a booking, or about anything else."""
        self._check_tour_client()
        if request.httprequest.method == "POST":
            form = request.httprequest.form
            post = {
                "about": read_text("about", form),
                "text": read_text("text", form, size=20_000),
            }
            faults, url = self._send_tour_message(post, read_text("once", form))
            if not faults:
                return request.redirect(url, code=303)
        else:
            post, faults = {"about": read_text("about")}, {}
        return self._render_tour_message(post, faults)

    def _send_tour_message(self, post, token):
        """Send what was written, once however often it is pressed.

        :return: {name of the input: what is wrong}, and where to go
        """
        env = request.env
        order = None
        url = f"{PATH}?sent=1"
        if post["about"]:
            order = self._find_tour_about(post["about"])
            if not order:
                return {"about": env._("About: choose one of your bookings.")}, None
            url = f"{order._get_tour_path()}?sent=1#tour_talk"
        try:
            with env.cr.savepoint():
                once_sudo, is_first = env["tour.portal.once"]._begin("message", token)
                if is_first:
                    env["tour.portal.message"]._send(
                        post["text"],
                        request.httprequest.files.getlist("files"),
                        order,
                    )
                    once_sudo.result_url = url
        except UserError as error:
            return {"text": str(error)}, None
        return {}, once_sudo.result_url or url

    def _find_tour_about(self, text):
        """The booking that was chosen, none if it is none of his."""
        order = request.env["sale.order"].browse(read_number(text)).exists()
        order = order._filtered_access("read")
        return order if order.is_tour_booking else None

    def _render_tour_message(self, post, faults):
        env = request.env
        orders, _last = env["sale.order"]._find_tour_page(
            ("working", "finished"), "newest", size=OFFERED
        )
        if post["about"] and not faults.get("about"):
            orders |= self._find_tour_about(post["about"]) or orders
        # In sudo: names of what he may see.
        options = [
            (order.id, f"{order.name} {order.service_summary or ''}".strip()[:100])
            for order in orders.sudo()
        ]
        values = self._prepare_tour_values(
            "message",
            faults=faults,
            post=post,
            sent=read_text("sent") and not faults,
            options=[("", env._("Something else")), *options],
        )
        return request.render("tour_portal.message", values)
