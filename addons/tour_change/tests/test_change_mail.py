from odoo.exceptions import UserError
from odoo.tests import tagged

from .change_common import ChangeCommon


@tagged("post_install", "-at_install")
class TestChangeMail(ChangeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")

    def _bodies(self, address):
        return [mail.body_html for mail in self._mails_to(address)]

    def test_supplier_is_asked_in_his_language_of_his_services_alone(self):
        self.supplier.lang = "fr_FR"
        second = self.env["res.partner"].create(
            {"name": "Bus Ltd", "tour_supplier": True, "email": "bus@bus.example"}
        )
        order = self._create_booked(
            self._stay(guests=[{"last_name": "Orlov"}]),
            self._stay(supplier_id=second.id, price_unit=77777),
        )
        first, other = order.order_line
        change = self._create_change(
            order, (first, {"rooms": 2}), (other, {"rooms": 3, "price_unit": 88888})
        )
        change.action_ask_supplier()
        (body,) = self._bodies("desk@alpina.example")
        self.assertIn("Orlov", body)
        self.assertNotIn("88888", body.replace(",", ""))
        (body,) = self._bodies("bus@bus.example")
        self.assertNotIn("Orlov", body)
        self.assertNotIn("88", body.replace(",", ""))
        rows = {row["supplier_id"]: row["texts"] for row in change.supplier_rows}
        self.assertEqual(set(rows), {self.supplier.id, second.id})
        self.assertIn("3", rows[second.id][0])
        # The question stays in the conversation of the request, not of the booking.
        self.assertIn("Orlov", "".join(change.message_ids.mapped("body")))
        self.assertNotIn(
            "Can this be changed", "".join(order.message_ids.mapped("body"))
        )

    def test_without_an_address_somebody_has_to_call(self):
        self.supplier.email = False
        order = self._create_booked()
        change = self._create_change(order, kind="cancel")
        change.action_ask_supplier()
        self.assertEqual(change.state, "with_supplier")
        self.assertIn("Call Alpina LLC", change.activity_ids.summary)
        self.assertEqual(change.activity_ids.user_id, self.manager)

    def test_hotels_address_helps(self):
        self.supplier.email = False
        self.hotel.email = "desk@hotel.example"
        change = self._create_change(self._create_booked(), kind="cancel")
        change.action_ask_supplier()
        self.assertTrue(self._bodies("desk@hotel.example"))

    def test_nobody_to_ask(self):
        order = self._create_booked()
        order.order_line.supplier_id = False
        change = self._create_change(order, kind="cancel")
        with self.assertRaisesRegex(UserError, "no supplier"):
            change.action_ask_supplier()

    def test_client_gets_the_offer_and_the_outcome(self):
        order = self._create_booked()
        address = self.client_user.email
        change = self._create_change(order, (order.order_line, {"rooms": 2}))
        self.assertFalse(self._bodies(address))
        change.action_price()
        self.assertFalse(self._bodies(address))
        change.action_ask_client()
        (offer,) = self._bodies(address)
        self.assertIn("20,000.00", offer)
        self.assertIn(order.name, offer)
        change.action_apply()
        self.assertEqual(len(self._bodies(address)), 2)
        # Neither is told in the booking's conversation, which he reads.
        self.assertNotIn("20,000.00", "".join(order.message_ids.mapped("body")))

    def test_client_is_told_why_it_was_refused(self):
        order = self._create_booked()
        change = self._create_change(order, kind="cancel")
        change.action_refuse("The hotel insists")
        (body,) = self._bodies(self.client_user.email)
        self.assertIn("The hotel insists", body)

    def test_regularisations_unseen_by_the_client_are_not_told(self):
        # An agreed price does not follow the supplier's.
        order = self._create_booked(self._stay(price_unit=11000))
        change = self._create_change(
            order, (order.order_line, {"supplier_price_total": 9000}), origin="supplier"
        )
        change.action_price()
        change.action_apply()
        self.assertFalse(self._bodies(self.client_user.email))
        self.assertFalse(self._bodies("desk@alpina.example"))

    def test_supplier_hears_what_became_of_it(self):
        order = self._create_booked()
        change = self._create_change(order, kind="cancel")
        change.action_ask_supplier()
        change.action_withdraw("No need")
        self.assertEqual(len(self._bodies("desk@alpina.example")), 2)
        self.assertTrue(
            any(
                "stays as it is" in body for body in self._bodies("desk@alpina.example")
            )
        )

    def test_supplier_is_told_of_what_was_cancelled_after_it_is_gone(self):
        order = self._create_booked()
        with self._at(2026, 6, 10, 16, 0):
            change = self._create_change(order, kind="cancel")
            change.action_price()
            change.action_apply()
        (body,) = self._bodies("desk@alpina.example")
        self.assertIn("Alpina", body)
        self.assertIn("Cancel", body)

    def test_responsible_is_told_what_the_client_does(self):
        order = self._create_booked()
        order.with_user(self.client_user).action_request_cancel("Ill")
        message = self.env["mail.message"].search(
            [
                ("model", "=", "tour.change"),
                ("res_id", "in", order.change_ids.ids),
                ("message_type", "=", "user_notification"),
            ]
        )
        self.assertIn("cancellation asked", message.body)
        self.assertEqual(message.partner_ids, self.manager.partner_id)

    def test_templates_can_be_saved(self):
        """Odoo tries them on any record, also one that they are not about."""
        self._create_change(self._create_booked())
        self._create_booked()
        ours = self.env["ir.model.data"].search(
            [("module", "=", "tour_change"), ("model", "=", "mail.template")]
        )
        templates = self.env["mail.template"].browse(ours.mapped("res_id"))
        self.assertGreater(len(templates), 7)
        for template in templates:
            with self.subTest(template=template.name):
                template._check_can_be_rendered()
