"""Writing the file of an export, from what was kept of its documents."""

from datetime import datetime
from tempfile import TemporaryFile

from odoo import fields, models
from odoo.tools import SQL

from ..engine import commerceml, enterprise_data, journal
from ..engine.documents import CANCELLATION, CORRECTION, Entry
from ..engine.enterprise_parts import Head
from .tour_accounting_export_find import CHUNK


class TourAccountingExport(models.Model):
    _inherit = "tour.accounting.export"

    def _write_file(self):
        """Write the file and say that it is done, or neither."""
        values = {"state": "done", "done_on": fields.Datetime.now()}
        if self.item_ids:
            values["attachment_id"] = self._create_attachment().id
        self.write(values)
        self._tell_done()

    def _create_attachment(self):
        with TemporaryFile() as file:
            self._write_format(file)
            file.seek(0)
            content = file.read()
        return self.env["ir.attachment"].create(
            {
                "name": self._get_file_name(),
                "raw": content,
                "mimetype": self._get_format().mimetype,
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _get_file_name(self):
        """Of signs that every system and mail program takes."""
        number = "".join(c if c.isalnum() else "-" for c in self.name)
        return f"accounting_{self.date_to}_{number}.{self._get_format().extension}"

    def _write_format(self, file):
        write = getattr(self, f"_write_{self.format}")
        write(file, self._iterate_entries())

    def _write_enterprise_data(self, file, entries):
        enterprise_data.write(file, self._get_head(), entries)

    def _write_commerceml(self, file, entries):
        commerceml.write(file, self._get_head(), entries)

    def _write_journal_xlsx(self, file, entries):
        journal.write_xlsx(file, self._get_sheets(), entries)

    def _write_journal_csv(self, file, entries):
        journal.write_csv(file, self._get_sheets(), entries)

    # === What is written === #

    def _iterate_entries(self):
        """The documents in the order of the file, piece by piece."""
        Item = self.env["tour.accounting.item"]
        last = 0
        while True:
            items = Item.search(
                [("export_id", "=", self.id), ("id", ">", last)],
                order="id",
                limit=CHUNK,
            )
            if not items:
                return
            last = items[-1].id
            yield from self._get_entries(items)
            # Contents are large: the next piece takes their place.
            self.env.invalidate_all()

    def _get_entries(self, items):
        contents = self._read_contents(items)
        former = items.before_id.filtered(lambda item: item.act != CANCELLATION)
        before = self._read_contents(former)
        parties = self._get_parties([*contents.values(), *before.values()])
        return [
            Entry(
                item.act,
                item.revision,
                contents[item.id],
                before.get(item.before_id.id)
                if item.act in (CORRECTION, CANCELLATION)
                else None,
                parties,
            )
            for item in items
        ]

    def _read_contents(self, items):
        """Contents by the item's id, in one query."""
        if not items:
            return {}
        query = SQL(
            "SELECT id, content FROM tour_accounting_item WHERE id IN %s",
            tuple(items.ids),
        )
        return dict(self.env.execute_query(query))

    def _get_head(self):
        company = self.company_id
        accounts = self.env["account.account"].search(
            [("company_ids", "=", company.id)]
        )
        taxes, _names = self.env["tour.accounting.tax"]._get_known(company)
        made: datetime = company._get_accounting_now()
        return Head(
            version=self.version,
            made=made,
            namespace=self.env["res.company"]._get_accounting_space(),
            company=self._get_company_party(),
            taxes=taxes,
            accounts=self.env["tour.accounting.account"]._get_codes(company, accounts),
            is_agent=company.tour_accounting_agent,
        )

    def _get_sheets(self):
        """Titles in the language of the company."""
        env = self.env
        acts = dict(
            env["tour.accounting.item"]._fields["act"]._description_selection(env)
        )
        return journal.Sheets(
            journal=env._("Journal"),
            services=env._("Services"),
            titles=self._get_titles(),
            acts={**acts, "reversal": env._("Reversal")},
        )

    def _get_titles(self):
        env = self.env
        return {
            "act": env._("As"),
            "date": env._("Date"),
            "journal": env._("Journal"),
            "move": env._("Document"),
            "label": env._("Text"),
            "account": env._("Account"),
            "account_name": env._("Account name"),
            "partner": env._("Counterparty"),
            "inn": env._("INN"),
            "kpp": env._("KPP"),
            "contract": env._("Contract"),
            "debit": env._("Debit"),
            "credit": env._("Credit"),
            "currency": env._("Currency"),
            "amount_currency": env._("Amount in currency"),
            "tax": env._("Tax"),
            "tax_base": env._("Tax base"),
            "booking": env._("Booking"),
            "analytic": env._("Analytic account"),
            "revision": env._("Revision"),
            "guid": env._("Identity"),
            "client": env._("Client"),
            "type": env._("Service"),
            "hotel": env._("Hotel"),
            "text": env._("Description"),
            "date_from": env._("From"),
            "date_to": env._("To"),
            "guests": env._("Guests"),
            "price_untaxed": env._("Price without taxes"),
            "price_tax": env._("Taxes"),
            "price": env._("Price"),
            "supplier": env._("Supplier"),
            "supplier_price": env._("Supplier's price"),
            "commission_amount": env._("Commission"),
            "supplier_due": env._("Due to the supplier"),
        }
