"""A statement is frozen, and put before the client."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.misc import format_date

from odoo.addons.tour_client_account import statement
from odoo.addons.tour_partner.defaults import plain

from ..signoff_states import MOVER, OPEN, Frozen, digest

# Nobody answers more lines than these.
MAX_LINES = 20_000


class TourSignoff(models.Model):
    _inherit = "tour.signoff"

    def _as_mover(self):
        """In sudo: nobody has the right to write a statement himself."""
        return plain(self).sudo().with_context(tour_signoff_mover=MOVER)

    @api.model
    def _ask(self, partner, period, *, deadline=None, user=None):
        """Freeze the statement of a client, and ask him to sign it off.

        The caller has checked the right of the user.

        :param partner: the client
        :param dict period: ``company_id``, ``currency_id``, ``date_from``, ``date_to``
        :param date deadline: until when; by default as the settings say
        :param user: the accountant who is told what the client answers
        :raise UserError: if there is nothing to sign, or nobody who could
        """
        # In sudo: nobody writes these by hand. The user may read the account.
        partner = partner.commercial_partner_id
        partner._check_may_read_account(period["company_id"])
        Signoff = self._as_mover().with_company(period["company_id"])
        partner = partner.with_env(Signoff.env)
        Signoff._lock_client(partner)
        if fault := Signoff._get_ask_fault(partner, period):
            raise UserError(fault)
        opening, rows = Signoff._read_ledger(partner, period)
        if not rows and not opening:
            raise UserError(
                self.env._(
                    "%(client)s: there is nothing in the books to sign.",
                    client=partner.name,
                )
            )
        signoff = Signoff.create(
            Signoff._prepare_ask(partner, period, opening, rows, deadline, user)
        )
        signoff._freeze(opening, rows)
        signoff._mail_client("asked")
        return signoff.with_env(self.env)

    @api.model
    def _lock_client(self, partner):
        """Let who asks the same client at the same time come afterwards.

        A new version of the row: he begins anew, and finds the statement.
        """
        self.env.cr.execute(
            SQL("UPDATE res_partner SET id = id WHERE id = %s", partner.id),
            # That somebody was quicker is no error: Odoo begins the request anew.
            log_exceptions=False,
        )

    @api.model
    def _get_ask_fault(self, partner, period):
        """Why this client cannot be asked; note: in sudo mode."""
        if not partner.is_tour_client:
            return self.env._("%(client)s is no client.", client=partner.name)
        if not partner._get_signers():
            return self.env._(
                "%(client)s: nobody could sign, there is no curator.",
                client=partner.name,
            )
        if self._find_open(partner, period):
            return self.env._(
                "%(client)s: this statement is before the client already.",
                client=partner.name,
            )
        return ""

    @api.model
    def _find_open(self, partner, period):
        return self.search(
            [
                ("partner_id", "=", partner.id),
                ("state", "in", OPEN),
                *((name, "=", getattr(v, "id", v)) for name, v in period.items()),
            ],
            limit=1,
        )

    @api.model
    def _read_ledger(self, partner, period):
        """The opening balance and the rows, as the statement has them."""
        wizard = self.env["tour.statement"].new(
            {
                "partner_id": partner.id,
                "company_id": period["company_id"].id,
                "currency_id": period["currency_id"].id,
                "date_from": period["date_from"],
                "date_to": period["date_to"],
            }
        )
        opening, found = wizard._read_rows()
        rows = list(found)
        if len(rows) > MAX_LINES:
            raise UserError(
                self.env._(
                    "%(client)s: %(count)s documents are too many to sign at once. "
                    "Choose a shorter period.",
                    client=partner.name,
                    count=len(rows),
                )
            )
        return opening, rows

    @api.model
    def _prepare_ask(self, partner, period, opening, rows, deadline, user):
        company = period["company_id"]
        today = fields.Date.context_today(self)
        deadline = deadline or today + timedelta(days=company.tour_signoff_days)
        turnover = statement.totals(opening, rows)
        return {
            "name": self.env["ir.sequence"].next_by_code("tour.signoff"),
            "partner_id": partner.id,
            "company_id": company.id,
            "currency_id": period["currency_id"].id,
            "date_from": period["date_from"],
            "date_to": period["date_to"],
            "opening": float(opening),
            "debit": float(turnover.debit),
            "credit": float(turnover.credit),
            "closing": float(turnover.closing),
            "line_count": len(rows),
            "ledger_hash": partner._get_ledger_hash(**_get_places(period)),
            "state": "waiting",
            "deadline": deadline,
            "remind_on": self._get_remind_on(company, today, deadline),
            "user_id": user.id if user else False,
        }

    @api.model
    def _get_remind_on(self, company, today, deadline):
        """Some days before the deadline, but not with the first mail."""
        days = company.tour_signoff_remind_days
        remind_on = deadline - timedelta(days=days)
        return remind_on if days and remind_on > today else False

    def _plan_reminders(self):
        """The deadline was changed by hand."""
        today = fields.Date.context_today(self)
        for signoff in self._as_mover():
            deadline = signoff.deadline
            signoff.remind_on = deadline and self._get_remind_on(
                signoff.company_id, today, deadline
            )

    def _freeze(self, opening, rows):
        """Keep the lines, and the hash of it all."""
        self.env["tour.signoff.line"].create(
            [
                {
                    "signoff_id": self.id,
                    "number": number,
                    "date": entry.date,
                    "document": entry.document,
                    "booking": entry.booking,
                    "debit": float(entry.debit),
                    "credit": float(entry.credit),
                    "balance": float(balance),
                    "state": "open",
                }
                for number, (entry, balance) in enumerate(rows, 1)
            ]
        )
        self.content_hash = self._compute_digest()

    def _compute_digest(self):
        """The hash of what is kept now; note: in sudo mode."""
        self.ensure_one()
        head = (
            self.name,
            self.currency_id.name,
            self.date_from.isoformat(),
            self.date_to.isoformat(),
        )
        return digest(
            head,
            self.opening,
            (
                Frozen(
                    line.date.isoformat(),
                    line.document or "",
                    line.booking or "",
                    line.debit,
                    line.credit,
                    line.balance,
                )
                for line in self._get_lines()
            ),
            self.currency_id.decimal_places,
        )

    def _get_lines(self):
        """All lines as they stand in the statement."""
        names = ["date", "document", "booking", "debit", "credit", "balance"]
        return self.env["tour.signoff.line"].search_fetch(
            [("signoff_id", "=", self.id)], names, order="number"
        )

    def _get_period_text(self):
        """For mails and pages, in the language of the environment."""
        self.ensure_one()
        return (
            f"{format_date(self.env, self.date_from)} – "
            f"{format_date(self.env, self.date_to)}, {self.currency_id.name}"
        )


def _get_places(period):
    return {
        "company": period["company_id"],
        "currency": period["currency_id"],
        "date_from": period["date_from"],
        "date_to": period["date_to"],
    }
