"""Logging in and reminders: they tell nobody who exists (PPL-1, PPL-3)."""

from odoo import http
from odoo.http import request

from odoo.addons.auth_signup.controllers.main import AuthSignupHome

# No login or mail is longer.
MAX_TYPED = 254


class TourHome(AuthSignupHome):
    def _login_redirect(self, uid, redirect=None):
        """After login pages come in the user's own language."""
        # In sudo: of the user who just logged in.
        lang = request.env["res.users"].sudo().browse(uid).lang
        lang = request.env["ir.http"].get_nearest_lang(lang)
        if lang:
            request.future_response.set_cookie("frontend_lang", lang)
        return super()._login_redirect(uid, redirect=redirect)

    def get_auth_signup_config(self):
        """Nobody signs up by himself: who registers waits for approval."""
        return {**super().get_auth_signup_config(), "signup_enabled": False}

    def get_auth_signup_qcontext(self):
        """Answer nothing about a mail that comes with no invitation to it."""
        qcontext = super().get_auth_signup_qcontext()
        asked = qcontext.get("signup_email")
        known = (qcontext.get("email"), qcontext.get("login"))
        if asked and not (qcontext.get("token") and asked in known):
            del qcontext["signup_email"]
        return qcontext

    @http.route()
    def web_auth_signup(self, *args, **kw):
        """Without an invitation: our form."""
        if not (kw.get("token") or request.session.get("auth_signup_token")):
            return request.redirect("/tour/register")
        return super().web_auth_signup(*args, **kw)

    @http.route()
    def web_auth_reset_password(self, *args, **kw):
        """Ask for a reminder: one answer, whether or not there is such a user."""
        qcontext = self.get_auth_signup_qcontext()
        is_asked = (
            request.httprequest.method == "POST"
            and not qcontext.get("token")
            and qcontext["reset_password_enabled"]
        )
        if not is_asked:
            return super().web_auth_reset_password(*args, **kw)
        typed = str(kw.get("login") or "").replace("\0", "").strip()
        typed = typed.encode("utf-8", "ignore").decode()
        status = 200
        if not typed or len(typed) > MAX_TYPED:
            qcontext["error"] = request.env._("Enter your login or e-mail.")
        elif self._ask_tour_reminder(typed):
            qcontext["message"] = request.env._(
                "If there is such a user, a mail with a link to choose a new password "
                "is on its way."
            )
        else:
            status = 429
            qcontext["error"] = request.env._(
                "Too many attempts. Try again later, or write to us."
            )
        return request.render(
            "auth_signup.reset_password",
            {**qcontext, "login": typed},
            status=status,
            headers={
                "Cache-Control": "no-store",
                "Content-Security-Policy": "frame-ancestors 'self'",
                "X-Frame-Options": "SAMEORIGIN",
            },
        )

    def _ask_tour_reminder(self, typed):
        """Say whether it is not too much; ask for it."""
        tries = request.env["tour.registration.try"]
        address = request.httprequest.remote_addr
        if tries._is_too_much("remind", address, typed):
            return False
        tries._ask_reminder(typed, address)
        return True
