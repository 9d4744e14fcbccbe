"""The dry run and the import itself."""

import contextlib
import logging
import time

import psycopg2

from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..engine.errors import Fault
from ..engine.pipeline import Pipeline, Plan
from ..loaders import LOADERS
from ..rules import get_row_rules, get_row_texts
from .tour_import_progress import OUTCOMES

_logger = logging.getLogger(__name__)

CHECK_CHUNK = 1000
RUN_CHUNK = 500
# A dry run that takes longer than a person waits goes on in the background.
PATIENCE_SECONDS = 20
# All faults are counted, this many are kept for reading.
MAX_FAULTS = 20_000

REFUSALS = (UserError, ValidationError, AccessError, psycopg2.Error, ValueError)


class TourImport(models.Model):
    _inherit = "tour.import"

    # === Actions === #

    def action_check(self):
        """Try all rows without writing anything."""
        self.ensure_one()
        self.check_access("write")
        self._check_mapping()
        self._get_loader()._check_rights()
        self._forget("check")
        self._set_state("checking", user_id=self.env.uid, last_error=False)
        finished = self._treat("check", time.monotonic() + PATIENCE_SECONDS)
        if not finished:
            self._trigger_worker()
        return True

    def action_run(self):
        """Import in the background, with the rights of who presses the button."""
        self.ensure_one()
        self.check_access("write")
        if not self.to_make_count and not self.to_merge_count:
            raise UserError(self.env._("There is no row without faults to import."))
        self._get_loader()._check_rights()
        self._set_state(
            "running", user_id=self.env.uid, stop_requested=False, last_error=False
        )
        self._trigger_worker()
        return True

    def action_stop(self):
        """Stop after the rows that are being treated; it can go on later."""
        self.check_access("write")
        running = self.filtered(lambda record: record.state == "running")
        running._gated().stop_requested = True
        return True

    def action_resume(self):
        """Go on where the import stopped."""
        return self.action_run()

    def action_run_again(self):
        """Import the same file anew: what is there already is known by its key."""
        self.ensure_one()
        copy = self.copy({"file": self.file, "file_name": self.file_name})
        copy.action_read()
        for column in copy.column_ids:
            same = self.column_ids.filtered(
                lambda c, at=column.position: c.position == at
            )
            column.field_id = same.field_id
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": copy.id,
            "view_mode": "form",
        }

    def _trigger_worker(self):
        # Sudo: scheduled actions are not the importer's to read.
        self.env.ref("tour_import.ir_cron_run_imports").sudo()._trigger()

    def _gated(self):
        from .tour_import import GATE

        return self.with_context(tour_import_gate=GATE)

    # === The worker === #

    @api.model
    def _cron_run(self):
        """Treat what waits, one import after the other, as long as there is time."""
        waiting = self.search([("state", "in", ("checking", "running"))], order="id")
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(waiting))
        for record in waiting:
            finished = record._work()
            if not cron._commit_progress(processed=int(finished)):
                break

    def _work(self):
        """Treat one import as its importer would; True when it needs no more turns."""
        importer = self.user_id
        record = (
            self.with_user(importer)
            .with_company(self.company_id)
            .with_context(
                allowed_company_ids=self.company_id.ids,
                lang=importer.lang,
                tz=importer.tz,
            )
        )
        phase = "check" if record.state == "checking" else "run"
        try:
            return record._treat(phase, commits=True)
        except psycopg2.OperationalError as error:
            # Another transaction was in the way: the next turn takes it up from here.
            self.env.cr.rollback()
            _logger.info("Import %s goes on later: %s", self.id, error)
            return False
        except REFUSALS as error:
            # The chunk is undone, what was imported before it stays.
            self.env.cr.rollback()
            _logger.warning("Import %s stopped: %s", self.id, error)
            state = "mapping" if phase == "check" else "stopped"
            self._set_state(state, last_error=str(error)[:2000])
            return True

    def _treat(self, phase, deadline=None, commits=False):
        """Go through the rows from where the phase is; True when it came to its end.

        :param str phase: 'check' or 'run'
        :param deadline: when to make a pause
        :param bool commits: whether each chunk is committed, as in the worker
        """
        self.ensure_one()
        progress = self._get_progress(phase)
        if progress.is_finished:
            return True
        loader = self._get_loader()
        size = self._get_chunk_size(phase)
        with contextlib.closing(loader), self._open_table() as found:
            pipeline = Pipeline(found, self._make_plan())
            started = time.monotonic()
            for chunk in _chunks(pipeline.parse(after=progress.position), size):
                self._treat_chunk(phase, loader, chunk, progress, started)
                started = time.monotonic()
                if commits and not self._commit(len(chunk)):
                    return False
                if deadline and started > deadline:
                    return False
                if phase == "run" and self.stop_requested:
                    self._set_state("stopped", stop_requested=False)
                    return True
        progress.is_finished = True
        self._set_state("checked" if phase == "check" else "done")
        return True

    def _commit(self, count):
        """Commit a chunk; False when the worker's time is over."""
        left = self.env["ir.cron"]._commit_progress()
        # Another transaction: whether to stop may have been said meanwhile.
        self.invalidate_recordset(["stop_requested", "state"])
        return bool(left)

    def _treat_chunk(self, phase, loader, chunk, progress, started):
        outcomes = dict.fromkeys(OUTCOMES, 0)
        good = [row for row in chunk if row.is_good]
        if phase == "check":
            loader._examine(good)
        else:
            self._load_safely(loader, good)
        for row in chunk:
            outcomes[row.outcome if row.is_good else "refused"] += 1
        faults = [fault for row in chunk for fault in row.faults]
        self._keep_faults(phase, faults, progress.faults)
        progress._add(
            chunk[-1].number, outcomes, len(faults), time.monotonic() - started
        )
        # Memory is that of one chunk, however long the file.
        self.env.invalidate_all()

    def _load_safely(self, loader, rows):
        """Load rows together; where Odoo refuses, by halves down to the one it is."""
        if not rows:
            return
        try:
            with self.env.cr.savepoint():
                loader._load(rows)
                self.env.flush_all()
            return
        except psycopg2.OperationalError:
            # Another transaction was in the way: all of it is tried again.
            raise
        except REFUSALS as error:
            self.env.invalidate_all(flush=False)
            loader._reset()
            if len(rows) == 1:
                row = rows[0]
                reason = str(error).strip().split("\n")[0][:300]
                row.faults.append(
                    Fault(row.number, "refused", details={"reason": reason})
                )
                return
        for row in rows:
            row.faults[:] = [fault for fault in row.faults if fault.warning]
        half = len(rows) // 2
        self._load_safely(loader, rows[:half])
        self._load_safely(loader, rows[half:])

    # === Parts === #

    @api.model
    def _get_chunk_size(self, phase):
        """Rows that are treated, and committed, at a time."""
        return CHECK_CHUNK if phase == "check" else RUN_CHUNK

    @api.model
    def _get_max_faults(self):
        """Faults that are kept for reading."""
        return MAX_FAULTS

    def _get_loader(self):
        return LOADERS[self.kind](self)

    def _make_plan(self):
        return Plan(
            kind=self.kind,
            columns=self._get_column_names(),
            conventions=self._get_conventions(),
            constants=self._get_constants(),
            options=self._get_options(),
        )

    def _get_progress(self, phase):
        # Sudo: the count is the worker's, and nobody else's to write.
        steps_sudo = self.env["tour.import.progress"].sudo()
        domain = [("import_id", "=", self.id), ("phase", "=", phase)]
        return steps_sudo.search(domain) or steps_sudo.create(
            {"import_id": self.id, "phase": phase}
        )

    def _keep_faults(self, phase, faults, kept):
        room = max(self._get_max_faults() - kept, 0)
        vals_list = []
        rules = get_row_rules(self.env) if faults else {}
        for fault in faults[:room]:
            message, way_out = get_row_texts(rules, fault.rule, fault.details)
            vals_list.append(
                {
                    "import_id": self.id,
                    "phase": phase,
                    "row": fault.row,
                    "column": fault.column,
                    "value": fault.value,
                    "rule": fault.rule,
                    "message": message,
                    "way_out": way_out,
                    "is_warning": fault.warning,
                }
            )
        # Sudo: the report is the worker's, users only read it.
        self.env["tour.import.fault"].sudo().create(vals_list)


def _chunks(rows, size):
    chunk = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
