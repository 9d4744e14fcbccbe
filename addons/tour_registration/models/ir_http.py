"""The gate for requests (PPL-2): before any route of any add-on is reached."""

from urllib.parse import urlencode

import werkzeug.exceptions

from odoo import http, models
from odoo.exceptions import AccessError
from odoo.http import SAFE_HTTP_METHODS, request

AGREEMENT_PATH = "/tour/agreement"
# Routes that are open all the same, as they are declared: the page itself, logging in
# and out, and what these pages are made of. All that is not here is closed.
OPEN_ROUTES = frozenset(
    {
        AGREEMENT_PATH,
        "/favicon.ico",
        "/logo",
        "/logo.png",
        "/robots.txt",
        "/web/binary/company_logo",
        "/web/health",
        "/web/login",
        "/web/login/totp",
        "/web/reset_password",
        "/web/session/destroy",
        "/web/session/logout",
        "/web/version",
        # Words of scripts, of which these pages have some, too.
        "/website/translations",
    }
)
OPEN_PREFIXES = ("/web/assets/", "/web/bundle/", "/web/webclient/translations")
# Ways in, that are no pages themselves.
HOME_ROUTES = ("/", "/web", "/odoo")


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """Let nobody through who has to accept the usage agreement first.

        After it is known who asks, before records of the address are looked at.
        """
        if not cls._is_tour_open(rule) and cls._is_tour_gated():
            cls._refuse_tour_gated(rule)
        return super()._pre_dispatch(rule, args)

    @classmethod
    def _serve_fallback(cls):
        """What no route serves is closed, too: files by address, pages of a site."""
        if cls._is_tour_gated():
            if cls._is_tour_navigation():
                return cls._get_tour_agreement_redirect()
            # Caught by Odoo where an error page asks for a page instead of itself.
            raise werkzeug.exceptions.Forbidden(
                request.env["res.users"]._get_usage_refusal()
            )
        return super()._serve_fallback()

    @classmethod
    def _is_tour_open(cls, rule):
        return (
            rule.rule in OPEN_ROUTES
            or rule.rule.startswith(OPEN_PREFIXES)
            or http.is_cors_preflight(request, rule.endpoint)
        )

    @classmethod
    def _is_tour_gated(cls):
        """Whether the one who asks, by session or by key, is not let in yet."""
        session = request.session
        # Routes without login look themselves whose session it is.
        uid = request.env.uid or session.uid
        by_session = uid == session.uid
        users = request.env["res.users"]
        return bool(
            users._get_missing_agreement_id(uid, session if by_session else None)
        )

    @classmethod
    def _is_tour_navigation(cls):
        """Whether somebody opens a page in a browser."""
        headers = request.httprequest.headers
        return (
            request.httprequest.method in ("GET", "HEAD")
            and "text/html" in headers.get("Accept", "")
            and headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
        )

    @classmethod
    def _refuse_tour_gated(cls, rule):
        routing = rule.endpoint.routing
        is_page = routing["type"] == "http" and (
            routing.get("website") or rule.rule in HOME_ROUTES
        )
        if (
            is_page and request.httprequest.method in SAFE_HTTP_METHODS
        ) or cls._is_tour_navigation():
            werkzeug.exceptions.abort(cls._get_tour_agreement_redirect())
        raise AccessError(request.env["res.users"]._get_usage_refusal())

    @classmethod
    def _get_tour_agreement_redirect(cls):
        """To the page, and after it to where the reader wanted to go."""
        path = request.httprequest.full_path.rstrip("?")
        query = urlencode({"redirect": path})
        return request.redirect(f"{AGREEMENT_PATH}?{query}", code=303)
