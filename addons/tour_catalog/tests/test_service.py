from psycopg2.errors import CheckViolation, ForeignKeyViolation

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import CatalogCommon


@tagged("post_install", "-at_install")
class TestService(CatalogCommon):
    def _find(self, user=None, text="", **kwargs):
        services = self.env["tour.catalog.service"].with_user(user or self.olga)
        return services._search_for_client(text, **kwargs)[0].sudo(False)

    # === What staff say === #

    def test_head_makes_a_service_with_a_product_and_a_price(self):
        head = self.env["tour.catalog.service"].with_user(self.head)
        with Form(head) as form:
            form.name = "Guide"
            form.category_id = self.airport
            form.list_price = 500
        service = form.record
        product = service.sudo().product_id
        self.assertEqual(product.name, "Guide")
        self.assertEqual(product.list_price, 500)
        self.assertTrue(product.tour_extra_service)
        service.list_price = 600
        self.assertEqual(product.list_price, 600)

    def test_copy_has_a_product_of_its_own(self):
        copy = self.lounge.with_user(self.head).copy()
        self.assertEqual(copy.name, "Lounge (copy)")
        self.assertEqual(copy.list_price, 3000)
        self.assertNotEqual(copy.sudo().product_id, self.lounge.product_id)
        self.assertEqual(len(copy.field_ids), 3)

    def test_refused_settings(self):
        with self.assertRaises(ValidationError):
            self.lounge.write({"payment": "prepaid", "price_kind": "from"})
        with self.assertRaises(ValidationError):
            self.lounge.service_type_id = self.accommodation
        with self.assertRaises(ValidationError):
            self.lounge.product_id = self.transfer.product_id
        with self.assertRaises(ValidationError):
            self.lounge.field_ids = [Command.create({"label": " flight NUMBER"})]
        with self.assertRaises(ValidationError):
            self.lounge.field_ids = [Command.create({"label": "A", "kind": "choice"})]
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.lounge.write(
                {"available_from": "2026-02-02", "available_until": "2026-02-01"}
            )
            self.env.flush_all()

    def test_two_levels_of_categories(self):
        below = self.env["tour.catalog.category"].create(
            {"name": "Lounges", "parent_id": self.airport.id}
        )
        self.assertEqual(below.display_name, "At the airport / Lounges")
        with self.assertRaises(ValidationError):
            self.env["tour.catalog.category"].create(
                {"name": "Quiet", "parent_id": below.id}
            )
        with self.assertRaises(ValidationError):
            self.airport.parent_id = self.papers
        self.lounge.category_id = below
        self.assertEqual(self.airport.service_count, 1)

    def test_category_with_services_is_not_deleted(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(ForeignKeyViolation):
            self.airport.unlink()

    def test_description_is_cleaned(self):
        self.lounge.description = "<p onclick='x()'>Soft<script>x()</script></p>"
        self.assertNotIn("onclick", self.lounge.description)
        self.assertNotIn("script", self.lounge.description)

    # === What a client finds === #

    def test_search_over_names_texts_and_form_fields(self):
        self.lounge.description = "<p>Silence and <b>newspapers</b></p>"
        for text in ("LOUNGE", "newspap", "flight", "vegan", "airport lou"):
            self.assertEqual(self._find(text=text), self.lounge, text)
        self.assertFalse(self._find(text="lounge visa"))
        self.assertEqual(self._find(), self.lounge | self.visa)

    def test_search_in_all_languages(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.lounge.with_context(lang="fr_FR").name = "Salon d'été"
        self.assertEqual(self._find(text="salon ete"), self.lounge)
        self.assertEqual(self._find(text="lounge"), self.lounge)

    def test_search_takes_any_text(self):
        for text in ("%", "_", "\\", "'", "\0", "x" * 5000, "\ud800"):
            self.assertFalse(self._find(text=text) - self.lounge - self.visa)

    def test_not_available(self):
        for values in (
            {"active": False},
            {"available_from": self._day(1)},
            {"available_until": self._day(-1)},
            {"client_kind": "agent"},
            {"company_id": self._create_company().id},
        ):
            was = {name: self.lounge[name] for name in values}
            self.lounge.write(values)
            self.assertEqual(self._find(), self.visa, values)
            services = self.env["tour.catalog.service"].with_user(self.olga)
            self.assertFalse(services._find_for_client(self.lounge.id), values)
            self.lounge.write(
                {
                    name: value.id if name == "company_id" else value
                    for name, value in was.items()
                }
            )
        self.assertIn(self.lounge, self._find())

    def test_available(self):
        self.lounge.write(
            {
                "available_from": self.today,
                "available_until": self.today,
                "client_kind": "corporate",
                "company_id": False,
            }
        )
        self.assertIn(self.lounge, self._find())
        self.client_company.write(
            {"tour_client_corporate": False, "tour_client_agent": True}
        )
        self.assertNotIn(self.lounge, self._find())

    def test_archived_category_hides_what_is_in_it(self):
        below = self.env["tour.catalog.category"].create(
            {"name": "Lounges", "parent_id": self.airport.id}
        )
        self.lounge.category_id = below
        self.assertIn(self.lounge, self._find())
        self.airport.active = False
        self.assertNotIn(self.lounge, self._find())

    def test_only_for_groups(self):
        groups = self.env["tour.company.group"].create([{"name": "A"}, {"name": "B"}])
        self.lounge.company_group_ids = groups[0]
        self.assertNotIn(self.lounge, self._find())
        self.client_company.company_group_id = groups[1]
        self.assertNotIn(self.lounge, self._find())
        self.client_company.company_group_id = groups[0]
        self.assertIn(self.lounge, self._find())

    def test_pages(self):
        services = self.env["tour.catalog.service"].with_user(self.olga)
        for number in range(24):
            self._create_service(f"Service {number:02}", sequence=20)
        page, more = services._search_for_client()
        self.assertEqual((len(page), more), (24, True))
        page, more = services._search_for_client(page=2)
        self.assertEqual((len(page), more), (2, False))

    # === What it costs him === #

    def _cards(self, user=None):
        services = self.env["tour.catalog.service"].with_user(user or self.olga)
        return {
            card["name"]: card["price"]
            for card in services._search_for_client()[0]._get_client_cards()
        }

    def test_price_of_the_product(self):
        self.lounge.price_kind = "from"
        prices = self._cards()
        self.assertIn("3,000.00", prices["Lounge"])
        self.assertTrue(prices["Lounge"].startswith("from"))
        self.assertIn("1,000.00", prices["Visa"])
        self.visa.list_price = 0
        self.assertEqual(self._cards()["Visa"], "Price on request")

    def test_price_of_the_client_s_list_in_its_currency(self):
        self._give_pricelist(fixed_price=42)
        prices = self._cards()
        self.assertIn("42.00", prices["Lounge"])
        self.assertIn(self.foreign.symbol, prices["Lounge"])
        # Two of the foreign currency for one of ours.
        self.assertIn("2,000.00", prices["Visa"])

    def test_price_with_taxes(self):
        tax = self.env["account.tax"].create(
            {"name": "20 %", "amount": 20, "type_tax_use": "sale"}
        )
        self.lounge.product_id.taxes_id = tax
        self.assertIn("3,600.00", self._cards()["Lounge"])
        self.assertEqual(self._order_lounge().price_total, 3600)

    def test_queries_do_not_depend_on_the_number(self):
        services = self.env["tour.catalog.service"].with_user(self.olga)
        self._give_pricelist(fixed_price=42)

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            self._read_page(services)
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self._read_page(services)
            return self.env.cr.sql_log_count - start

        two = count()
        for number in range(18):
            self._create_service(
                f"Service {number}", self.papers if number % 2 else self.airport
            )
        self.assertEqual(count(), two)

    def _read_page(self, services):
        found = services._search_for_client()[0]._get_client_cards()
        tree = services.env["tour.catalog.category"]._get_client_tree()
        self.assertTrue(found and tree)

    # === Deleting === #

    def test_what_was_ordered_is_archived_and_not_deleted(self):
        self._order_lounge()
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(ForeignKeyViolation):
            self.lounge.with_user(self.head).unlink()

    def _create_company(self):
        return self.env["res.company"].create({"name": "Elsewhere"})

    def _give_pricelist(self, **rule):
        """A list of the client in a foreign currency, with a price of the lounge."""
        self.foreign = self.env["res.currency"].create(
            {
                "name": "TST",
                "symbol": "₮",
                "rounding": 0.01,
                "rate_ids": [Command.create({"name": "2020-01-01", "rate": 2.0})],
            }
        )
        template = self.lounge.product_id.product_tmpl_id
        self.client_company.specific_property_product_pricelist = self.env[
            "product.pricelist"
        ].create(
            {
                "name": "Metran",
                "currency_id": self.foreign.id,
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "1_product",
                            "product_tmpl_id": template.id,
                            "compute_price": "fixed",
                            **rule,
                        }
                    )
                ],
            }
        )
