"""Making exports in the background: in pieces, each committed by itself."""

import logging
from contextlib import suppress

import psycopg2

from odoo import api, fields, models

from ..engine.documents import CANCELLATION, REPEATED
from ..engine.journal import TooLongError
from ..engine.rules import check_party
from ..formats import OPEN
from ..texts import get_fault_texts
from .tour_accounting_export_find import CHUNK

_logger = logging.getLogger(__name__)

# As often one may kill its worker (or be there when that is killed).
MAX_TRIES = 3


class BrokenError(Exception):
    """Why an export cannot be made, in words."""


class TourAccountingExport(models.Model):
    _inherit = "tour.accounting.export"

    # === The cron === #

    @api.model
    def _cron_export(self):
        """Ask for what is due today, and make what was asked for."""
        self._start_due()
        cron = self.env["ir.cron"]
        waiting = self.search([("state", "in", OPEN)], order="id")
        cron._commit_progress(remaining=len(waiting))
        for place, export in enumerate(waiting, 1):
            over = export._work()
            left = len(waiting) - place + (not over)
            if not cron._commit_progress(1, remaining=left):
                break

    @api.model
    def _start_due(self):
        """The daily exports of the companies whose hour has come, once each."""
        companies = self.env["res.company"].search(
            [("tour_accounting_auto", "=", True)]
        )
        for company in companies.filtered(lambda each: each._is_accounting_due()):
            today = company._get_accounting_now().date()
            with suppress(psycopg2.errors.UniqueViolation), self.env.cr.savepoint():
                self._start_daily(company, today)

    @api.model
    def _start_daily(self, company, today):
        if self.search_count(
            [("company_id", "=", company.id), ("auto_on", "=", today)], limit=1
        ):
            return
        if self._has_open(company, company.tour_accounting_format):
            # One by hand is being made: this one's turn comes with the next run.
            return
        self._start(
            company,
            company.tour_accounting_format,
            date_from=company.tour_accounting_since,
            date_to=today,
            auto_on=today,
            recipient_ids=[fields.Command.set(company.tour_export_partner_ids.ids)],
        ).flush_recordset()

    # === One export === #

    def _work(self):
        """Make one export; False when time was over before it was made."""
        company = self.company_id
        export = self.with_company(company).with_context(
            allowed_company_ids=company.ids, lang=company.partner_id.lang
        )
        try:
            export._count_try()
            return export._make()
        except BrokenError as error:
            self.env.cr.rollback()
            export._fail(str(error))
        except TooLongError:
            self.env.cr.rollback()
            export._fail(
                export.env._("A sheet has no room for so many rows. Take CSV.")
            )
        except (psycopg2.OperationalError, psycopg2.errors.UniqueViolation) as error:
            # Somebody else is at it, or gave it up: a later run looks again, and goes
            # on from what was committed.
            self.env.cr.rollback()
            _logger.info("Export %s is made later: %s", self.id, error)
            export._take_try_back()
        except Exception as error:
            self.env.cr.rollback()
            _logger.exception("Export %s to accounting failed", self.id)
            export._fail(
                export.env._(
                    "An error of the program (%(error)s). Tell the administrator.",
                    error=type(error).__name__,
                )
            )
        return True

    def _count_try(self):
        """Note for good that work begins: what kills the worker is given up."""
        if self.tries >= MAX_TRIES:
            raise BrokenError(
                self.env._("It was cut off again and again. Take a shorter period.")
            )
        self.tries += 1
        self.env["ir.cron"]._commit_progress()

    def _take_try_back(self):
        """Nothing is wrong with the export itself."""
        with suppress(psycopg2.OperationalError), self.env.cr.savepoint():
            self.tries = max(self.tries - 1, 0)

    def _make(self):
        """Look at all that may go, then write the file; False when time is over."""
        cron = self.env["ir.cron"]
        while self.state in ("waiting", "reading"):
            self._take_chunk()
            left = cron._commit_progress(1, remaining=1)
            # Memory is that of one piece, however many there are.
            self.env.invalidate_all()
            if not left:
                return False
        if self.state == "writing":
            self._hold("writing")
            self._write_file()
            cron._commit_progress()
        return True

    def _hold(self, *states):
        """Lock the export for this piece, and see that it is still where it was.

        :raise psycopg2.OperationalError: somebody else is at it
        """
        where = (self.stage, self.last_id)
        if not self.try_lock_for_update():
            raise psycopg2.OperationalError("The export is made by somebody else.")
        self.invalidate_recordset()
        if self.state not in states or where != (self.stage, self.last_id):
            raise psycopg2.OperationalError("The export was made further meanwhile.")

    def _take_chunk(self):
        """Look at the next records, and keep what becomes of them."""
        self._hold("waiting", "reading")
        if self.state == "waiting":
            self._check_own_requisites()
        stages = self._get_stages()
        model, gone = stages[self.stage]
        ids = self._search_chunk(model, gone, self.last_id)
        known = self._get_known()
        self._keep(model, self._examine(model, gone, ids, known))
        values = {
            "state": "reading",
            "last_id": ids[-1] if ids else 0,
            "looked_at": self.looked_at + len(ids),
            # It got on: what comes next has its tries again.
            "tries": 1,
        }
        if len(ids) < CHUNK:
            over = self.stage + 1 == len(stages)
            values |= {"stage": self.stage + 1, "last_id": 0}
            values["state"] = "writing" if over else "reading"
        self.write(values)

    def _check_own_requisites(self):
        """1C asks for our own requisites before all others."""
        if self._get_format().is_journal:
            return
        texts = get_fault_texts(self.env)
        for fault in check_party(self._get_company_party()):
            raise BrokenError(
                texts[fault.rule] % {"document": self.name, "name": fault.name}
            )

    def _get_company_party(self):
        partner = self.company_id.partner_id
        space = self.env["res.company"]._get_accounting_space()
        parties = self.env["res.partner"]._get_accounting_parties(
            partner.ids, self.company_id, space
        )
        return {**parties[str(partner.id)], "is_company": True}

    def _fail(self, text):
        """Nothing of it counts; who asked for it is told why."""
        self._take_back()
        self.write({"state": "failed", "failure": text})
        self._tell_failure()

    # === What becomes of the records === #

    def _keep(self, model, found):
        """Keep what goes, what is left out, and what is as it was."""
        self._keep_faults(model, [each for each in found if each.faults])
        going = [each for each in found if each.act and not each.faults]
        marks = self._get_marks(model, [each.record_id for each in found])
        Item = self.env["tour.accounting.item"]
        before = Item.union(*(each.latest for each in going if each.act != REPEATED))
        before.is_last = False
        # The index does not let two be the latest.
        before.flush_recordset(["is_last"])
        currencies = self._get_currencies()
        Item.create(
            [
                self._prepare_item_vals(
                    model, each, marks.get(each.record_id), currencies
                )
                for each in going
            ]
        ).flush_recordset()
        self._keep_marks([each for each in found if not each.act], marks)

    def _keep_marks(self, found, marks):
        """What was looked at, and is as it was, is not looked at every day."""
        rows = [
            (each.latest.id, marks.get(each.record_id)) for each in found if each.latest
        ]
        if rows:
            self.env.cr.execute_values(
                "UPDATE tour_accounting_item AS i SET mark = v.mark"
                " FROM (VALUES %s) AS v (id, mark) WHERE i.id = v.id",
                rows,
                template="(%s, %s::text)",
                page_size=CHUNK,
            )
            self.env["tour.accounting.item"].invalidate_model(["mark"])

    def _keep_faults(self, model, found):
        self.env["tour.accounting.fault"].create(
            [
                {
                    "export_id": self.id,
                    "res_model": model,
                    "res_id": each.record_id,
                    "name": each.document["number"] or f"{model} {each.record_id}",
                    "rule": fault.rule,
                    "detail": fault.name,
                }
                for each in found
                for fault in each.faults
            ]
        )

    def _get_currencies(self):
        Currency = self.env["res.currency"].with_context(active_test=False)
        return {each.name: each.id for each in Currency.search([])}

    def _prepare_item_vals(self, model, each, mark, currencies):
        latest = each.latest
        # What is cancelled goes as it was.
        document = each.document or latest.content
        repeated = each.act == REPEATED
        cancelled = each.act == CANCELLATION
        number = document["number"] or f"{model} {each.record_id}"
        return {
            "export_id": self.id,
            "company_id": self.company_id.id,
            "format": self.format,
            "res_model": model,
            "res_id": each.record_id,
            "kind": document["kind"],
            "number": number,
            "date": document["date"],
            "partner_id": document.get("partner") or False,
            "currency_id": currencies.get(document["currency"]),
            "amount": float(document["amount"]),
            "act": each.act,
            "revision": latest.revision + (not repeated),
            "guid": document["guid"],
            "content_hash": latest.content_hash if cancelled else each.digest,
            "content": document,
            "mark": mark,
            "before_id": latest.id,
            "is_last": not repeated,
        }
