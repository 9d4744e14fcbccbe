from odoo import fields
from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.tour_refund.amounts import parse
from odoo.addons.tour_refund.controllers.portal import ID, TourRefundPortal

from .statement import make_file_response

PATH = "/my/tour/account"


def _read_day(text):
    """The day that was chosen; none if it is no day."""
    try:
        return fields.Date.to_date(text)
    except ValueError:
        return None


class TourAccountPortal(TourRefundPortal):
    """The client's account: what he has, topping up, statements, paying from it."""

    # === The account === #

    def _get_tour_client(self):
        """The client of whose account the user may know; else there is no page."""
        user = request.env.user
        # In sudo: whether he is a client of ours.
        client = user.commercial_partner_id.sudo()
        if not user._is_portal() or not client.is_tour_client:
            raise request.not_found()
        return client.sudo(False)

    @route(
        PATH,
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
    )
    def tour_account(self, **kwargs):
        """What is on the account; a form to top it up; the statement."""
        client = self._get_tour_client()
        post, faults = {}, {}
        if request.httprequest.method == "POST":
            post = self._read_tour_form()
            faults = self._ask_tour_topup(post)
            if not faults:
                return request.redirect(f"{PATH}#topups")
        return self._render_tour_account(client, post, faults)

    def _ask_tour_topup(self, post):
        amount = parse(post.get("amount"))
        if not amount:
            return {"amount": request.env._("Amount: enter more than nothing.")}
        try:
            with request.env.cr.savepoint():
                request.env["tour.topup"].action_ask_topup(amount)
        except UserError as error:
            return {"amount": str(error)}
        return {}

    def _render_tour_account(self, client, post, faults):
        values = {
            **self._prepare_portal_layout_values(),
            **client._get_portal_account(request.env.company),
            "page_name": "tour_account",
            "faults": faults,
            "path": PATH,
            "post": post,
        }
        return request.render("tour_client_account.portal_account", values)

    @route(
        f'{PATH}/statement.<any("pdf","xlsx"):kind>',
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def tour_account_statement(self, kind, **kwargs):
        """The statement of a period, for who may see all that the client ordered."""
        client = self._get_tour_client()
        if not client._may_client_see_statement(request.env.user):
            raise request.not_found()
        asked = {name: str(value) for name, value in kwargs.items()}
        faults, values = self._read_period(client, asked)
        if not faults:
            # In sudo: clients have no statements of their own; whose it is was
            # decided above. Nothing is stored of it.
            wizard = request.env["tour.statement"].sudo().new(values)
            try:
                return make_file_response(wizard, kind)
            except UserError as error:
                faults["date_from"] = str(error)
        return self._render_tour_account(client, asked, faults)

    def _read_period(self, client, asked):
        """Check what was chosen.

        :return: {name of the input: what is wrong}, and the statement's values
        """
        env, faults = request.env, {}
        days = {name: _read_day(asked.get(name)) for name in ("date_from", "date_to")}
        if not days["date_from"]:
            faults["date_from"] = env._("From: enter a day.")
        if not days["date_to"]:
            faults["date_to"] = env._("To: enter a day.")
        elif not faults and days["date_to"] < days["date_from"]:
            faults["date_to"] = env._("To: the period ends before it begins.")
        currencies = client._get_account_currencies(env.company)
        currency = currencies.filtered(lambda c: c.name == asked.get("currency"))
        if not currency:
            faults["currency"] = env._("Currency: choose one of those shown.")
        return faults, {
            **days,
            "partner_id": client.id,
            "company_id": env.company.id,
            "currency_id": currency.id,
        }

    # === Paying from it === #

    def _invoice_get_page_view_values(self, invoice, access_token, **kwargs):
        """Say on the page of an invoice what the account can pay of it."""
        values = super()._invoice_get_page_view_values(invoice, access_token, **kwargs)
        own = self._find_tour_invoice(invoice.id)
        values["tour_account"] = own and own._get_portal_offer()
        return values

    @route(
        f"/my/tour/invoices/<{ID}:invoice_id>/account",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
    )
    def tour_pay_from_account(self, invoice_id, **kwargs):
        """Show what would be paid; pay it when that is confirmed."""
        invoice = self._get_tour_invoice(invoice_id)
        fault = ""
        if request.httprequest.method == "POST":
            try:
                with request.env.cr.savepoint():
                    invoice.action_pay_from_account()
            except UserError as error:
                fault = str(error)
            else:
                done = "&success=tour_account"
                return request.redirect(invoice.get_portal_url(query_string=done))
        # Pressed twice, it is paid once: the page of the invoice says so.
        if invoice.currency_id.is_zero(invoice.amount_residual):
            return request.redirect(invoice.get_portal_url())
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "invoice",
            "invoice": invoice,
            "fault": fault,
            "offer": invoice._get_portal_offer(),
        }
        return request.render("tour_client_account.portal_pay", values)
