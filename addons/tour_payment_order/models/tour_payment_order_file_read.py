"""Reading files in the background: each order is committed by itself."""

import logging
from contextlib import suppress

import psycopg2

from odoo import api, models

from odoo.addons.tour_document.qr_reader import pdfium_lock
from odoo.addons.tour_document.words import amount_in_words

from ..engine import orders, pdf
from ..payment_order_states import FILE_OPEN

_logger = logging.getLogger(__name__)

# As often a file may kill its reader (or be there when that is killed).
MAX_TRIES = 2

# One lock for all of the process; the engine itself knows no other add-on.
pdf.PDFIUM = pdfium_lock


class TourPaymentOrderFile(models.Model):
    _inherit = "tour.payment.order.file"

    @api.model
    def _cron_read(self):
        """Read what came in, one file after the other, as long as there is time.

        Cut off at any point, it goes on behind the last order that was committed.
        """
        waiting = self.search([("state", "in", FILE_OPEN)], order="tries, id")
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(waiting))
        for file in waiting:
            finished = file._work()
            if not cron._commit_progress(processed=int(finished)):
                break

    def _work(self):
        """Read one file; True when it needs no more turns."""
        file = self.with_company(self.company_id).with_context(
            allowed_company_ids=self.company_id.ids, lang=self._get_answer_lang()
        )
        try:
            file._count_try()
            if not file._read():
                return False
        except pdf.PdfError as error:
            file._set_state("failed", fault=error.code)
        except psycopg2.OperationalError as error:
            # Another transaction was in the way: the next turn takes it up from here.
            self.env.cr.rollback()
            _logger.info("Payment orders of file %s are read later: %s", self.id, error)
            file._take_try_back()
            return False
        except Exception:
            # Whatever a file can do to a reader, the next one is read all the same.
            self.env.cr.rollback()
            _logger.exception("File %s of payment orders could not be read", self.id)
            file._set_state("failed", fault="error")
        file._answer_safely()
        return True

    def _count_try(self):
        """Note for good that reading begins: what kills the reader is given up."""
        if self.tries >= MAX_TRIES:
            raise pdf.PdfError("stuck")
        self._as_mover().write({"tries": self.tries + 1})
        self.env["ir.cron"]._commit_progress()

    def _take_try_back(self):
        """It was not the file's fault; if that can't be noted either, it counts."""
        with suppress(psycopg2.OperationalError), self.env.cr.savepoint():
            self._as_mover().write({"tries": max(self.tries - 1, 0)})

    def _read(self):
        """Go through the pages from where the file is; False when time is over."""
        if self.fault:
            raise pdf.PdfError(self.fault)
        with self._open_content() as (opened, source):
            if self.state == "received":
                pdf.check(opened, max_bytes=self._get_max_mb() * 1024 * 1024)
                self._set_state("reading", page_count=pdf.count_pages(source))
            for entry in orders.iter_entries(
                source, start=self.pages_read, in_words=_get_words
            ):
                self._take(entry)
                if not self._commit_page():
                    return False
        self._set_state("done")
        return True

    def _commit_page(self):
        """Commit an order; False when the worker's time is over."""
        left = self.env["ir.cron"]._commit_progress()
        # Memory is that of one order, however long the file.
        self.env.invalidate_all()
        return bool(left)

    def _take(self, entry):
        """Keep one order, and say how far the file is read, or neither."""
        # Somebody may have the file read again at this moment.
        self.lock_for_update()
        self.invalidate_recordset(["pages_read", "state"])
        if self.state != "reading" or self.pages_read != entry.first:
            raise psycopg2.OperationalError("The file is read by somebody else.")
        try:
            with self.env.cr.savepoint():
                known = not self.env["tour.payment.order"]._make(self, entry)
        except psycopg2.OperationalError:
            raise
        except Exception:
            # One order that is refused holds up no other: a person sees to it.
            _logger.exception("Page %s of file %s", entry.first + 1, self.id)
            self.env.invalidate_all(flush=False)
            entry.order, entry.faults = orders.Order(), ("error",)
            known = not self.env["tour.payment.order"]._make(self, entry)
        self._as_mover().write(
            {
                "pages_read": entry.next,
                "duplicate_count": self.duplicate_count + known,
                # It got on: what comes next has a try more.
                "tries": 1,
            }
        )


def _get_words(amount):
    return amount_in_words(amount, "RUB", "ru_RU")
