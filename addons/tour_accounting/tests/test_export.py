"""What goes in an export: records in the books, and nothing else."""

from odoo.tests import tagged

from .common import AccountingCommon


@tagged("post_install", "-at_install")
class TestExport(AccountingCommon):
    def test_booking_goes_as_act_with_its_invoice(self):
        self.accommodation.product_id.taxes_id = self.vat
        order, invoice = self._create_done()
        self.assertEqual(invoice.amount_total, 10000)
        export = self._export()
        self.assertEqual(export.state, "done")
        self.assertFalse(export.fault_ids.mapped("text"))
        (act,) = self._find(export, "Документ.РеализацияТоваровУслуг")
        keys = "КлючевыеСвойства"
        self.assertEqual(self._get_text(act, f"{keys}/Номер"), order.name)
        day = str(order.service_date_to)
        self.assertEqual(self._get_text(act, f"{keys}/Дата"), f"{day}T12:00:00")
        self.assertEqual(self._get_text(act, "Сумма"), "10000.00")
        row = "Услуги/Строка"
        # 22 % within 10,000.00: 10,000 × 22 / 122.
        self.assertEqual(self._get_text(act, f"{row}/СуммаНДС"), "1803.28")
        self.assertEqual(self._get_text(act, f"{row}/СтавкаНДС/Ставка"), "22")
        self.assertEqual(self._get_text(act, "Контрагент/ИНН"), "7736050003")
        number = self._get_text(act, "СчетПокупателю/Номер")
        self.assertEqual(number, invoice.name)
        (bill,) = self._find(export, "Документ.СчетПокупателю")
        self.assertEqual(
            self._get_text(bill, f"{keys}/Ссылка"),
            self._get_text(act, "СчетПокупателю/Ссылка"),
        )

    def test_booking_that_is_not_done_is_only_invoiced(self):
        order = self._create_sold()
        invoice = self._invoice(order).sudo()
        invoice.action_post()
        export = self._export()
        self.assertEqual(self._get_acts(export), [(invoice.name, "new", 1)])
        self.assertFalse(self._find(export, "Документ.РеализацияТоваровУслуг"))

    def test_penalties_go_when_they_are_invoiced(self):
        order = self._create_sold()
        self._force_state(order, "cancelled_penalty")
        export = self._export()
        self.assertFalse(export.item_ids)
        self.assertFalse(export.fault_ids)
        invoice = self._invoice(self._force_state(order, "booked")).sudo()
        invoice.action_post()
        self._force_state(order, "cancelled_penalty")
        export = self._export()
        self.assertEqual(
            self._get_acts(export),
            sorted([(order.name, "new", 1), (invoice.name, "new", 1)]),
        )

    def test_drafts_stay(self):
        self._invoice(self._create_sold())
        self._create_move().button_draft()
        export = self._export()
        self.assertEqual(export.state, "done")
        self.assertFalse(export.item_ids)
        self.assertFalse(export.attachment_id)

    def test_each_kind_of_document(self):
        order, invoice = self._create_done()
        bill = self._create_move(ref="A-77")
        refund = bill._reverse_moves([{"invoice_date": self.today, "date": self.today}])
        refund.action_post()
        note = invoice._reverse_moves([{"invoice_date": self.today}])
        note.action_post()
        payments = [
            self._create_payment(),
            self._create_payment(journal=self.cash),
            self._create_payment(payment_type="outbound", partner_type="supplier"),
        ]
        export = self._export()
        self.assertFalse(export.fault_ids.mapped("text"))
        kinds = {item.number: item.kind for item in export.item_ids}
        self.assertEqual(
            kinds,
            {
                order.name: "booking",
                invoice.name: "invoice",
                note.name: "credit_note",
                bill.name: "bill",
                refund.name: "bill_refund",
                payments[0].name: "payment_in",
                payments[1].name: "payment_in",
                payments[2].name: "payment_out",
            },
        )
        for name, count in (
            ("ПоступлениеТоваровУслуг", 1),
            ("КорректировкаПоступленияТоваров", 1),
            ("КорректировкаРеализацииТоваров", 1),
            ("ПБДСРасчетыСКонтрагентами", 1),
            ("ПКОРасчетыСКонтрагентами", 1),
            ("СБДСРасчетыСКонтрагентами", 1),
        ):
            self.assertEqual(len(self._find(export, f"Документ.{name}")), count, name)

    def test_invoice_without_booking_brings_its_act(self):
        invoice = self._create_move("out_invoice", price=70)
        export = self._export()
        (act,) = self._find(export, "Документ.РеализацияТоваровУслуг")
        self.assertEqual(self._get_text(act, "КлючевыеСвойства/Номер"), invoice.name)
        self.assertEqual(self._get_text(act, "Сумма"), "70.00")
        bill = self._find(export, "Документ.СчетПокупателю")[0]
        guids = {
            self._get_text(each, "КлючевыеСвойства/Ссылка") for each in (act, bill)
        }
        self.assertEqual(len(guids), 2)

    def test_period(self):
        """By hand: only what is dated in the period."""
        early = self._create_move(date=self._day(-40), invoice_date=self._day(-40))
        late = self._create_move()
        export = self._export(date_from=self._day(-50), date_to=self._day(-30))
        self.assertEqual(self._get_acts(export), [(early.name, "new", 1)])
        export = self._export(date_from=self._day(-1), date_to=self._day(1))
        self.assertEqual(self._get_acts(export), [(late.name, "new", 1)])

    def test_other_companies_stay_out(self):
        other = self.env["res.company"].create({"name": "Other"})
        bill = self._create_move()
        export = self.exports._start(other, "journal_csv", date_to=self._day(1)).sudo()
        self.exports._cron_export()
        self.assertEqual(export.state, "done")
        self.assertFalse(export.item_ids)
        self.assertEqual(bill.accounting_count, 0)

    def test_two_currencies(self):
        """A bill in euros has its rate: 2 of ours for 1."""
        euro = self._setup_currency(
            "EUR" if self.company.currency_id.name != "EUR" else "USD"
        )
        bill = self._create_move(price=500, currency_id=euro.id)
        export = self._export()
        (found,) = self._find(export, "Документ.ПоступлениеТоваровУслуг")
        self.assertEqual(self._get_text(found, "Сумма"), "500.00")
        self.assertEqual(
            self._get_text(found, "ДанныеВзаиморасчетов/КурсВзаиморасчетов"), "2"
        )
        self.assertEqual(
            self._get_text(found, "Валюта/ДанныеКлассификатора/Код"),
            f"{euro.iso_numeric:03d}",
        )
        self.assertEqual(bill.amount_total_signed, -1000)

    def _setup_currency(self, name):
        currency = self.env["res.currency"].with_context(active_test=False)
        currency = currency.search([("name", "=", name)])
        currency.active = True
        currency.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "company_id": self.company.id,
                "name": self._day(-10),
                "inverse_company_rate": 2.0,
            }
        )
        return currency

    def test_queries_do_not_grow_with_documents(self):
        """So many queries for a piece, whatever there is in it."""
        for format_code, number in (("enterprise_data", 4), ("journal_csv", 2)):
            counts = [self._count_queries(format_code, number, n) for n in (3, 12)]
            # Odoo's own caches make a difference of a few.
            self.assertLessEqual(counts[1], counts[0] + 5, (format_code, counts))

    def _count_queries(self, format_code, number, amount):
        """Queries of an export of so many new documents of each kind."""
        for _each in range(amount):
            self._create_done()
            self._create_move()
            self._create_payment()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        export = self._export(format_code, date_from=self.today)
        found = export.item_ids.filtered(lambda item: item.act == "new")
        self.assertGreaterEqual(len(found), amount * number)
        return self.cr.sql_log_count - before

    def test_pieces(self):
        """What is read in pieces is all there, once each."""
        from ..models import tour_accounting_export_find as find
        from ..models import tour_accounting_export_run as run
        from ..models import tour_accounting_export_write as write

        for module in (find, run, write):
            self.patch(module, "CHUNK", 2)
        self.patch(find.TourAccountingExport._search_chunk, "__defaults__", (2,))
        bills = [self._create_move() for _number in range(5)]
        export = self._export()
        self.assertEqual(
            self._get_acts(export), sorted((b.name, "new", 1) for b in bills)
        )
        self.assertEqual(len(self._find(export, "Документ.ПоступлениеТоваровУслуг")), 5)
        self.assertEqual(export.looked_at, 5)
