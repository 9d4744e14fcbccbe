"""Reading files of bills in the background, each committed by itself."""

import logging
import time
from contextlib import suppress
from functools import partial

import psycopg2

from odoo import api, models

from odoo.addons.tour_document.words import amount_in_words
from odoo.addons.tour_payment_order.engine.packing import PdfError

from ..engine.checks import Own
from ..engine.reading import read_bill
from .tour_bill_reading import MAX_MB, STAFF

_logger = logging.getLogger(__name__)

# As often a file may kill its reader (or be there when that is killed).
MAX_TRIES = 2


class TourBillReading(models.Model):
    _inherit = "tour.bill.reading"

    @api.model
    def _cron_read(self):
        """Read what was uploaded, one file after the other, while there is time."""
        # Failing ones come last: they hold up no other.
        waiting = self.search([("state", "=", "reading")], order="tries, id")
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(waiting))
        for reading in waiting:
            done = reading._as_reader()._work()
            if not cron._commit_progress(processed=int(done)):
                break

    def _work(self):
        """Read one file; True when it needs no more turns."""
        if not self.exists() or self.state != "reading":
            return True
        if not self.try_lock_for_update(allow_referencing=True):
            return False
        try:
            self._count_try()
            vals = self._read()
        except PdfError as error:
            vals = {"state": "failed", "fault": error.code}
        except psycopg2.OperationalError as error:
            self.env.cr.rollback()
            _logger.info("Bill %s is read later: %s", self.move_id.id, error)
            self._take_try_back()
            return False
        except Exception:
            # Whatever a file can do to a reader, the next one is read all the same.
            self.env.cr.rollback()
            _logger.exception("The file of bill %s could not be read", self.move_id.id)
            vals = {"state": "failed", "fault": "error"}
        self.write(vals)
        self._tell()
        return True

    def _count_try(self):
        """Note for good that reading begins: what kills the reader is given up."""
        if self.tries >= MAX_TRIES:
            raise PdfError("stuck")
        self.write({"tries": self.tries + 1})
        self.env["ir.cron"]._commit_progress()

    def _take_try_back(self):
        """It was not the file's fault; if that can't be noted either, it counts."""
        with suppress(psycopg2.OperationalError), self.env.cr.savepoint():
            self.write({"tries": max(self.tries - 1, 0)})

    def _read(self):
        """What the file says, as values of the reading."""
        if not self.attachment_id:
            raise PdfError("no_file")
        if self.attachment_id.file_size > MAX_MB * 1024 * 1024:
            raise PdfError("size")
        began = time.monotonic()
        company = self.company_id
        orders = self.env["tour.payment.order"].with_company(company)
        reading = read_bill(
            self.attachment_id.raw or b"",
            own=self._get_own(),
            layouts=self.env["tour.bill.layout"]._get_engine_layouts(company),
            numbering=orders._get_numbering(),
            in_words=partial(amount_in_words, currency="RUB", lang="ru_RU"),
            max_bytes=MAX_MB * 1024 * 1024,
        )
        return {
            "state": "failed" if reading.fault else "read",
            "fault": reading.fault or False,
            "hints": {name: hint.as_dict() for name, hint in reading.hints.items()},
            "seconds": time.monotonic() - began,
        }

    @api.model
    def _get_own(self):
        """What is ours, of all companies, and never the payee's."""
        partners = self.env["res.company"].search([("active", "=", True)]).partner_id
        return Own(
            tax_ids=frozenset(filter(None, partners.mapped("vat"))),
            kpps=frozenset(filter(None, partners.mapped("kpp"))),
            accounts=frozenset(
                filter(None, partners.bank_ids.mapped("sanitized_acc_number"))
            ),
            names=frozenset(filter(None, partners.mapped("name"))),
        )

    def _tell(self):
        """The open windows of the bill show the hints by themselves."""
        message = {"bill_id": self.move_id.id, "state": self.state}
        self.env.ref(STAFF)._bus_send("tour_bill_reading", message)
