"""The registry of finished bookings."""

from dateutil.relativedelta import relativedelta
from werkzeug.wsgi import wrap_file

from odoo import fields
from odoo.http import Response, content_disposition, request, route

from ..models.sale_order_find import KINDS
from .inputs import read_day, read_text
from .portal import TourPortal

PATH = "/my/tour/registry"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TourRegistry(TourPortal):
    @route(PATH, type="http", auth="user", methods=["GET"], website=True, sitemap=False)
    def tour_registry(self, **kwargs):
        """Where the client picks the period; the last month at first."""
        self._check_tour_client()
        first = fields.Date.context_today(request.env.user).replace(day=1)
        asked = {
            "date_from": first - relativedelta(months=1),
            "date_to": first - relativedelta(days=1),
            "kind": "accommodation",
        }
        return self._render_tour_registry(asked, {})

    @route(
        f"{PATH}.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def tour_registry_file(self, **kwargs):
        """The file, read as it goes; the form again if something is wrong."""
        self._check_tour_client()
        env = request.env
        asked = {name: read_text(name) for name in ("date_from", "date_to", "kind")}
        days = {name: read_day(asked[name]) for name in ("date_from", "date_to")}
        faults = {}
        if not days["date_from"]:
            faults["date_from"] = env._("From: enter a day.")
        if not days["date_to"]:
            faults["date_to"] = env._("To: enter a day.")
        elif not faults and days["date_to"] < days["date_from"]:
            faults["date_to"] = env._("To: the period ends before it begins.")
        if faults:
            return self._render_tour_registry(asked, faults)
        kind = asked["kind"] if asked["kind"] in KINDS else None
        file = env["sale.order"]._open_tour_registry(**days, kind=kind)
        name = env._(
            "Registry %(date_from)s %(date_to)s",
            date_from=days["date_from"],
            date_to=days["date_to"],
        )
        return Response(
            wrap_file(request.httprequest.environ, file),
            headers=[
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(f"{name}.xlsx")),
                ("X-Content-Type-Options", "nosniff"),
                ("Cache-Control", "no-store"),
            ],
            direct_passthrough=True,
        )

    def _render_tour_registry(self, asked, faults):
        env = request.env
        names = (
            env._("Accommodation"),
            env._("Transfer"),
            env._("Other services"),
            env._("All services"),
        )
        values = self._prepare_tour_values(
            "registry",
            asked=asked,
            faults=faults,
            is_curator=env.user.is_curator,
            kinds=list(zip((*KINDS, "all"), names, strict=True)),
        )
        return request.render("tour_portal.registry", values)
