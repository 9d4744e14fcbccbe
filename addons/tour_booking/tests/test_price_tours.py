from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import BookingCommon


@tagged("post_install", "-at_install")
class TestPriceTours(BookingCommon, HttpCase):
    def _start(self, url, tour, user):
        self.start_tour(url, tour, login=user.login, timeout=120)

    def test_price_history(self):
        order = self._create_booking(user=self.manager)
        order.order_line.price_unit = 12000
        self._start(
            f"/odoo/bookings/{order.id}", "tour_booking_price_history", self.manager
        )
        director = self._create_staff("price_director", "director")
        self._start("/odoo/tour-price-changes", "tour_booking_price_changes", director)

    def test_price_list(self):
        accountant = self._create_staff("price_accountant", "accountant")
        visa = self.env["product.template"].create(
            {"name": "Visa", "type": "service", "tour_extra_service": True}
        )
        action = self.client_company.with_user(
            accountant
        ).action_open_client_pricelist()
        self.env["product.pricelist"].browse(action["res_id"]).item_ids = [
            Command.create(
                {
                    "applied_on": "1_product",
                    "product_tmpl_id": visa.id,
                    "compute_price": "fixed",
                    "fixed_price": 900,
                }
            )
        ]
        self._start("/odoo/tour-price-lists", "tour_booking_price_list", accountant)
