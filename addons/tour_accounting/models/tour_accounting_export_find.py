"""Which records go, and as what."""

import logging
from itertools import chain
from typing import NamedTuple

import psycopg2

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..engine import rules
from ..engine.documents import NEW, decide, digest
from ..engine.rules import Fault, Known

_logger = logging.getLogger(__name__)

# As many records are read at a time, and committed.
CHUNK = 200


class Found(NamedTuple):
    """What becomes of one record."""

    record_id: int
    act: str | None
    document: dict | None
    digest: str | None
    #: What went last, if anything did.
    latest: models.BaseModel
    faults: list[Fault]


class TourAccountingExport(models.Model):
    _inherit = "tour.accounting.export"

    # === Searching === #

    def _get_stages(self):
        """Searches in their order: of each model what is there, then what is gone."""
        models_of = self._get_format().models
        return [(model, gone) for model in models_of for gone in (False, True)]

    def _search_chunk(self, model, gone, after, limit=CHUNK):
        """Ids of records that may have to go, in order."""
        self.env.flush_all()
        search = self._search_gone if gone else self._search_there
        return search(self.env[model], after, limit)

    def _search_there(self, Model, after, limit):
        """What is in the books, and is new, or may have changed, or is asked again."""
        is_journal = self._get_format().is_journal
        domain = Model._get_accounting_domain(self.company_id, is_journal)
        domain &= ~Model._get_accounting_held_domain()
        if self.repeats_id:
            went = self.repeats_id._get_item_ids(Model._name)
            domain &= Domain("id", "in", went)
        query = Model._search(
            domain & Domain("id", ">", after), order="id", limit=limit
        )
        if not self.repeats_id:
            query.add_where(self._get_due_condition(Model, query.table))
        return [row[0] for row in self.env.execute_query(query.select())]

    def _get_item_ids(self, model):
        items = self.env["tour.accounting.item"].search_fetch(
            [("export_id", "=", self.id), ("res_model", "=", model)], ["res_id"]
        )
        return items.mapped("res_id")

    def _get_due_condition(self, Model, table):
        """In the period and never sent, or differing from what went.

        By itself a day's export takes what changed of whatever day; one by hand keeps
        to its period.
        """
        is_journal = self._get_format().is_journal
        alias = SQL.identifier(table)
        day = SQL.identifier(table, Model._get_accounting_date_field(is_journal))
        in_period = SQL("%s <= %s", day, self.date_to)
        if self.date_from:
            in_period = SQL("%s AND %s >= %s", in_period, day, self.date_from)
        if self.again:
            return in_period
        went = SQL(
            """SELECT 1 FROM tour_accounting_item i
                WHERE i.company_id = %s AND i.format = %s AND i.res_model = %s
                  AND i.res_id = %s.id AND i.is_last""",
            self.company_id.id,
            self.format,
            Model._name,
            alias,
        )
        changed = SQL(
            "EXISTS (%s AND (i.mark IS DISTINCT FROM %s OR i.act = 'cancellation'))",
            went,
            Model._get_accounting_mark(alias),
        )
        new = SQL("NOT EXISTS (%s)", went)
        if self.auto_on:
            return SQL("((%s AND %s) OR %s)", in_period, new, changed)
        return SQL("(%s AND (%s OR %s))", in_period, new, changed)

    def _search_gone(self, Model, after, limit):
        """What went, and is in the books no more."""
        is_journal = self._get_format().is_journal
        there = Model._get_accounting_domain(self.company_id, is_journal)
        there |= Model._get_accounting_held_domain()
        Item = self.env["tour.accounting.item"]
        domain = Item._get_stream_domain(self.company_id, self.format, Model._name)
        domain &= Domain(
            [
                ("is_last", "=", True),
                ("act", "!=", "cancellation"),
                ("res_id", ">", after),
            ]
        )
        if self.repeats_id:
            went = self.repeats_id._get_item_ids(Model._name)
            domain &= Domain("res_id", "in", went)
        elif not self.auto_on:
            domain &= Domain("date", "<=", self.date_to)
            if self.date_from:
                domain &= Domain("date", ">=", self.date_from)
        query = Item._search(domain, order="res_id", limit=limit)
        res_id = SQL.identifier(query.table, "res_id")
        subselect = Model._search(there).subselect()
        query.add_where(SQL("%s NOT IN %s", res_id, subselect))
        return [row[0] for row in self.env.execute_query(query.select(res_id))]

    # === Looking === #

    def _examine(self, model, gone, ids, known):
        """What becomes of these records, in a fixed number of queries.

        :param Known known: what the settings say; of a journal, nothing
        :rtype: list[Found]
        """
        latest = self.env["tour.accounting.item"]._get_latest(
            self.company_id, self.format, model, ids
        )
        documents, broken = ({}, {}) if gone else self._read_safely(model, ids)
        parties = known and self._get_parties(documents.values())
        return [
            self._describe_broken(model, record_id, broken[record_id])
            if record_id in broken
            else self._examine_one(
                record_id,
                documents.get(record_id),
                latest.get(record_id),
                parties,
                known,
            )
            for record_id in ids
        ]

    def _examine_one(self, record_id, document, last, parties, known):
        text = digest(document) if document else None
        act = decide(last and (last.act, last.content_hash), text, again=self.again)
        faults = []
        if act and document and known:
            faults = rules.check(document, parties, known)
        none = self.env["tour.accounting.item"]
        return Found(record_id, act, document, text, last or none, faults)

    def _describe_broken(self, model, record_id, error):
        """A record that cannot be read is left out like one that breaks a rule."""
        name = {"number": f"{model} {record_id}"}
        none = self.env["tour.accounting.item"]
        return Found(record_id, NEW, name, None, none, [Fault("error", error)])

    def _read_safely(self, model, ids):
        """The documents, and of records that cannot be read the error, by id.

        One by one only where one of them is broken: it holds up no other.
        """
        try:
            with self.env.cr.savepoint():
                return self._read_documents(model, ids), {}
        except psycopg2.OperationalError:
            raise
        except Exception as error:
            if len(ids) == 1:
                _logger.exception("%s %s does not go to accounting", model, ids[0])
                return {}, {ids[0]: type(error).__name__}
        documents, broken = {}, {}
        for record_id in ids:
            read, failed = self._read_safely(model, [record_id])
            documents |= read
            broken |= failed
        return documents, broken

    def _read_documents(self, model, ids):
        space = self.env["res.company"]._get_accounting_space()
        records = self.env[model].with_company(self.company_id).browse(ids)
        if self._get_format().is_journal:
            return records._get_accounting_entries(space)
        return records._get_accounting_documents(space)

    def _get_parties(self, documents):
        """Counterparties that the documents name, by id as text."""
        ids = set()
        for document in documents:
            ids.add(document.get("partner"))
            rows = chain(document.get("lines") or (), document.get("act") or ())
            ids.update(row.get("supplier") for row in rows)
            ids.update(row["partner"] for row in document.get("entries") or ())
        ids = sorted(ids - {None, False})
        return self.env["res.partner"]._get_accounting_parties(
            ids, self.company_id, self.env["res.company"]._get_accounting_space()
        )

    def _get_known(self):
        """What the settings say, for formats that 1C checks."""
        if self._get_format().is_journal:
            return None
        taxes, names = self.env["tour.accounting.tax"]._get_known(self.company_id)
        return Known(taxes, names)

    def _get_marks(self, model, ids):
        """What tells that a record may have changed, by its id."""
        Model = self.env[model]
        table = SQL.identifier(Model._table)
        query = SQL(
            "SELECT t.id, %s FROM %s t WHERE t.id IN %s",
            Model._get_accounting_mark(SQL.identifier("t")),
            table,
            tuple(ids),
        )
        return dict(self.env.execute_query(query)) if ids else {}
