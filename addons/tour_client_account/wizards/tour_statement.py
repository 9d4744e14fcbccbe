"""The statement of mutual settlements for any period, as it stands in the ledger."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from tempfile import TemporaryFile

from pypdf import PdfWriter

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from odoo.addons.tour_document import formats, pdf

from .. import statement, statement_list

# More rows than these, some six pages, are listed behind the page that is signed.
SIGNED_ROWS = 300
# A thousand pages; nobody reads more.
PDF_ROWS = 50_000


class TourStatement(models.TransientModel):
    """Of which client, in which currency and period."""

    _name = "tour.statement"
    _description = "Statement of Mutual Settlements"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Client",
        required=True,
        ondelete="cascade",
        domain=[("is_tour_client", "=", True)],
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        ondelete="cascade",
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(month=1, day=1),
    )
    date_to = fields.Date(string="To", required=True, default=fields.Date.context_today)
    opening = fields.Monetary(string="Opening balance", compute="_compute_sums")
    debit = fields.Monetary(compute="_compute_sums")
    credit = fields.Monetary(compute="_compute_sums")
    closing = fields.Monetary(
        string="Closing balance",
        compute="_compute_sums",
        help="What the client owes; below zero, what we owe the client.",
    )
    count = fields.Integer(string="Documents", compute="_compute_sums")
    account_text = fields.Char(related="partner_id.tour_account_text")

    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)", "The period ends before it begins."
    )

    @api.depends("partner_id", "company_id", "currency_id", "date_from", "date_to")
    def _compute_sums(self):
        for wizard in self:
            rows = []
            opening = Decimal(0)
            if all(wizard[name] for name in ("partner_id", "date_from", "date_to")):
                opening, found = wizard._read_rows()
                rows = list(found)
            turnover = statement.totals(opening, rows)
            wizard.update(
                {
                    "opening": float(opening),
                    "debit": float(turnover.debit),
                    "credit": float(turnover.credit),
                    "closing": float(turnover.closing),
                    "count": len(rows),
                }
            )

    def _read_rows(self):
        """Read the ledger, by one query.

        :return: the opening balance, and an iterator of the rows
        """
        self.ensure_one()
        partner = self.partner_id.commercial_partner_id
        partner._check_may_read_account(self.company_id)
        # What was written and not flushed yet is in the ledger, too.
        self.env["account.move.line"].flush_model()
        self.env["account.move"].flush_model()
        self.env["account.partial.reconcile"].flush_model()
        cr = self.env.cr
        cr.execute(
            partner._query_settlements(
                self.company_id, self.currency_id, self.date_from, self.date_to
            )
        )
        # The driver holds all of it anyway, until the next query takes it away.
        (_day, _document, _bookings, text, _place), *found = cr.fetchall()
        opening = Decimal(text)
        return opening, statement.running(opening, self._iterate_entries(found))

    @api.model
    def _iterate_entries(self, found):
        for day, document, bookings, text, _place in found:
            amount = Decimal(text)
            yield statement.Entry(
                day,
                document or "",
                bookings or "",
                max(amount, Decimal(0)),
                max(-amount, Decimal(0)),
            )

    # === Files === #

    def action_print(self):
        """Download the statement as PDF, to be signed by both sides."""
        return self._download("pdf")

    def action_export(self):
        """Download the statement as XLSX."""
        return self._download("xlsx")

    def _download(self, kind):
        self.ensure_one()
        self.partner_id._check_may_read_account(self.company_id)
        return {
            "type": "ir.actions.act_url",
            "url": f"/tour/statement/{self.id}.{kind}",
            "target": "download",
        }

    def _get_file_name(self, kind):
        name = f"{self._get_title()} {self.partner_id.commercial_partner_id.name}"
        name = "".join(" " if char in '/\\:*?"<>|' else char for char in name)
        return f"{name} {self.date_from} {self.date_to} {self.currency_id.name}.{kind}"

    def _get_title(self):
        return self.env._("Statement of mutual settlements")

    def _open_xlsx(self):
        """The statement as a file that is open for reading, of any length."""
        self.ensure_one()
        opening, rows = self._read_rows()
        file = TemporaryFile()
        statement.write_xlsx(
            file, self._get_words(), opening, rows, self.currency_id.decimal_places
        )
        file.seek(0)
        return file

    def _get_words(self):
        env = self.env
        return statement.Words(
            title=self._get_title(),
            subtitle=env._(
                "%(client)s, %(date_from)s – %(date_to)s, %(currency)s, %(company)s",
                client=self.partner_id.commercial_partner_id.name,
                date_from=format_date(env, self.date_from),
                date_to=format_date(env, self.date_to),
                currency=self.currency_id.name,
                company=self.company_id.name,
            ),
            columns=(
                env._("Date"),
                env._("Document"),
                env._("Booking"),
                env._("Debit"),
                env._("Credit"),
                env._("Balance"),
            ),
            opening=env._("Opening balance"),
            turnover=env._("Turnover"),
            closing=env._("Closing balance"),
        )

    def _draw_pdf(self):
        """The statement as PDF, in the client's language.

        A long one is a page to be signed, and the list of its documents behind it.

        :raise UserError: if it is too long for paper
        """
        self.ensure_one()
        opening, found = self._read_rows()
        rows = list(found)
        if len(rows) > PDF_ROWS:
            raise UserError(
                self.env._(
                    "%(count)s documents are too many for paper. Choose a shorter "
                    "period, or export it as XLSX.",
                    count=len(rows),
                )
            )
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        known = (self.partner_id.lang, self.env.lang)
        code = next((code for code in known if code in installed), "en_US")
        paper = self._get_paper(opening, rows, code)
        listed = paper["rows"] if len(rows) > SIGNED_ROWS else []
        if listed:
            paper.update(rows=[], listed=len(listed))
        html = str(
            self.env["ir.qweb"]._render(
                "tour_client_account.paper_statement",
                {"paper": paper},
                lang=code,
                minimal_qcontext=True,
            )
        )
        signed = pdf.render(html)
        return self._add_list(signed, paper, listed, code) if listed else signed

    def _add_list(self, signed, paper, rows, code):
        """The page to be signed with the list of its documents behind it."""
        wizard = self.with_context(lang=code)
        words = wizard._get_words()
        debit, credit = words.columns[3:5]
        found = BytesIO()
        statement_list.draw(
            found,
            statement_list.Words(
                f"{words.title}, {paper['date_from']} – {paper['date_to']},"
                f" {paper['currency']}",
                paper["issuer"]["name"],
                paper["recipient"]["name"],
                (*words.columns, debit, credit),
                wizard.env._(
                    "List of documents, page %(page)s of %(pages)s",
                    page="{page}",
                    pages="{pages}",
                ),
            ),
            [(*row.values(), row["credit"], row["debit"]) for row in rows],
        )
        whole, target = PdfWriter(), BytesIO()
        for part in (BytesIO(signed), found):
            whole.append(part)
        whole.write(target)
        return target.getvalue()

    def _get_paper(self, opening, rows, code):
        """What the paper says, as plain text.

        :rtype: dict
        """
        currency = self.currency_id
        # In sudo: what is on it is named here, and nothing else is.
        wizard = self.sudo().with_context(lang=code)

        def money(amount):
            return formats.amount(amount, code, currency.decimal_places)

        def side(amount):
            return money(amount) if amount else ""

        turnover = statement.totals(opening, rows)
        return {
            "lang": formats.get_locale(code).language,
            "number": "",
            "iso_date": date.today().isoformat(),
            "issuer": wizard.company_id._get_paper_facts(currency),
            "recipient": wizard.partner_id.commercial_partner_id._get_paper_facts(),
            "currency": currency.name,
            "date_from": formats.short_date(self.date_from, code),
            "date_to": formats.short_date(self.date_to, code),
            "opening": self._split(opening, money),
            "closing": self._split(turnover.closing, money),
            "turnover": (money(turnover.debit), money(turnover.credit)),
            "closing_amount": formats.money(
                abs(turnover.closing), currency.name, code, currency.decimal_places
            ),
            "debtor": (turnover.closing > 0) - (turnover.closing < 0),
            "listed": 0,
            "rows": [
                {
                    "date": formats.short_date(entry.date, code),
                    "document": entry.document,
                    "booking": entry.booking,
                    "debit": side(entry.debit),
                    "credit": side(entry.credit),
                    "balance": money(balance),
                }
                for entry, balance in rows
            ],
        }

    @api.model
    def _split(self, amount, money):
        """A balance in the column where it stands: (debit, credit)."""
        return (money(amount), "") if amount >= 0 else ("", money(-amount))
