"""What is left out, and what is said of it."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import tour_accounting_export_find as find
from .common import AccountingCommon


@tagged("post_install", "-at_install")
class TestRules(AccountingCommon):
    def _get_faults(self, export):
        return dict(zip(export.fault_ids.mapped("rule"), export.fault_ids, strict=True))

    def test_supplier_without_inn(self):
        """The others go; when it is put right, it goes with the next."""
        stranger = self.env["res.partner"].create(
            {
                "name": "Sanatorium",
                "is_company": True,
                "country_id": self.env.ref("base.ru").id,
            }
        )
        bad, good = self._create_move(partner=stranger), self._create_move()
        export = self._export()
        self.assertEqual(export.state, "done")
        self.assertEqual(self._get_acts(export), [(good.name, "new", 1)])
        fault = export.fault_ids
        self.assertEqual(
            fault.text,
            f"{bad.name}: Sanatorium has no INN. Enter it as the tax id of the "
            "company; a person is marked as such there.",
        )
        self.assertEqual(fault.action_open()["res_id"], bad.id)
        stranger.vat = "7702070139"
        export = self._export()
        self.assertEqual(self._get_acts(export), [(bad.name, "new", 1)])
        self.assertFalse(export.fault_ids)

    def test_tax_without_kind(self):
        odd = self._create_tax("Odd tax", 7, type_tax_use="purchase")
        bill = self._create_move(taxes=odd)
        fault = self._get_faults(self._export())["tax_unknown"]
        self.assertIn("Odd tax", fault.text)
        self.assertIn("Taxes in 1C", fault.text)
        self.env["tour.accounting.tax"].with_user(self.accountant).create(
            {"tax_id": odd.id, "kind": "reduced"}
        )
        export = self._export()
        self.assertEqual(self._get_acts(export), [(bill.name, "new", 1)])
        (document,) = self._find(export, "Документ.ПоступлениеТоваровУслуг")
        row = "Услуги/Строка/СтавкаНДС"
        self.assertEqual(self._get_text(document, f"{row}/Ставка"), "7")
        self.assertEqual(self._get_text(document, f"{row}/ВидСтавки"), "Пониженная")

    def test_taxes_go_by_their_rate(self):
        Tax = self.env["tour.accounting.tax"]
        taxes = {
            rate: self._create_tax(f"{rate} %", rate) for rate in (0, 5, 10, 20, 22)
        }
        known, _names = Tax._get_known(self.company)
        kinds = {
            rate: known[str(tax.id)].kind if str(tax.id) in known else None
            for rate, tax in taxes.items()
        }
        self.assertEqual(
            kinds,
            {0: "zero", 5: None, 10: "reduced", 20: "general", 22: "general"},
        )
        Tax.create({"tax_id": taxes[0].id, "kind": "none"})
        known, _names = Tax._get_known(self.company)
        self.assertTrue(known[str(taxes[0].id)].is_free)

    def test_two_taxes(self):
        taxes = self.vat | self._create_tax("City tax", 10)
        self._create_move("out_invoice", taxes=taxes)
        self.assertIn("taxes_many", self._get_faults(self._export()))

    def test_row_below_zero(self):
        bill = self._create_move()
        bill.button_draft()
        bill.write(
            {
                "invoice_line_ids": [
                    (0, 0, {"name": "Less", "price_unit": -1, "tax_ids": False})
                ]
            }
        )
        bill.action_post()
        fault = self._get_faults(self._export())["line_negative"]
        self.assertIn("“Less”", fault.text)

    def test_done_without_invoice(self):
        order = self._create_sold()
        self._force_state(order, "done")
        fault = self._get_faults(self._export())["not_invoiced"]
        self.assertEqual(fault.name, order.name)

    def test_credit_note_of_nothing(self):
        self._create_move("in_refund")
        self.assertIn("origin_missing", self._get_faults(self._export()))

    def test_bank_without_account(self):
        self.bank.bank_account_id = False
        self._create_payment()
        fault = self._get_faults(self._export())["account_missing"]
        self.assertIn(self.bank.name, fault.text)

    def test_own_company_without_inn(self):
        """Nothing goes: 1C asks for it on each document."""
        self._create_move()
        self.company.partner_id.vat = False
        self.patch(self.cr, "rollback", lambda: None)
        export = self._export()
        self.assertEqual(export.state, "failed")
        self.assertIn("has no INN", export.failure)
        self.assertFalse(export.item_ids)
        # A journal does not ask.
        self.assertEqual(self._export("journal_csv").state, "done")

    def test_one_that_cannot_be_read(self):
        """It is named, and the others go."""
        bad, good = self._create_move(), self._create_move()
        prepare = type(bad)._prepare_accounting_document

        def break_one(move, space):
            if move == bad:
                raise KeyError
            return prepare(move, space)

        self.patch(type(bad), "_prepare_accounting_document", break_one)
        with mute_logger(find.__name__):
            export = self._export()
        self.assertEqual(export.item_ids.number, good.name)
        fault = self._get_faults(export)["error"]
        self.assertEqual((fault.res_id, fault.detail), (bad.id, "KeyError"))

    def test_journals_check_nothing(self):
        self._create_move("in_refund")
        self.assertFalse(self._export("journal_csv").fault_ids)

    def test_foreign_supplier(self):
        self.supplier.write({"country_id": self.env.ref("base.fr").id, "vat": False})
        self._create_move()
        export = self._export()
        self.assertFalse(export.fault_ids)
        self.assertEqual(export.item_count, 1)
