from odoo.tests import Form, HttpCase, tagged

from .common import CorrectionCommon


@tagged("post_install", "-at_install")
class TestScreens(CorrectionCommon):
    def setUp(self):
        super().setUp()
        self.order = self._create_paid()
        self._force_state(self.order, "done")
        self._shorten(self.order, 2)

    def test_smart_buttons_open_what_they_count(self):
        order = self.order.with_user(self.manager)
        self.assertEqual((order.reposting_count, order.overpayment_count), (1, 1))
        action = order.action_view_repostings()
        self.assertEqual(action["res_id"], order.reposting_ids.id)
        action = order.action_view_overpayments()
        self.assertEqual(action["res_id"], order.overpayment_ids.id)

    def test_supplier_counts_what_he_owes(self):
        supplier = self.supplier.with_user(self.manager)
        self.assertEqual(supplier.overpayment_count, 1)
        action = supplier.action_view_overpayments()
        found = self.env["tour.overpayment"].search(action["domain"])
        self.assertEqual(found, self.order.overpayment_ids)
        self.order.overpayment_ids.with_user(self.accountant)._move_to("closed_setoff")
        supplier.invalidate_recordset(["overpayment_count"])
        self.assertEqual(supplier.overpayment_count, 0)

    def test_booking_opens_for_every_role(self):
        for user in (self.manager, self.head, self.accountant, self.director):
            order = self.order.with_user(user)
            form = Form(order, "tour_booking.sale_order_view_form_booking")
            self.assertTrue(form.is_reposting)
            self.assertIn("owes", form.overpayment_text)

    def test_entered_in_the_form(self):
        order = self._create_booking()
        action = order.with_user(self.manager).action_add_overpayment()
        overpayments = self.env[action["res_model"]].with_user(self.manager)
        with Form(overpayments.with_context(**action["context"])) as form:
            form.line_id = order.order_line
            self.assertEqual(form.due_amount, 15000.0)
            self.assertEqual(form.supplier_id, self.supplier)
            form.paid_amount = 18000.0
            self.assertEqual(form.amount, 3000.0)
        self.assertEqual(order.overpayment_ids.amount, 3000.0)

    def test_age(self):
        overpayment = self.order.overpayment_ids
        overpayment._as_mover().write({"date": self._day(-40)})
        self.assertEqual(overpayment.age_days, 40)

    def test_menus_by_role(self):
        def sees(user, name):
            menu = self.env.ref(f"tour_correction.tour_correction_menu_{name}")
            return menu.id in self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()

        for user, repostings, overpayments in (
            (self.manager, False, True),
            (self.head, True, True),
            (self.accountant, True, True),
            (self.director, True, True),
        ):
            self.assertEqual(sees(user, "repostings"), repostings, user.name)
            self.assertEqual(sees(user, "overpayments"), overpayments, user.name)

    def test_settings(self):
        settings = self.env["res.config.settings"].create({})
        settings.tour_overpayment_reminder_days = 3
        settings.execute()
        self.assertEqual(self.env.company.tour_overpayment_reminder_days, 3)


@tagged("post_install", "-at_install")
class TestScreenTours(CorrectionCommon, HttpCase):
    def test_manager_finishes_a_reposting(self):
        order = self._create_done(self._stay([{"last_name": "Orlov"}]))
        self.start_tour(
            f"/odoo/bookings/{order.id}",
            "tour_correction_reposting",
            login=self.manager.login,
            timeout=120,
        )
        self.assertFalse(order.is_reposting)
        self.assertEqual(order.reposting_ids.state, "finished")
        self.assertTrue(order.reposting_ids.document_id)

    def test_accountant_closes_an_overpayment(self):
        order = self._create_paid()
        self._shorten(order, 2)
        self.start_tour(
            "/odoo/overpayments",
            "tour_correction_overpayment",
            login=self.accountant.login,
            timeout=120,
        )
        self.assertRecordValues(
            order.overpayment_ids,
            [{"state": "closed_payment", "payment_reference": "4711"}],
        )
