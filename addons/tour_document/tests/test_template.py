from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..models.tour_document import DOCUMENT_KINDS
from .common import TourDocumentCommon


@tagged("post_install", "-at_install")
class TestTemplate(TourDocumentCommon):
    def test_each_kind_has_one(self):
        for kind in dict(DOCUMENT_KINDS):
            template = self.env["tour.document.template"]._get_default(
                kind, self.company
            )
            self.assertEqual(template.kind, kind)
            self.assertTrue(template.wording)

    def test_first_template_is_taken(self):
        first = self.env["tour.document.template"].create(
            {"name": "Mine", "kind": "invoice", "sequence": 1, "wording": "<p>Mine</p>"}
        )
        document = self._make("invoice")
        self.assertEqual(document.template_id, first)
        self.assertIn("Mine", self._read(document))

    def test_template_of_another_company_is_not_taken(self):
        other = self.env["res.company"].create({"name": "Other company"})
        self.env["tour.document.template"].create(
            {"name": "X", "kind": "invoice", "sequence": 1, "company_id": other.id}
        )
        self.assertEqual(
            self._make("invoice").template_id,
            self.env.ref("tour_document.tour_document_template_invoice"),
        )

    def test_wording_in_the_language_of_the_document(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        template = self.env.ref("tour_document.tour_document_template_invoice")
        template.wording = "<p>In English</p>"
        template.with_context(lang="ru_RU").wording = "<p>По-русски</p>"
        document = self._make("invoice")
        document.lang = "ru_RU"
        document._draw()
        self.assertIn("По-русски", self._read(document))

    def test_documents_open_by_themselves(self):
        self.env.ref(
            "tour_document.tour_document_template_invoice"
        ).open_to_client = True
        self.assertTrue(self._make("invoice").is_open_to_client)

    def test_closed_again_stays_closed(self):
        self.env.ref(
            "tour_document.tour_document_template_invoice"
        ).open_to_client = True
        document = self._make("invoice")
        document.action_close_to_client()
        self._make("invoice")
        self.assertFalse(document.is_open_to_client)

    def test_templates_for_suppliers_do_not_open(self):
        with self.assertRaisesRegex(ValidationError, "must not see"):
            self.env.ref(
                "tour_document.tour_document_template_supplier_request"
            ).open_to_client = True

    def test_preview_of_each(self):
        for kind in dict(DOCUMENT_KINDS):
            template = self.env["tour.document.template"]._get_default(
                kind, self.company
            )
            self.assertTrue(template._render_preview("en_US").startswith(b"%PDF"))

    def test_design_is_a_view(self):
        template = self.env.ref("tour_document.tour_document_template_invoice")
        for key in ("no.view", "base.main_company", "sale.view_order_form"):
            with self.assertRaisesRegex(ValidationError, "QWeb view"):
                template.view_key = key

    def test_only_administrators_choose_the_design(self):
        template = self.env.ref("tour_document.tour_document_template_invoice")
        head = self.users["head"]
        with self.assertRaises(AccessError):
            template.with_user(head).view_key = "tour_document.paper_voucher"
        with self.assertRaises(AccessError):
            template.with_user(head).read(["view_key"])
