"""What the client's pages say of his account."""

from odoo import fields, models
from odoo.tools.misc import format_amount, format_date

# So many of his invoices for topping up the client sees, the newest first.
SHOWN_TOPUPS = 50


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _may_client_see_statement(self, user):
        """Whether a client's user may see all that the client ordered and paid.

        A curator, as he sees all bookings; and whoever is the client himself.
        """
        self.ensure_one()
        return user.commercial_partner_id == self and (
            user.is_curator or user.partner_id == self
        )

    def _get_account_currencies(self, company):
        """Currencies in which there is anything in the books, the company's first."""
        # In sudo: which currencies there are is told to the client himself.
        groups = (
            self.env["account.move.line"]
            .sudo()
            ._read_group(
                [
                    ("partner_id.commercial_partner_id", "=", self.id),
                    ("company_id", "=", company.id),
                    ("account_type", "=", "asset_receivable"),
                    ("parent_state", "=", "posted"),
                ],
                ["currency_id"],
            )
        )
        found = company.currency_id.union(*(currency for (currency,) in groups))
        return found.sudo(False)

    def _get_portal_account(self, company):
        """What the page of the account shows to a user of this client.

        :rtype: dict
        """
        self.ensure_one()
        # In sudo: the sum is told to who may pay with it, the books are not.
        credits = self.sudo()._get_account_credits(company)
        credits.setdefault(company.currency_id, 0.0)
        today = fields.Date.context_today(self)
        topups = self.env["tour.topup"].search(
            [("company_id", "=", company.id)], limit=SHOWN_TOPUPS
        )
        return {
            "currency": company.currency_id,
            "balances": [
                format_amount(self.env, amount, currency)
                for currency, amount in credits.items()
            ],
            "currencies": self._get_account_currencies(company).mapped("name"),
            "date_from": today.replace(month=1, day=1),
            "date_to": today,
            "may_see_statement": self._may_client_see_statement(self.env.user),
            "topups": [topup._get_portal_facts() for topup in topups],
        }


class TourTopup(models.Model):
    _inherit = "tour.topup"

    def _get_portal_facts(self):
        """What the client sees of it.

        :rtype: dict
        """
        self.ensure_one()
        return {
            "number": self.name,
            "date": format_date(self.env, self.date),
            "amount": format_amount(self.env, self.amount, self.currency_id),
            "paid": format_amount(self.env, self.paid_amount, self.currency_id),
            "is_partly_paid": self.state == "open" and self.paid_amount > 0,
            "state": self.state,
            "path": f"/tour/topup/{self.id}.pdf",
        }


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_portal_offer(self):
        """What the account can pay of the invoice; nothing if it cannot.

        The user may read the invoice.

        :rtype: dict
        """
        self.ensure_one()
        # In sudo: the sum is told to who may pay with it, the books are not.
        move = self.sudo()
        if move._get_account_fault():
            return {}
        lines = move._get_account_lines()
        has = -sum(lines.mapped("amount_residual_currency"))
        if self.currency_id.compare_amounts(has, 0.0) <= 0:
            return {}
        pays = min(has, move.amount_residual)

        def money(amount):
            return format_amount(self.env, amount, self.currency_id)

        return {
            "path": f"/my/tour/invoices/{self.id}/account",
            "has": money(has),
            "due": money(move.amount_residual),
            "button": self.env._(
                "Pay %(amount)s from your account", amount=money(pays)
            ),
            "left": money(move.amount_residual - pays),
            "is_whole": self.currency_id.is_zero(move.amount_residual - pays),
        }
