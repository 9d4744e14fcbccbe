import unittest

from odoo.tests import Form, tagged

from . import pdf_factory as factory
from .common import PaymentOrderCommon


@tagged("post_install", "-at_install")
@unittest.skipUnless(factory.has_font(), "No font with Russian letters")
class TestScreens(PaymentOrderCommon):
    """Each form opens for each role that has a menu to it."""

    def test_payment_order(self):
        waiting = self._read_order(number="16", purpose="Оплата за проживание")
        attached = self._read_order()
        for role in ("accountant", "head", "director", "manager_own", "admin"):
            for order in (waiting, attached):
                with self.subTest(role, state=order.state):
                    form = Form(order.with_user(self.users[role]))
                    self.assertEqual(form.amount, 12800.0)
                    self.assertTrue(form.pdf_file)

    def test_buttons_follow_rights(self):
        order = self._read_order()
        may = {
            role: order.with_user(self.users[role]).allowed_moves or []
            for role in ("accountant", "head", "director", "manager_own")
        }
        self.assertEqual(
            may,
            {
                "accountant": ["waiting"],
                "head": ["waiting"],
                "director": [],
                "manager_own": ["waiting"],
            },
        )

    def test_file(self):
        file = self._read_file(b"%PDF-")
        for role in ("accountant", "head", "director"):
            with self.subTest(role):
                form = Form(file.with_user(self.users[role]))
                self.assertIn("damaged", form.fault_text)

    def test_texts_in_the_readers_language(self):
        """Kept as codes, said when they are read."""
        self.env["res.lang"]._activate_lang("fr_FR")
        file = self._read_file(b"")
        self.assertEqual(file.fault_text, "The file is empty.")
        french = file.with_context(lang="fr_FR")
        self.assertEqual(french.fault_text, "Le fichier est vide.")
        order = self._read_order(purpose="заявка T999999").with_context(lang="fr_FR")
        self.assertEqual(order.reason_text, "Aucune réservation n'a le numéro T999999.")

    def test_booking_and_service(self):
        self._read_order()
        view = "tour_booking.sale_order_view_form_booking"
        for role in ("manager_own", "accountant", "director"):
            with self.subTest(role):
                form = Form(self.order.with_user(self.users[role]), view)
                self.assertEqual(form.payment_order_count, 1)

    def test_supplier(self):
        form = Form(self.supplier.with_user(self.users["head"]))
        form.tour_consolidator = True
        form.save()
        self.assertTrue(self.supplier.tour_consolidator)

    def test_incoming_list(self):
        """The action's domain, order and view go together."""
        self._read_order()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "tour_payment_order.ir_attachment_action_incoming"
        )
        files = self.env["ir.attachment"].with_user(self.manager)
        view = files.get_views(action["views"])["views"]["list"]
        self.assertIn("tour_incoming_type", view["arch"])
        found = files.search([("tour_incoming_type", "!=", False)])
        self.assertEqual(found.action_open_tour_booking()["res_id"], self.order.id)

    def test_settings(self):
        form = Form(
            self.env["res.config.settings"].with_user(self.env.ref("base.user_admin"))
        )
        form.tour_payment_alias_name = "platezhki"
        form.tour_payment_max_mb = 20
        form.save().execute()
        self.assertEqual(self.company.tour_payment_alias_id.alias_name, "platezhki")
        self.assertEqual(self.company.tour_payment_max_mb, 20)
