"""What went once: corrections, cancellations, repetitions, and nothing twice."""

from unittest.mock import patch

import psycopg2

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..models import tour_accounting_export_run as run
from ..models import tour_accounting_export_write as write
from .common import AccountingCommon


@tagged("post_install", "-at_install")
class TestCorrections(AccountingCommon):
    def _change(self, bill, price=700.0):
        """As an accountant does: back to draft, another price, posted."""
        bill.button_draft()
        bill.invoice_line_ids.price_unit = price
        bill.action_post()

    def test_nothing_goes_twice(self):
        self._create_done()
        self._create_move()
        self._create_payment()
        first = self._export()
        self.assertEqual(first.item_count, 4)
        second = self._export()
        self.assertEqual(second.state, "done")
        self.assertFalse(second.item_ids)
        self.assertFalse(second.attachment_id)

    def test_what_was_touched_and_is_the_same_stays(self):
        """It is looked at once, and not every day from then on."""
        bill = self._create_move()
        self._export()
        bill.write({"narration": "Nothing that accounting sees."})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move SET write_date = write_date + INTERVAL '1 hour'"
            " WHERE id = %s",
            (bill.id,),
        )
        looked = self._export()
        self.assertEqual((looked.looked_at, looked.item_count), (1, 0))
        self.assertEqual(self._export().looked_at, 0)

    def test_changed_bill_goes_as_correction(self):
        bill = self._create_move(price=500)
        first = self._export()
        self._change(bill, 700)
        second = self._export()
        self.assertEqual(self._get_acts(second), [(bill.name, "correction", 2)])
        before, after = first.item_ids, second.item_ids
        self.assertEqual(before.guid, after.guid)
        self.assertNotEqual(before.content_hash, after.content_hash)
        self.assertEqual((before.is_last, after.is_last), (False, True))
        documents = [
            self._find(export, "Документ.ПоступлениеТоваровУслуг")[0]
            for export in (first, second)
        ]
        keys = [self._get_text(d, "КлючевыеСвойства/Ссылка") for d in documents]
        self.assertEqual(keys, [before.guid] * 2)
        sums = [self._get_text(d, "Сумма") for d in documents]
        self.assertEqual(sums, ["500.00", "700.00"])
        self.assertFalse(self._export().item_ids)

    def test_changed_booking_goes_as_correction(self):
        order, invoice = self._create_done()
        self._export()
        order.order_line.guest_ids.unlink()
        order.order_line.write({"guest_ids": [Command.create({"last_name": "Orlova"})]})
        if "is_reposting" in order._fields:
            order._set_reposting(False)
        export = self._export()
        self.assertEqual(self._get_acts(export), [(order.name, "correction", 2)])
        self.assertEqual(order.accounting_count, 2)
        self.assertIn("revision 2", order.accounting_text)
        self.assertEqual(invoice.accounting_count, 1)

    def test_deleted_service_is_noticed(self):
        """Nothing of the booking itself is written when a service of it goes."""
        order, _invoice = self._create_done(self._stay(), self._stay())
        self._export()
        line = order.order_line[0]
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM tour_guest WHERE line_id = %s", (line.id,))
        self.env.cr.execute(
            "DELETE FROM sale_order_line_invoice_rel WHERE order_line_id = %s",
            (line.id,),
        )
        self.env.cr.execute("DELETE FROM sale_order_line WHERE id = %s", (line.id,))
        self.env.invalidate_all()
        export = self._export()
        self.assertEqual(self._get_acts(export), [(order.name, "correction", 2)])

    def test_booking_that_is_reposted_is_left_alone(self):
        order, invoice = self._create_done()
        self._export()
        self._force_state(order, "reposting")
        self.assertFalse(self._export().item_ids)
        self._force_state(order, "done")
        self.assertFalse(self._export().item_ids)
        self.assertEqual(invoice.accounting_count, 1)

    def test_cancelled_documents_are_cancelled(self):
        order, invoice = self._create_done()
        bill = self._create_move()
        payment = self._create_payment()
        first = self._export()
        guids = {item.number: item.guid for item in first.item_ids}
        bill.button_draft()
        bill.button_cancel()
        payment.action_draft()
        payment.action_cancel()
        self._force_state(order, "booked")
        export = self._export()
        self.assertEqual(
            self._get_acts(export),
            sorted((name, "cancellation", 2) for name in guids if name != invoice.name),
        )
        deleted = {
            element.text
            for deletion in self._find(export, "УдалениеОбъекта")
            for element in deletion.iter()
            if element.text and not len(element)
        }
        del guids[invoice.name]
        self.assertEqual(deleted, set(guids.values()))
        # Once.
        self.assertFalse(self._export().item_ids)

    def test_deleted_bill_is_cancelled(self):
        bill = self._create_move(price=500)
        name = bill.name
        self._export()
        bill.button_draft()
        bill.with_context(force_delete=True).unlink()
        export = self._export()
        self.assertEqual(self._get_acts(export), [(name, "cancellation", 2)])
        self.assertEqual(export.item_ids.amount, 500)
        # What is gone is shown by its item.
        self.assertEqual(export.item_ids.action_open()["res_model"], self.items._name)

    def test_what_comes_back_keeps_its_identity(self):
        bill = self._create_move()
        first = self._export()
        bill.button_draft()
        self._export()
        bill.action_post()
        export = self._export()
        self.assertEqual(self._get_acts(export), [(bill.name, "correction", 3)])
        self.assertEqual(export.item_ids.guid, first.item_ids.guid)
        self.assertFalse(self._export().item_ids)

    def test_credit_note_of_what_was_never_rendered(self):
        """Neither the act nor its correction: there is only the invoice."""
        order = self._create_sold()
        invoice = self._invoice(order).sudo()
        invoice.action_post()
        note = invoice._reverse_moves([{"invoice_date": self.today}])
        note.action_post()
        export = self._export()
        self.assertEqual(self._get_acts(export), [(invoice.name, "new", 1)])
        self._force_state(order, "done")
        export = self._export()
        self.assertEqual(
            self._get_acts(export),
            sorted([(order.name, "new", 1), (note.name, "new", 1)]),
        )
        (correction,) = self._find(export, "Документ.КорректировкаРеализацииТоваров")
        # No older than the act that it corrects.
        day = self._get_text(correction, "КлючевыеСвойства/Дата")
        self.assertEqual(day, f"{order.service_date_to}T12:00:00")
        self.assertEqual(self._get_text(correction, "Сумма"), "10000.00")

    # === On demand === #

    def test_also_what_went_already(self):
        bill, other = self._create_move(), self._create_move()
        first = self._export()
        self._change(other)
        export = self._export(again=True)
        self.assertEqual(
            self._get_acts(export),
            sorted([(bill.name, "repeated", 1), (other.name, "correction", 2)]),
        )
        # What was only repeated changes nothing of what is known.
        self.assertEqual(first.item_ids.filtered("is_last").number, bill.name)
        self.assertFalse(self._export().item_ids)

    def test_afresh(self):
        """The same documents, and no others."""
        bill = self._create_move()
        first = self._export(date_to=self.today)
        self._create_move()
        first.with_user(self.accountant).action_make_afresh()
        self.exports._cron_export()
        export = self.exports.search([("repeats_id", "=", first.id)])
        self.assertEqual(self._get_acts(export), [(bill.name, "repeated", 1)])
        # The same content, by the clock of today.
        (old,) = self._find(first, "Документ.ПоступлениеТоваровУслуг")
        (new,) = self._find(export, "Документ.ПоступлениеТоваровУслуг")
        self.assertEqual(list(old.itertext()), list(new.itertext()))

    # === By itself === #

    def test_daily(self):
        self.company.write(
            {
                "tour_accounting_auto": True,
                "tour_accounting_hour": 20.0,
                "tour_accounting_since": self._day(-3),
            }
        )
        self.company.partner_id.tz = "UTC"
        today = fields.Date.to_string(self.today)
        old = self._create_move(date=self._day(-40), invoice_date=self._day(-40))
        bill = self._create_move()
        with freeze_time(f"{today} 19:59:00"):
            self.exports._cron_export()
            self.assertFalse(self._get_daily())
        with freeze_time(f"{today} 20:01:00"):
            self.exports._cron_export()
            self.exports._cron_export()
        export = self._get_daily()
        self.assertEqual(len(export), 1)
        self.assertEqual(self._get_acts(export), [(bill.name, "new", 1)])
        self.assertEqual(old.accounting_count, 0)

    def test_daily_takes_late_changes(self):
        """A correction goes of whatever day the document is."""
        old = self._create_move(date=self._day(-40), invoice_date=self._day(-40))
        self._export()
        self._change(old)
        self.company.write(
            {
                "tour_accounting_auto": True,
                "tour_accounting_hour": 0,
                "tour_accounting_since": self._day(-3),
            }
        )
        self.exports._cron_export()
        self.assertEqual(
            self._get_acts(self._get_daily()), [(old.name, "correction", 2)]
        )

    def _get_daily(self):
        return self.exports.search(
            [("company_id", "=", self.company.id), ("auto_on", "!=", False)]
        )

    # === Two at once, and what breaks === #

    def test_one_at_a_time(self):
        """A second window of the same format waits for the first."""
        self.exports._start(self.company, "journal_csv", date_to=self.today)
        with self.assertRaisesRegex(UserError, "made already"):
            self.exports._start(self.company, "journal_csv", date_to=self.today)
        # Who asks at the same moment does not see the other's.
        with (
            patch.object(type(self.exports), "_has_open", lambda *_args: False),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.exports._start(self.company, "journal_csv", date_to=self.today)
        self.exports._start(self.company, "commerceml", date_to=self.today)

    def test_same_revision_never_twice(self):
        self._create_move()
        item = self._export().item_ids
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            item.copy({"is_last": False, "export_id": self._export().id})

    def test_what_breaks_leaves_nothing(self):
        bill = self._create_move()
        other = self._create_move(price=100)
        self._export()
        self._change(bill)
        with (
            patch.object(
                write.TourAccountingExport, "_create_attachment", side_effect=KeyError
            ),
            patch.object(self.cr, "rollback"),
            mute_logger(run.__name__),
        ):
            export = self._export()
        self.assertEqual(export.state, "failed")
        self.assertIn("KeyError", export.failure)
        self.assertFalse(export.item_ids)
        known = self.items.search([("is_last", "=", True)])
        self.assertEqual(
            sorted(known.mapped(lambda i: (i.number, i.revision))),
            sorted([(bill.name, 1), (other.name, 1)]),
        )
        export.with_user(self.accountant).action_try_again()
        self.exports._cron_export()
        self.assertEqual(export.state, "done")
        self.assertEqual(self._get_acts(export), [(bill.name, "correction", 2)])

    def test_cut_off_goes_on(self):
        """What was committed counts: the next turn goes on behind it."""
        from ..models import tour_accounting_export_find as find

        self.patch(run, "CHUNK", 2)
        self.patch(find.TourAccountingExport._search_chunk, "__defaults__", (2,))
        bills = [self._create_move() for _number in range(5)]
        # No time is left after the second commit.
        left = iter([1, 1, 1, 1, 0] + [600] * 50)
        with patch.object(
            type(self.env["ir.cron"]),
            "_commit_progress",
            lambda *_args, **_kw: next(left),
        ):
            export = self._export()
            self.assertEqual(export.state, "reading")
            self.assertFalse(export.attachment_id)
            # What is not written yet has not gone.
            self.assertFalse(bills[0].accounting_count)
            self.exports._cron_export()
        self.assertEqual(export.state, "done")
        self.assertEqual(
            self._get_acts(export), sorted((b.name, "new", 1) for b in bills)
        )

    def test_killed_again_and_again(self):
        self._create_move()
        export = self.exports._start(
            self.company, "journal_csv", date_to=self.today
        ).sudo()
        export.tries = run.MAX_TRIES
        with patch.object(self.cr, "rollback"):
            self.exports._cron_export()
        self.assertEqual(export.state, "failed")
        self.assertIn("shorter", export.failure)

    def test_given_up(self):
        bill = self._create_move()
        exports = self.exports.with_user(self.accountant)
        export = exports._start(self.company, "journal_csv", date_to=self.today)
        export.action_drop()
        self.assertEqual(export.state, "failed")
        with self.assertRaisesRegex(UserError, "cannot be done now"):
            export.action_download()
        self.assertEqual(self._export("journal_csv").item_ids.number, bill.name)

    def test_formats_know_nothing_of_each_other(self):
        bill = self._create_move()
        self._export()
        export = self._export("commerceml")
        self.assertEqual(self._get_acts(export), [(bill.name, "new", 1)])
