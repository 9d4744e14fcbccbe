"""What the client's pages say of statements to sign; he may read them."""

from odoo import models
from odoo.tools.misc import format_amount, format_date, format_datetime

from ..signoff_states import OPEN, SIGNED

PATH = "/my/tour/settlements"
# So many lines are answered on a page.
PAGE_LINES = 50
# What the page can be narrowed to.
SHOWN = {
    "all": (),
    "open": ("open",),
    "disputed": ("disputed",),
    "answered": ("explained", "corrected"),
}


class TourSignoff(models.Model):
    _inherit = "tour.signoff"

    def _get_portal_path(self):
        self.ensure_one()
        return f"{PATH}/{self.id}"

    def _get_state_text(self):
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    def _get_portal_row(self):
        """What the list says of it.

        :rtype: dict
        """
        self.ensure_one()
        return {
            "path": self._get_portal_path(),
            "number": self.name,
            "period": self._get_period_text(),
            "closing": self._get_closing_text(),
            "state": self.state,
            "state_text": self._get_state_text(),
            "deadline": self.state in OPEN
            and self.deadline
            and format_date(self.env, self.deadline),
        }

    def _get_closing_text(self):
        amount = format_amount(self.env, abs(self.closing), self.currency_id)
        sign = self.currency_id.compare_amounts(self.closing, 0.0)
        if not sign:
            return self.env._("Nobody owes anything")
        if sign > 0:
            return self.env._("You owe %(amount)s", amount=amount)
        return self.env._("We owe you %(amount)s", amount=amount)

    def _get_portal_facts(self):
        """What the page says of the statement itself.

        :rtype: dict
        """
        self.ensure_one()

        def money(amount):
            return format_amount(self.env, amount, self.currency_id)

        is_open = self.state in OPEN
        return {
            **self._get_portal_row(),
            "opening": money(self.opening),
            "debit": money(self.debit),
            "credit": money(self.credit),
            "balance": money(self.closing),
            "count": self.line_count,
            "counts": {
                "open": self.open_count,
                "agreed": self.agreed_count,
                "disputed": self.disputed_count,
                "answered": self.answered_count,
            },
            "is_open": is_open,
            "may_sign": self.state == "waiting"
            and self.agreed_count == self.line_count,
            "is_changed": is_open and self._has_ledger_changed(),
            "hash": self.content_hash,
            "signed": self.state in SIGNED and self._get_signature(),
            "withdraw_reason": self.withdraw_reason or "",
        }

    def _get_signature(self):
        """Who signed, when, and from where, as text.

        :rtype: dict
        """
        return {
            "name": self.signed_name,
            "date": format_datetime(self.env, self.signed_on),
            "address": self.signed_address or "",
            "hash": self.content_hash,
        }

    def _get_portal_lines(self, after=0, shown="all"):
        """A page of lines, from behind a number on.

        :return: the lines, and the number to go on behind; 0 at the end
        """
        self.ensure_one()
        domain = [("signoff_id", "=", self.id), ("number", ">", after)]
        if states := SHOWN.get(shown):
            domain.append(("state", "in", states))
        lines = self.env["tour.signoff.line"].search(
            domain, order="number", limit=PAGE_LINES + 1
        )
        page = lines[:PAGE_LINES]
        facts = [line._get_portal_facts() for line in page]
        return facts, page[-1:].number if len(lines) > PAGE_LINES else 0


class TourSignoffLine(models.Model):
    _inherit = "tour.signoff.line"

    def _get_portal_facts(self):
        """What the client sees of it.

        :rtype: dict
        """
        currency = self.currency_id

        def money(amount):
            return format_amount(self.env, amount, currency) if amount else ""

        names = dict(self._fields["state"]._description_selection(self.env))
        return {
            "id": self.id,
            "number": self.number,
            "date": format_date(self.env, self.date),
            "document": self.document or "",
            "booking": self.booking or "",
            "debit": money(self.debit),
            "credit": money(self.credit),
            "balance": format_amount(self.env, self.balance, currency),
            "state": self.state,
            "state_text": names[self.state],
            "comment": self.comment or "",
            "answer": self.answer or "",
            "revision": self.revision,
        }
