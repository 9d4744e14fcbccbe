"""The form by which somebody registers (PPL-1): public, and works without scripts."""

import secrets

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..registration_form import (
    ALL,
    KINDS,
    SECRETS,
    find_faults,
    get_fields,
    is_required,
)

# Hidden from people: what fills it in is a program. No browser knows the name, which
# would fill in what it remembers.
HONEYPOT = "leave_empty"
# All fields full, and what goes around them.
MAX_REQUEST = 64 * 1024
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
}


class TourRegister(http.Controller):
    @http.route(
        "/tour/register",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def tour_register(self, kind=None, **kwargs):
        """The choice of who registers, then the form for it."""
        if not request.env.user._is_public():
            return request.redirect("/my")
        if kind not in ALL:
            return self._render_page(
                "tour_registration.choose_page", {"kinds": self._get_kinds()}
            )
        return self._show_form(kind, {"country_id": self._guess_country()}, {})

    @http.route(
        "/tour/register",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
        max_content_length=MAX_REQUEST,
    )
    def tour_register_send(self, **kwargs):
        """What was filled in: shown again with its faults, else kept."""
        form = self._read_form()
        kind = form.get("kind")
        if kind not in ALL or not request.env.user._is_public():
            return request.redirect("/tour/register", code=303)
        if form.get(HONEYPOT):
            return request.redirect("/tour/register/done", code=303)
        agreement = request.env["tour.usage.agreement"]._get_current(
            request.env.company
        )
        values = {field.name: form.get(field.name, "") for field in get_fields(kind)}
        faults = self._find_faults(kind, values, form, agreement)
        if faults:
            return self._show_form(kind, values, faults, form.get("form_token"))
        tries = request.env["tour.registration.try"]
        who = (
            request.httprequest.remote_addr,
            values["login"],
            values["email"],
        )
        if tries._is_too_much("register", *who):
            return self._render_page("tour_registration.limit_page", {}, 429)
        tries._log("register", *who)
        request.env["tour.registration"]._receive(
            kind, values, who[0], form.get("form_token"), agreement
        )
        return request.redirect("/tour/register/done", code=303)

    @http.route(
        "/tour/register/done",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def tour_register_done(self, **kwargs):
        """What happens now; the same whoever registered."""
        return self._render_page("tour_registration.done_page", {})

    # === Reading === #

    def _read_form(self):
        """What was typed: texts, without signs that a database has not."""
        form = {}
        for name, value in request.httprequest.form.items():
            text = value.replace("\0", "").encode("utf-8", "ignore").decode()
            form[name] = text if name in SECRETS else text.strip()
        return form

    def _find_faults(self, kind, values, form, agreement):
        """{name of the input: the sentence beside it}."""
        country = self._get_country(values)
        values["country_id"] = str(country.id) if country else ""
        codes = find_faults(kind, values, country.code or None)
        model = request.env["tour.registration"]
        faults = {
            name: self._explain(code, self._get_label(model, name))
            for name, code in codes.items()
        }
        if "password" not in faults and (
            text := self._check_policy(values["password"])
        ):
            faults["password"] = text
        if agreement and form.get("agreement") != str(agreement.id):
            faults["agreement"] = request.env._(
                "Usage agreement: read it and tick the box to accept it."
            )
        return faults

    def _get_country(self, values):
        text = values.get("country_id") or ""
        countries = request.env["res.country"]
        if not (text.isascii() and text.isdecimal() and len(text) < 10):
            return countries
        # Read by everybody.
        return countries.search([("id", "=", int(text))])

    def _guess_country(self):
        code = request.geoip.country_code
        country = request.env["res.country"].search([("code", "=", code)], limit=1)
        country = country if code else country.browse()
        return str(country.id or request.env.company.sudo().country_id.id or "")

    def _check_policy(self, password):
        """What Odoo's policy of passwords says, where it is installed."""
        users = request.env["res.users"].sudo()
        if not hasattr(users, "_check_password_policy"):
            return None
        try:
            users._check_password_policy([password])
        except UserError as error:
            return str(error)
        return None

    def _explain(self, code, label):
        """The sentence for a fault, which names the field."""
        texts = {
            "required": request.env._("%(label)s: fill this in.", label=label),
            "long": request.env._("%(label)s: this is too long.", label=label),
            "email": request.env._(
                "%(label)s: write it like name@example.com.", label=label
            ),
            "latin": request.env._(
                "%(label)s: only Latin letters, digits and signs, without blanks.",
                label=label,
            ),
            "short_login": request.env._(
                "%(label)s: at least 3 characters.", label=label
            ),
            "short": request.env._("%(label)s: at least 8 characters.", label=label),
            "same": request.env._(
                "%(label)s: it must differ from the login.", label=label
            ),
            "mismatch": request.env._(
                "%(label)s: it differs from the password.", label=label
            ),
            "malformed": request.env._(
                "%(label)s: it has a mistake; check its digits.", label=label
            ),
        }
        return texts[code]

    # === Showing === #

    def _get_kinds(self):
        names = dict(
            request.env["tour.registration"]
            ._fields["kind"]
            ._description_selection(request.env)
        )
        return [(code, names[code]) for code, _name in KINDS]

    def _get_label(self, model, name):
        if name == "password":
            return request.env._("Password")
        if name == "password2":
            return request.env._("Password once more")
        return model._fields[name]._description_string(request.env)

    def _show_form(self, kind, values, faults, token=None):
        model = request.env["tour.registration"]
        country = self._get_country(values)
        agreement = request.env["tour.usage.agreement"]._get_current(
            request.env.company
        )
        fields = [
            {
                "name": field.name,
                "type": field.type,
                "label": self._get_label(model, field.name),
                "value": "" if field.name in SECRETS else values.get(field.name, ""),
                "size": field.size,
                # Of the country that is chosen now; of another the server says so.
                "required": is_required(field, kind, country.code or None),
                "note": self._get_note(field),
                "autocomplete": field.autocomplete,
                "fault": faults.get(field.name),
            }
            for field in get_fields(kind)
        ]
        return self._render_page(
            "tour_registration.form_page",
            {
                "kind": kind,
                "kind_name": dict(self._get_kinds())[kind],
                "fields": fields,
                "faults": faults,
                "countries": request.env["res.country"].search([]),
                "agreement": agreement,
                "agreement_text": agreement._get_text(request.env.lang),
                "agreement_fault": faults.get("agreement"),
                "honeypot": HONEYPOT,
                "token": token or secrets.token_hex(16),
            },
        )

    def _get_note(self, field):
        notes = {
            "login": request.env._(
                "Latin letters, digits and signs. You log in with it."
            ),
            "password": request.env._(
                "At least 8 characters, Latin letters, digits and signs."
            ),
            "kpp": request.env._("Companies in Russia only."),
            "ogrn": request.env._("In Russia only."),
            "bank_bic": request.env._("In Russia required."),
        }
        return notes.get(field.name)

    def _render_page(self, template, values, status=200):
        return request.render(template, values, headers=HEADERS, status=status)
