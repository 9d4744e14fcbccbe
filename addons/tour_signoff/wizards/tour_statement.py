"""The statement's paper, of what was put before a client; and asking him to sign."""

from decimal import Decimal

from odoo import fields, models
from odoo.tools.misc import format_datetime

from odoo.addons.tour_client_account import statement

from ..signoff_states import SIGNED


class TourStatement(models.TransientModel):
    _inherit = "tour.statement"

    # Set on a statement that is drawn of frozen lines, and never stored.
    signoff_id = fields.Many2one(comodel_name="tour.signoff", store=False)

    def action_ask_signoff(self):
        """Ask the client to sign off this statement."""
        self.ensure_one()
        self.check_access("read")
        self.env["tour.signoff"]._check_money_right()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "tour_signoff.tour_signoff_ask_action"
            ),
            "context": {
                "default_partner_ids": self.partner_id.commercial_partner_id.ids,
                "default_company_id": self.company_id.id,
                "default_currency_id": self.currency_id.id,
                "default_date_from": self.date_from,
                "default_date_to": self.date_to,
            },
        }

    def _read_rows(self):
        """Of a statement to sign, what was frozen; else the ledger."""
        if self.signoff_id:
            return self.signoff_id._read_frozen()
        return super()._read_rows()

    def _get_paper(self, opening, rows, code):
        """Add the client's signature."""
        paper = super()._get_paper(opening, rows, code)
        signoff = self.signoff_id.with_context(lang=code)
        if signoff:
            paper["number"] = signoff.name
        if signoff.state in SIGNED:
            paper["signature"] = signoff._get_signature()
        return paper


class TourSignoff(models.Model):
    _inherit = "tour.signoff"

    def _draw(self):
        """The statement as PDF, in the client's language; the user may read it.

        :return: name of the file, and its content
        """
        self.ensure_one()
        # In sudo: what is on it is named by the paper, and nothing else is.
        signoff = self.sudo()
        wizard = signoff.env["tour.statement"].new(
            {
                "partner_id": signoff.partner_id.id,
                "company_id": signoff.company_id.id,
                "currency_id": signoff.currency_id.id,
                "date_from": signoff.date_from,
                "date_to": signoff.date_to,
                "signoff_id": signoff.id,
            }
        )
        return wizard._get_file_name("pdf"), wizard._draw_pdf()

    def _read_frozen(self):
        """As `tour.statement._read_rows`; note: in sudo mode."""
        digits = self.currency_id.decimal_places

        def exact(amount):
            return Decimal(f"{amount:.{digits}f}")

        rows = [
            statement.Row(
                statement.Entry(
                    line.date,
                    line.document or "",
                    line.booking or "",
                    exact(line.debit),
                    exact(line.credit),
                ),
                exact(line.balance),
            )
            for line in self._get_lines()
        ]
        return exact(self.opening), rows

    def _get_signature(self):
        """With the time zone, as it is on paper."""
        signature = super()._get_signature()
        zone = self.env.tz and str(self.env.tz) or "UTC"
        return {
            **signature,
            "date": f"{format_datetime(self.env, self.signed_on, tz=zone)} ({zone})",
        }
