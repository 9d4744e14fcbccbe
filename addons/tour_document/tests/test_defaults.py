"""Templates by default, per company and per group of companies (PPL-10)."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .common import TourDocumentCommon


@tagged("post_install", "-at_install")
class TestDefaults(TourDocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plain = cls.env.ref("tour_document.tour_document_template_invoice")
        cls.commission = cls.env.ref(
            "tour_document.tour_document_template_invoice_commission"
        )
        cls.parts = cls.env.ref("tour_document.tour_document_template_invoice_parts")
        cls.group = cls.env["tour.company.group"].create({"name": "Energy"})
        cls.branch = cls.env["res.partner"].create(
            {"name": "Branch", "parent_id": cls.client.id, "type": "other"}
        )

    def _choose(self, owner, template, user=None):
        name = "partner_id" if owner._name == "res.partner" else "company_group_id"
        defaults = self.env["tour.document.default"].with_user(user or self.env.user)
        return defaults.create({name: owner.id, "template_id": template.id})

    def _get_default(self, partner, kind="invoice", company=None):
        return self.env["tour.document.template"]._get_default(
            kind, company or self.company, partner
        )

    def test_clients_template_is_taken(self):
        self._choose(self.client, self.commission, self.manager)
        self.assertEqual(self._make("invoice").template_id, self.commission)
        self.assertEqual(self._get_default(self.other_client), self.plain)

    def test_form_takes_it_once_the_booking_is_known(self):
        self._choose(self.client, self.commission)
        form = Form(self.env["tour.document"])
        form.kind = "invoice"
        self.assertEqual(form.template_id, self.plain)
        form.order_id = self.order
        self.assertEqual(form.template_id, self.commission)
        form.template_id = self.parts
        form.lang = "en_US"
        self.assertEqual(form.save().template_id, self.parts)

    def test_kinds_are_apart(self):
        self._choose(self.client, self.commission)
        voucher = self._get_default(self.client, "voucher")
        self.assertEqual(
            voucher, self.env.ref("tour_document.tour_document_template_voucher")
        )

    def test_the_nearest_is_taken(self):
        """The branch's own, then its legal entity's, then its group's."""
        self.client.company_group_id = self.group
        self._choose(self.group, self.parts)
        self.assertEqual(self._get_default(self.branch), self.parts)
        self._choose(self.client, self.commission)
        self.assertEqual(self._get_default(self.branch), self.commission)
        self._choose(self.branch, self.plain)
        self.assertEqual(self._get_default(self.branch), self.plain)
        self.assertEqual(self._get_default(self.client), self.commission)

    def test_suppliers_have_their_own_too(self):
        own = self.env["tour.document.template"].create(
            {"name": "Request, their way", "kind": "supplier_request", "sequence": 90}
        )
        self._choose(self.supplier, own)
        requests = self._make("supplier_request")
        self.assertEqual(
            requests.filtered(lambda d: d.partner_id == self.supplier).template_id, own
        )
        self.assertNotEqual(
            requests.filtered(lambda d: d.partner_id == self.carrier).template_id, own
        )

    def test_archived_template_is_not_taken(self):
        self._choose(self.client, self.commission)
        self.commission.active = False
        self.assertEqual(self._get_default(self.client), self.plain)

    def test_template_of_our_company_goes_first(self):
        other = self.env["res.company"].create({"name": "Other company"})
        own = self.env["tour.document.template"].create(
            {"name": "Of ours", "kind": "invoice", "company_id": self.company.id}
        )
        self._choose(self.client, self.commission)
        self._choose(self.client, own)
        self.assertEqual(self._get_default(self.client), own)
        self.assertEqual(self._get_default(self.client, company=other), self.commission)

    def test_one_of_a_kind(self):
        self._choose(self.client, self.commission)
        with self.assertRaisesRegex(ValidationError, "already"):
            self._choose(self.client, self.parts)
        self._choose(self.other_client, self.parts)

    def test_rights(self):
        default = self._choose(self.client, self.commission)
        director = self.users["director"]
        self.assertTrue(default.with_user(director).template_id)
        with self.assertRaises(AccessError):
            default.with_user(director).unlink()
        with self.assertRaises(AccessError):
            default.with_user(self.client_user).read(["template_id"])

    def test_managers_choose_for_their_own_companies(self):
        """And for those that are nobody's; for groups those who see all."""
        default = self._choose(self.client, self.commission, self.manager)
        self.client.user_id = self.manager
        default.with_user(self.manager).template_id = self.parts
        self.client.user_id = self.users["manager_all"]
        other = default.with_user(self.manager)
        self.assertEqual(other.template_id, self.parts)
        for refused in (
            lambda: other.write({"template_id": self.plain.id}),
            lambda: other.unlink(),
            lambda: self._choose(self.group, self.plain, self.manager),
        ):
            with self.assertRaises(AccessError):
                refused()
        voucher = self.env.ref("tour_document.tour_document_template_voucher")
        mine = self._choose(self.other_client, voucher, self.manager)
        with self.assertRaises(AccessError):
            mine.partner_id = self.client
        for role in ("manager_all", "accountant", "head", "admin"):
            default.with_user(self.users[role]).template_id = self.plain
            self._choose(self.group, self.plain, self.users[role]).unlink()

    def test_choice_goes_with_template_and_company(self):
        own = self.env["tour.document.template"].create(
            {"name": "Of theirs", "kind": "invoice", "sequence": 90}
        )
        default = self._choose(self.other_client, own)
        own.unlink()
        self.assertFalse(default.exists())

    # Change of client: the templates of the former one stay

    def test_new_client_gets_papers_by_the_old_templates(self):
        self._choose(self.client, self.commission)
        self._make("invoice")
        self._make("voucher")
        self.order.with_user(self.manager).write({"partner_id": self.other_client.id})
        invoice = self.order.document_ids.filtered(lambda d: d.kind == "invoice")
        self.assertEqual(invoice.partner_id, self.other_client)
        self.assertEqual(invoice.template_id, self.commission)
        note = str(self.order.message_ids.sorted("id")[-1].body)
        self.assertIn("keep their templates", note)
        self.assertIn(self.commission.name, note)

    def test_nothing_is_said_of_templates_that_are_the_usual_ones(self):
        self._make("invoice")
        self.order.with_user(self.manager).write({"partner_id": self.other_client.id})
        note = str(self.order.message_ids.sorted("id")[-1].body)
        self.assertNotIn("templates", note)

    def test_another_template_is_chosen_on_the_document(self):
        self._choose(self.client, self.commission)
        invoice = self._make("invoice")
        self.order.with_user(self.manager).write({"partner_id": self.other_client.id})
        invoice = self.order.document_ids
        invoice.with_user(self.manager).template_id = self.plain
        self.assertTrue(invoice._draw())
        self.assertNotIn("commission", self._read(invoice))
