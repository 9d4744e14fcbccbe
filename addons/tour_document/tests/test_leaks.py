"""What a paper must not say, whatever stands in the booking."""

from odoo.tests import tagged

from ..models.tour_document import DOCUMENT_KINDS
from ..papers import KINDS, get_codes, present
from ..sample import sample_facts
from .common import TourDocumentCommon

# Each as it would be written in English and in Russian.
SUPPLIER_SECRETS = (
    "7,111.11", "7 111,11", "7111", "14,222.22", "14 222,22", "14222",
    "1,422.22", "1 422,22", "12,800", "12 800", "12800",
)  # fmt: skip
STAFF_SECRETS = ("SECRET-NOTE", "SECRET-RECEPTIONIST", "PASSPORT-1", "1980", "333.33")
CLIENT_SECRETS = (
    "18,300", "18 300", "18300", "1,220", "1 220", "3,300", "Клиент-Энерго",
    "7701234560", "REF-77", "Surgut", "333.33",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestLeaks(TourDocumentCommon):
    def _assert_absent(self, document, words):
        html = self._html(document).replace("\xa0", " ")
        for word in words:
            self.assertNotIn(word, html, document.display_name)

    def test_papers_of_the_client_have_nothing_of_staff(self):
        for kind in get_codes(audience="client"):
            if kind not in dict(DOCUMENT_KINDS):
                continue
            for document in self._make_in_time(kind):
                self._assert_absent(document, SUPPLIER_SECRETS + STAFF_SECRETS)
                self._assert_absent(document, ["Hidden Supplier", "Carrier"])

    def test_request_has_nothing_of_the_client(self):
        for kind in ("supplier_request", "cancellation_letter", "guarantee_letter"):
            for document in self._make_in_time(kind):
                self._assert_absent(document, CLIENT_SECRETS + STAFF_SECRETS)

    def test_cancellation_letter_has_no_prices_at_all(self):
        for document in self._make_in_time("cancellation_letter"):
            self._assert_absent(document, [*SUPPLIER_SECRETS, "RUB"])

    def test_request_has_nothing_of_other_suppliers(self):
        hotel, carrier = (
            self.order.document_ids.browse()
            | self._make("supplier_request").sorted(lambda d: d.partner_id.name)[::-1]
        )
        self.assertEqual(hotel.partner_id, self.supplier)
        self._assert_absent(carrier, [*SUPPLIER_SECRETS, "Жемчужина", "Hidden"])
        self._assert_absent(hotel, ["Airport", "SU 1124", "Carrier"])

    def test_voucher_has_no_prices(self):
        for document in self._make("voucher"):
            self._assert_absent(document, ["18,300", "1,220", "3,300", "RUB"])

    def test_wording_brings_no_price_on_a_voucher(self):
        document = self._make("voucher", wording="<p>[{total}] [{total_in_words}]</p>")
        self._assert_absent(document[0], ["18,300", "ighteen thousand"])

    def test_templates_get_plain_data_only(self):
        """No record, environment or method is within a template's reach."""

        def walk(value, path):
            if isinstance(value, dict):
                for key, item in value.items():
                    walk(item, f"{path}.{key}")
            elif isinstance(value, list | tuple):
                for number, item in enumerate(value):
                    walk(item, f"{path}[{number}]")
            else:
                self.assertIsInstance(value, str | int | bool | None, path)

        for kind in dict(DOCUMENT_KINDS):
            document = self._make_in_time(kind)[0]
            walk(present(document._get_facts()), kind)

    def test_template_has_no_environment(self):
        view = self.env["ir.ui.view"].create(
            {
                "name": "Nosy",
                "type": "qweb",
                "key": "tour_document.nosy",
                "arch": "<html><body><p t-if='env'>ENV</p>"
                "<p t-if='request'>REQUEST</p><p t-if='user_id'>USER</p>"
                "<p t-if='res_company'>COMPANY</p></body></html>",
            }
        )
        self.env["ir.model.data"].create(
            {
                "module": "tour_document",
                "name": "nosy",
                "model": "ir.ui.view",
                "res_id": view.id,
            }
        )
        document = self._make("invoice")
        document.template_id.view_key = "tour_document.nosy"
        html = self._html(document)
        for word in ("ENV", "REQUEST", "USER", "COMPANY"):
            self.assertNotIn(word, html)

    def test_facts_that_nobody_named_are_dropped(self):
        """A fact that slips into the facts does not slip into the paper."""
        for kind in dict(DOCUMENT_KINDS):
            facts = sample_facts(kind)
            facts["secret"] = "LEAK"
            for part in ("booking", "issuer", "recipient"):
                facts[part] = {**facts[part], "secret": "LEAK"}
            facts["services"] = [
                {
                    **service,
                    "secret": "LEAK",
                    "guests": [
                        {**guest, "passport": "LEAK"} for guest in service["guests"]
                    ],
                }
                for service in facts["services"]
            ]
            self.assertNotIn("LEAK", str(present(facts)), kind)

    def test_prices_are_on_papers_of_their_kind_only(self):
        for kind, known in KINDS.items():
            service = present(sample_facts(kind))["services"][0]
            sees = known.prices
            self.assertEqual("total" in service, sees in ("client", "both"), kind)
            self.assertEqual(
                "supplier_due" in service, sees in ("supplier", "both"), kind
            )
            self.assertTrue(sees != "both" or known.audience == "staff", kind)
