from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import OfferCommon


@tagged("post_install", "-at_install")
class TestPrices(OfferCommon):
    """An offer costs what its booking would."""

    def test_price_is_that_of_the_booking(self):
        self.env["tour.meal.price"].create(
            {"hotel_id": self.other_hotel.id, "meal": "bb", "price": 300}
        )
        self.other_rate.meal_included = False
        self.other_hotel.commission_percent = 10
        offer = self._create_offer(
            self._variant("A", self._other_stay(rooms=2, persons=3))
        )
        guests = [{"last_name": f"Guest {number}"} for number in range(3)]
        booking = self._create_booking(
            self._stay(
                guests,
                hotel_id=self.other_hotel.id,
                room_id=self.other_room.id,
                rate_id=self.other_rate.id,
                rooms=2,
                date_from=self._day(10),
                date_to=self._day(12),
            )
        )
        service, line = offer.variant_ids.service_ids, booking.order_line
        # 2 nights × 2 rooms × 7,000, and 2 nights × 3 persons × 300.
        self.assertEqual(service.price_unit, 29800)
        for name in ("price_unit", "supplier_due", "service_margin", "price_total"):
            self.assertEqual(service[name], line[name], name)
        self.assertEqual(offer.amount_total, booking.amount_total)

    def test_taxes_as_in_the_booking(self):
        self.accommodation.product_id.taxes_id = self.env["account.tax"].create(
            {"name": "Twenty", "amount": 20, "type_tax_use": "sale"}
        )
        for method in ("round_per_line", "round_globally"):
            self.env.company.tax_calculation_rounding_method = method
            offer = self._create_offer(
                self._variant("A", self._offer_stay(), self._other_stay())
            )
            self.assertEqual(offer.variant_ids.amount_untaxed, 24000, method)
            self.assertEqual(offer.variant_ids.amount_tax, 4800, method)
            order = self._mark_sent(offer)._accept_online(1, "Anna")
            self.assertEqual(order.amount_total, 28800, method)

    def test_typed_price_stays_the_rest_follows(self):
        offer = self._create_offer(
            self._variant("A", self._offer_stay(price_unit=12000))
        )
        service = offer.variant_ids.service_ids
        self.assertEqual(service.overwritten_fields, ["price_unit"])
        self.assertEqual(service.price_unit, 12000)
        service.date_to = self._day(13)
        self.assertEqual(service.nights, 3)
        self.assertEqual(service.price_unit, 12000)
        service.overwritten_fields = []
        self.assertEqual(service.price_unit, 15000)

    def test_typing_what_is_computed_is_no_typing(self):
        offer = self._create_offer(self._variant("A", self._offer_stay()))
        service = offer.variant_ids.service_ids
        service.price_unit = 10000
        self.assertFalse(service.overwritten_fields)
        service.write({"price_unit": 9000})
        self.assertEqual(service.overwritten_fields, ["price_unit"])

    def test_what_is_worked_out_cannot_be_written(self):
        offer = self._create_offer(self._variant("A", self._offer_stay(price_total=1)))
        service = offer.variant_ids.service_ids.with_user(self.manager)
        self.assertEqual(service.price_total, 10000)
        service.write({"price_total": 1, "service_margin": 9999})
        self.assertEqual(service.price_total, 10000)
        self.assertEqual(service.service_margin, 0)

    def test_prices_stay_until_asked_for(self):
        offer = self._create_offer()
        self.rate.rack_price = 6000
        self.assertEqual(offer.variant_ids[0].amount_total, 10000)
        offer.with_user(self.manager).action_recompute_prices()
        self.assertEqual(offer.variant_ids[0].amount_total, 12000)

    def test_in_the_form(self):
        offer = self._create_offer(self._variant("A"))
        form = Form(offer.variant_ids.with_user(self.manager))
        with form.service_ids.new() as service:
            service.service_type_id = self.accommodation
            service.hotel_id = self.hotel
            service.room_id = self.room
            service.rate_id = self.rate
            service.date_from = self._day(10)
            service.date_to = self._day(12)
            self.assertEqual(service.price_unit, 10000)
            service.price_unit = 11000
            self.assertEqual(service.overwritten_fields, ["price_unit"])
            self.assertEqual(service.price_total, 11000)
        form.save()
        self.assertEqual(offer.amount_total, 11000)
        self.assertEqual(offer.variant_ids.service_ids.hour_from, 14)

    def test_currency_of_the_client(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        company = self.env.company
        if company.currency_id == euro:
            euro = self.env.ref("base.USD")
            euro.active = True
        euro.rate_ids = [
            Command.clear(),
            Command.create({"name": "2020-01-01", "rate": 0.5}),
        ]
        pricelist = self.env["product.pricelist"].create(
            {"name": "Abroad", "currency_id": euro.id}
        )
        offer = self._create_offer(pricelist_id=pricelist.id)
        self.assertEqual(offer.currency_id, euro)
        self.assertEqual(offer.variant_ids[0].amount_total, 5000)
        order = self._mark_sent(offer)._accept_online(1, "Anna")
        self.assertEqual(order.currency_id, euro)
        self.assertEqual(order.amount_total, 5000)

    def test_other_client_other_prices(self):
        """What follows from the client is worked out anew when he is changed."""
        offer = self._create_offer()
        tax = self.env["account.tax"].create(
            {"name": "Ten", "amount": 10, "type_tax_use": "sale"}
        )
        self.accommodation.product_id.taxes_id = tax
        other = self.client_company.copy({"name": "Other"})
        offer.partner_id = other
        self.assertEqual(offer.variant_ids[0].amount_total, 11000)
