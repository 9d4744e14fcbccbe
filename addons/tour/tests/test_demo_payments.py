from odoo.tests import TransactionCase, tagged

from odoo.addons.tour.demo import story_payments as story


@tagged("post_install", "-at_install")
class TestDemoPayments(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["tour.demo"]._load()
        cls.file = cls.env["tour.payment.order.file"].search(
            [("name", "=", story.FILE)]
        )

    def test_two_are_attached_and_two_wait(self):
        self.assertEqual((self.file.state, self.file.page_count), ("done", 4))
        orders = self.file.payment_order_ids.sorted("page_first")
        self.assertEqual(
            orders.mapped("state"), ["attached", "attached", "waiting", "waiting"]
        )
        self.assertEqual(
            [code for order in orders for code, _values in order.reasons or []],
            ["no_number", "unknown_number"],
        )
        self.assertTrue(orders[2].suggestion_ids)
        self.assertEqual(
            orders[:2].line_ids.mapped("payment_order_state"), ["attached"] * 2
        )

    def test_no_mail_leaves(self):
        """The addresses of the story do not exist."""
        mails = self.env["mail.mail"].search(
            [("model", "like", "tour.payment.order"), ("state", "=", "outgoing")]
        )
        self.assertFalse(mails)
