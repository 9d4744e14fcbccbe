from collections import Counter

from odoo.tests import TransactionCase, tagged

from odoo.addons.tour.demo import story_bookings


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["tour.demo"]._load()

    def test_bookings_are_in_the_statuses_of_the_story(self):
        orders = self.env["sale.order"].search([("is_tour_booking", "=", True)])
        expected = Counter(row[0] for row in story_bookings.BOOKINGS)
        self.assertEqual(Counter(orders.mapped("booking_state")), expected)
