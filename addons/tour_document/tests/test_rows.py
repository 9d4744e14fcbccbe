"""Invoices with commission as a row, and with early arrival and late departure."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import TourDocumentCommon


@tagged("post_install", "-at_install")
class TestRows(TourDocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commission = cls.env.ref(
            "tour_document.tour_document_template_invoice_commission"
        )
        cls.parts = cls.env.ref("tour_document.tour_document_template_invoice_parts")
        # As the calculation leaves it; prices of these tests are typed.
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE sale_order_line SET early_arrival = true, price_steps = %s"
            " WHERE id = %s",
            (
                '[{"code": "room", "amount": "15250.00"},'
                ' {"code": "early", "amount": "3050.00"}]',
                cls.stay.id,
            ),
        )
        cls.env.invalidate_all()

    def _make_parts(self):
        invoice = self._make("invoice")
        invoice.template_id = self.parts
        invoice._draw()
        return invoice

    def _row(self, invoice, part, line=None):
        return invoice.row_ids.filtered(
            lambda row: row.part == part and row.line_id == (line or self.stay)
        )

    def _type(self, invoice, amounts):
        invoice.with_user(self.manager).write(
            {
                "row_ids": [
                    Command.update(row.id, {"amount": amount})
                    for row, amount in amounts.items()
                ]
            }
        )

    # Commission

    def test_commission_is_a_row_and_the_total_stays(self):
        invoice = self._make("invoice", template_id=self.commission.id)
        text = self._read(invoice)
        # 18300.00 - 333.33; taxes in it 3239.89 and 60.11.
        for words in (
            "Agent's commission",
            "17,966.67",
            "333.33",
            "3,239.89",
            "60.11",
            "19,520.00",
        ):
            self.assertIn(words, text)

    def test_no_commission_no_row(self):
        self.stay.client_discount_amount = 0.0
        invoice = self._make("invoice", template_id=self.commission.id)
        self.assertNotIn("commission", self._read(invoice))

    # Parts

    def test_rows_of_parts(self):
        invoice = self._make_parts()
        self.assertRecordValues(
            invoice.row_ids,
            [
                {"line_id": self.stay.id, "part": "service", "amount": 15250.0},
                {"line_id": self.stay.id, "part": "early", "amount": 3050.0},
                {"line_id": self.transfer.id, "part": "service", "amount": 1220.0},
            ],
        )
        text = self._read(invoice)
        # 3050 of 18300 with 3300 of tax in it: 550.
        for words in ("15,250.00", "3,050.00", "550.00", "2,750.00", "19,520.00"):
            self.assertIn(words, text)
        self.assertEqual(text.count("Early arrival"), 1)

    def test_sums_are_typed(self):
        invoice = self._make_parts()
        service, early = self._row(invoice, "service"), self._row(invoice, "early")
        self._type(invoice, {service: 14300.0, early: 4000.0})
        self.assertEqual((service | early).mapped("is_typed"), [True, True])
        invoice._draw()
        text = self._read(invoice)
        for words in ("14,300.00", "4,000.00", "19,520.00"):
            self.assertIn(words, text)

    def test_what_does_not_add_up_is_not_saved(self):
        invoice = self._make_parts()
        early = self._row(invoice, "early")
        with (
            self.assertRaisesRegex(ValidationError, r"950\.00.*too much"),
            self.cr.savepoint(),
        ):
            self._type(invoice, {early: 4000.0})
        with (
            self.assertRaisesRegex(ValidationError, r"50\.00.*missing"),
            self.cr.savepoint(),
        ):
            self._type(invoice, {early: 3000.0})
        early.invalidate_recordset()
        self.assertEqual(early.amount, 3050.0)

    def test_sums_are_moved_within_a_tax_only(self):
        self.transfer.tax_ids = False
        invoice = self._make_parts()
        taxi = self._row(invoice, "service", self.transfer)
        service = self._row(invoice, "service")
        with self.assertRaisesRegex(ValidationError, "missing.*22%.*too much.*no VAT"):
            self._type(invoice, {service: 15150.0, taxi: 1320.0})

    def test_rows_follow_the_booking_and_say_so(self):
        invoice = self._make_parts()
        self.stay.price_unit = 20000.0
        self.stay.flush_recordset()
        self.env.cr.execute(
            "UPDATE sale_order_line SET price_steps = %s WHERE id = %s",
            ('[{"code": "early", "amount": "3050.00"}]', self.stay.id),
        )
        self.env.invalidate_all()
        invoice._draw()
        self.assertEqual(self._row(invoice, "service").amount, 16950.0)
        note = str(invoice.message_ids.sorted("id")[-1].body)
        self.assertIn("15,250.00", note)
        self.assertIn("16,950.00", note)

    def test_typed_sums_stay_and_what_is_missing_is_said(self):
        invoice = self._make_parts()
        service, early = self._row(invoice, "service"), self._row(invoice, "early")
        self._type(invoice, {service: 14300.0, early: 4000.0})
        invoice._draw()
        self.transfer.price_unit = 2220.0
        self.assertTrue(invoice._draw(), "another service may change")
        self.stay.price_unit = 18400.0
        invoice.invalidate_recordset(["row_problem"])
        self.assertIn("100.00", invoice.row_problem)
        self.assertIn("missing", invoice.row_problem)
        with self.assertRaisesRegex(UserError, r"100\.00.*missing"):
            invoice._draw()
        self.assertTrue(invoice.is_outdated)
        invoice.action_reset_rows()
        self.assertFalse(any(invoice.row_ids.mapped("is_typed")))
        self.assertTrue(invoice._draw())
        self.assertFalse(invoice.row_problem)

    def test_rows_go_with_the_template(self):
        invoice = self._make_parts()
        invoice.template_id = self.commission
        self.assertFalse(invoice.row_ids)

    def test_rows_come_and_go_with_services(self):
        invoice = self._make_parts()
        self.transfer.unlink()
        self.env.invalidate_all()
        invoice._draw()
        self.assertEqual(invoice.row_ids.line_id, self.stay)
        self.order.order_line = [Command.create(self._prepare_transfer())]
        invoice._draw()
        self.assertEqual(len(invoice.row_ids), 3)

    def test_locked_rows_stay(self):
        invoice = self._make_parts()
        invoice.action_lock()
        self.stay.price_unit = 20000.0
        invoice._draw()
        self.assertEqual(self._row(invoice, "service").amount, 15250.0)
        self.assertFalse(invoice.row_problem)
        service, early = self._row(invoice, "service"), self._row(invoice, "early")
        with self.assertRaisesRegex(UserError, "Unlock"):
            self._type(invoice, {service: 15350.0, early: 2950.0})
        with self.assertRaisesRegex(UserError, "Unlock"):
            invoice.action_reset_rows()

    def test_rows_are_written_by_their_document_only(self):
        invoice = self._make_parts().with_user(self.manager)
        row = invoice.row_ids[0]
        with self.assertRaises(AccessError):
            row.write({"amount": 1.0})
        with self.assertRaises(AccessError):
            row.with_context(tour_document_own_write=True).write({"amount": 1.0})
        with self.assertRaises(AccessError):
            row.unlink()
        with self.assertRaises(AccessError):
            row.create(
                {"document_id": invoice.id, "line_id": self.stay.id, "part": "late"}
            )

    def test_no_other_command_gets_through(self):
        invoice = self._make_parts()
        row = invoice.row_ids[0]
        other = self._create_booking()._make_documents("invoice")
        other.template_id = self.parts
        foreign = other.row_ids[0]
        for command in (
            Command.create({"part": "late", "line_id": self.stay.id, "amount": 0.0}),
            Command.delete(row.id),
            Command.unlink(row.id),
            Command.clear(),
            Command.set([]),
            Command.update(row.id, {"is_typed": True}),
            Command.update(row.id, {"amount": 15250.0, "line_id": self.transfer.id}),
            Command.update(row.id, {"amount": -1.0}),
            Command.update(row.id, {"amount": "15250"}),
            Command.update(row.id, {"amount": float("nan")}),
            Command.update(row.id, {"amount": float("inf")}),
            Command.update(row.id, False),
            Command.update(foreign.id, {"amount": 1.0}),
            [1],
            [],
            [1, [row.id], {"amount": 15250.0}],
            1,
            "row_ids",
        ):
            with self.assertRaises(UserError, msg=str(command)):
                invoice.with_user(self.manager).write({"row_ids": [command]})
        with self.assertRaises(UserError):
            self.env["tour.document"].create(
                {
                    "order_id": self.order.id,
                    "kind": "invoice",
                    "row_ids": [Command.create({"part": "late"})],
                }
            )

    def test_director_does_not_type(self):
        invoice = self._make_parts()
        row = invoice.row_ids[0]
        director = self.users["director"]
        with self.assertRaises(AccessError):
            invoice.with_user(director).write(
                {"row_ids": [Command.update(row.id, {"amount": 15250.0})]}
            )
        with self.assertRaises(AccessError):
            invoice.with_user(director).action_reset_rows()

    def test_only_invoices_have_layouts(self):
        with self.assertRaisesRegex(ValidationError, "only invoices"):
            self.env.ref(
                "tour_document.tour_document_template_voucher"
            ).row_layout = "parts"

    def test_preview_of_layouts(self):
        for template in self.commission | self.parts:
            self.assertTrue(template._render_preview("en_US").startswith(b"%PDF"))
