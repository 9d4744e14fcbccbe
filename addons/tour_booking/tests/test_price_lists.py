from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.addons.mail.tests.common import mail_new_test_user


@tagged("post_install", "-at_install")
class TestPriceLists(AccountTestInvoicingCommon):
    """A visa costs 1,000; the client's list says 900, and 800 from ten on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client_company = cls.env["res.partner"].create(
            {"name": "Metran", "is_company": True, "tour_client_corporate": True}
        )
        cls.contact = cls.env["res.partner"].create(
            {"name": "Olga", "parent_id": cls.client_company.id}
        )
        cls.visa = cls._create_service("Visa", 1000)
        cls.pricelist = cls.env["product.pricelist"].create(
            {
                "name": "Metran",
                "currency_id": cls.env.company.currency_id.id,
                "item_ids": [
                    Command.create(cls._rule(fixed_price=900)),
                    Command.create(cls._rule(fixed_price=800, min_quantity=10)),
                ],
            }
        )
        cls.client_company.specific_property_product_pricelist = cls.pricelist

    @classmethod
    def _create_service(cls, name, price, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "service",
                "list_price": price,
                "taxes_id": False,
                "tour_extra_service": True,
                **values,
            }
        )

    @classmethod
    def _rule(cls, product=None, **values):
        product = product or cls.visa
        return {
            "applied_on": "1_product",
            "product_tmpl_id": product.product_tmpl_id.id,
            "compute_price": "fixed",
            **values,
        }

    def _invoice(self, *lines, **values):
        return self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.client_company.id,
                "invoice_date": "2026-03-01",
                "invoice_line_ids": [Command.create(line) for line in lines],
                **values,
            }
        )

    def _line(self, quantity=1, product=None, **values):
        return {
            "product_id": (product or self.visa).id,
            "quantity": quantity,
            **values,
        }

    def test_price_of_the_list(self):
        invoice = self._invoice(self._line(2))
        self.assertEqual(invoice.invoice_line_ids.price_unit, 900)
        self.assertEqual(invoice.amount_untaxed, 1800)

    def test_contacts_pay_what_their_company_does(self):
        invoice = self._invoice(self._line(), partner_id=self.contact.id)
        self.assertEqual(invoice.invoice_line_ids.price_unit, 900)

    def test_price_by_quantity(self):
        invoice = self._invoice(self._line(10))
        self.assertEqual(invoice.amount_untaxed, 8000)

    def test_typed_quantity_changes_the_price_typed_price_stays(self):
        form = Form(self._invoice(self._line(1)))
        with form.invoice_line_ids.edit(0) as line:
            line.quantity = 12
            self.assertEqual(line.price_unit, 800)
            line.quantity = 3
            self.assertEqual(line.price_unit, 900)
            line.price_unit = 950
            line.quantity = 20
            self.assertEqual(line.price_unit, 950)
        self.assertEqual(form.save().amount_untaxed, 19000)

    def test_percent_is_a_discount(self):
        """15 % off 1,000, as orders show it; a discount typed by hand stays."""
        self.pricelist.item_ids = [
            Command.clear(),
            Command.create(self._rule(compute_price="percentage", percent_price=15)),
        ]
        line = self._invoice(self._line(2)).invoice_line_ids
        self.assertEqual((line.price_unit, line.discount), (1000, 15))
        self.assertEqual(line.price_subtotal, 1700)
        line = self._invoice(self._line(2, discount=50)).invoice_line_ids
        self.assertEqual((line.price_unit, line.discount), (1000, 50))
        line = self._invoice(self._line(2, price_unit=700)).invoice_line_ids
        self.assertEqual((line.price_unit, line.discount), (700, 0))
        form = Form(self._invoice(self._line(1)))
        with form.invoice_line_ids.edit(0) as line:
            line.discount = 20
            line.quantity = 5
            self.assertEqual(line.discount, 20)

    def test_copies_and_credit_notes_keep_what_they_are_of(self):
        """Discounts that were typed, also where the list has another one."""
        self.pricelist.item_ids = [
            Command.clear(),
            Command.create(self._rule(compute_price="percentage", percent_price=15)),
        ]
        insurance = self._create_service("Insurance", 300, tour_extra_service=False)
        for typed in (0, 50):
            invoice = self._invoice(
                self._line(2, discount=typed),
                self._line(product=insurance, discount=10),
                {"name": "Text", "price_unit": 7, "discount": 30},
            )
            discounts = [typed, 10, 30]
            self.assertEqual(invoice.invoice_line_ids.mapped("discount"), discounts)
            copied = invoice.copy({"invoice_date": "2026-03-02"})
            self.assertEqual(copied.invoice_line_ids.mapped("discount"), discounts)
            invoice.action_post()
            note = invoice._reverse_moves([{"invoice_date": "2026-03-02"}])
            self.assertEqual(note.invoice_line_ids.mapped("discount"), discounts)
            self.assertEqual(note.amount_total, invoice.amount_total)

    def test_discounts_of_bills_are_odoos(self):
        """Typed on a bill, it stays whatever else changes on its line."""
        self.visa.standard_price = 500
        bill = self._invoice(self._line(2, discount=20), move_type="in_invoice")
        line = bill.invoice_line_ids
        self.assertEqual((line.price_unit, line.discount), (500, 20))
        line.product_id = self._create_service("Insurance", 300, standard_price=200)
        self.assertEqual((line.price_unit, line.discount), (200, 20))
        line.quantity = 10
        bill.currency_id = self.setup_other_currency("HRK")
        self.assertEqual(line.discount, 20)
        with Form(bill) as form, form.invoice_line_ids.edit(0) as edited:
            edited.discount = 25
            edited.quantity = 3
        self.assertEqual(line.discount, 25)
        other = self.env["account.move.line"].search(
            [("move_id", "=", bill.id), ("display_type", "!=", "product")]
        )
        self.assertEqual(set(other.mapped("discount")), {0.0})

    def test_what_the_list_does_not_say(self):
        """Other clients, other products and bills have Odoo's price."""
        insurance = self._create_service("Insurance", 300)
        self.assertEqual(
            self._invoice(self._line(product=insurance)).amount_untaxed, 300
        )
        other = self.env["res.partner"].create({"name": "Other"})
        self.assertEqual(
            self._invoice(self._line(), partner_id=other.id).amount_untaxed, 1000
        )
        self.visa.tour_extra_service = False
        self.assertEqual(self._invoice(self._line()).amount_untaxed, 1000)
        self.visa.write({"tour_extra_service": True, "standard_price": 500})
        bill = self._invoice(self._line(), move_type="in_invoice")
        self.assertEqual(bill.invoice_line_ids.price_unit, 500)

    def test_dates_of_a_price(self):
        self.pricelist.item_ids[:1].date_end = "2026-02-28 23:59:59"
        rule = self.pricelist.item_ids.filtered(lambda rule: not rule.min_quantity)
        rule.date_end = "2026-02-28 23:59:59"
        self.assertEqual(self._invoice(self._line()).amount_untaxed, 1000)
        early = self._invoice(self._line(), invoice_date="2026-02-01")
        self.assertEqual(early.amount_untaxed, 900)

    def test_invoice_in_another_currency(self):
        currency = self.setup_other_currency("HRK", rates=[("2020-01-01", 4.0)])
        invoice = self._invoice(self._line(), currency_id=currency.id)
        self.assertEqual(invoice.invoice_line_ids.price_unit, 3600)

    def test_ordinary_lines_are_odoos(self):
        """No product, no discount: what Odoo makes of a line is what it was."""
        line = self._invoice({"name": "Text", "price_unit": 5}).invoice_line_ids
        self.assertEqual((line.price_unit, line.discount), (5, 0.0))

    # === The screen === #

    def test_list_is_made_from_the_client(self):
        client = self.env["res.partner"].create(
            {"name": "Fortum", "is_company": True, "tour_client_corporate": True}
        )
        groups = "tour_partner.tour_group_accountant"
        user = mail_new_test_user(self.env, "tour_price_maker", groups=groups)
        manager_groups = "tour_partner.tour_group_manager_own"
        manager = mail_new_test_user(self.env, "tour_seller", groups=manager_groups)
        with self.assertRaisesRegex(UserError, "Fortum has no price list"):
            client.with_user(manager).action_open_client_pricelist()
        action = client.with_user(user).action_open_client_pricelist()
        pricelist = self.env["product.pricelist"].browse(action["res_id"])
        self.assertEqual(pricelist.name, "Fortum")
        self.assertEqual(client.client_pricelist_id, pricelist)
        # A second click opens the same one.
        again = client.with_user(user).action_open_client_pricelist()
        self.assertEqual(again["res_id"], pricelist.id)
        pricelist.with_user(user).item_ids = [
            Command.create(self._rule(fixed_price=750))
        ]
        client.invalidate_recordset()
        self.assertEqual(client.client_price_count, 1)
        with self.assertRaises(AccessError):
            pricelist.with_user(manager).name = "Mine"
        with self.assertRaises(AccessError):
            pricelist.item_ids.with_user(manager).fixed_price = 1
