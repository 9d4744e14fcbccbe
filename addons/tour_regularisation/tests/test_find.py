from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import RegularisationCommon


@tagged("post_install", "-at_install")
class TestFind(RegularisationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.orders = cls._create_orders(3)

    def test_numbers_in_any_manner(self):
        first, second, third = self.orders
        digits = second.name.lstrip("T").lstrip("0")
        numbers = (
            f"{first.name.lower()}; {digits}\n ,{third.name}, {first.name} 99999999"
        )
        record = self._previewed(numbers=numbers)
        self.assertEqual(record.line_ids.order_id, self.orders)
        self.assertEqual(self._states(record), ["refused", "ready", "ready", "ready"])
        unknown = record.line_ids[0]
        self.assertEqual(unknown.number, "99999999")
        self.assertIn("no such booking", unknown.message)
        self.assertEqual(record.line_ids[2].number, digits)

    def test_one_booking_by_two_numbers_comes_once(self):
        name = self.orders[0].name
        numbers = f"{name} {name.lstrip('T')} {int(name.lstrip('T'))}"
        record = self._previewed(numbers=numbers)
        self.assertEqual(len(record.line_ids), 1)

    def test_no_numbers(self):
        with self.assertRaisesRegex(UserError, "Paste the numbers"):
            self._previewed(numbers=" ,; ")

    def test_two_bookings_of_one_number(self):
        self.orders[1].name = self.orders[0].name
        record = self._previewed(numbers=self.orders[0].name)
        self.assertEqual(self._states(record), ["refused"])
        self.assertIn("Several bookings", record.line_ids.message)

    def test_ordinary_orders_and_other_companies_are_not_found(self):
        plain = self.env["sale.order"].create({"partner_id": self.client_company.id})
        record = self._previewed(numbers=plain.name)
        self.assertEqual(self._states(record), ["refused"])
        self.assertFalse(record.line_ids.order_id)

    def test_own_bookings_only(self):
        """A manager of own bookings cannot reach others' by their numbers."""
        right = self.env.ref("tour_partner.tour_group_right_mass_regularisation")
        self.manager.sudo().group_ids += right
        other = self.orders[0]
        other.sudo().user_id = self.manager_all
        record = self._previewed(self.orders, user=self.manager)
        self.assertEqual(sorted(self._states(record)), ["ready", "ready", "refused"])
        self.assertNotIn(other, record.line_ids.order_id)

    def test_search(self):
        """By hotel and arrival; ended bookings and other hotels' are not found."""
        hotel = self._create_hotel(name="Belvedere")
        elsewhere = self._create_booking(
            self._stay(hotel_id=hotel.id, room_id=False, rate_id=False)
        )
        late = self._create_booking(
            self._stay(date_from=self._day(40), date_to=self._day(41))
        )
        self._force_state(self.orders[2], "cancelled")
        record = self._previewed(
            source="filter",
            hotel_ids=self.hotel.ids,
            arrival_from=self._day(0),
            arrival_to=self._day(30),
        )
        found = record.line_ids.order_id
        self.assertEqual(found & (self.orders + elsewhere + late), self.orders[:2])
        record = self._previewed(source="filter", supplier_ids=self.supplier.ids)
        self.assertLessEqual(self.orders[:2] + late, record.line_ids.order_id)

    def test_search_needs_something(self):
        with self.assertRaisesRegex(UserError, "Choose hotels"):
            self._previewed(source="filter")
        with self.assertRaisesRegex(UserError, "No booking is found"):
            self._previewed(
                source="filter",
                hotel_ids=self.hotel.ids,
                arrival_from=self._day(900),
            )

    def test_search_and_plan_mean_the_same_services(self):
        """What the search finds has a service that is changed, in every case."""
        suppliers = self.supplier.child_ids.create(
            {"name": "Branch", "parent_id": self.supplier.id, "tour_supplier": True}
        )
        self.orders[0].order_line.supplier_id = suppliers
        record = self._previewed(source="filter", supplier_ids=self.supplier.ids)
        self.assertIn(self.orders[0], record.line_ids.order_id)
        self.assertNotIn("refused", self._states(record))

    def test_chosen_in_the_list(self):
        action = self.orders.action_regularise()
        record = (
            self.user_env["tour.regularisation"]
            .with_context(**action["context"])
            .create(
                {
                    "reason": "Letter",
                    "client_how": "percent",
                    "client_value": 10,
                }
            )
        )
        record.action_preview()
        self.assertEqual(record.line_ids.order_id, self.orders)
        self.assertEqual(record.sale_difference, 3000)
