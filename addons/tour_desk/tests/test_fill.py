from datetime import datetime, timedelta

from odoo import fields
from odoo.tests import tagged

from .. import fill
from .common import GUEST, DeskCommon

DATES = {"booking_state_since", "client_waiting_since"}


@tagged("post_install", "-at_install")
class TestFill(DeskCommon):
    """The SQL for bookings from before says what the ORM works out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.commission_percent = 10

    def _check(self, orders):
        names = [name for name in fill.COLUMNS if name not in DATES]
        self.env.flush_all()
        expected = orders.read(names)
        empty = ", ".join(f"{name} = NULL" for name in fill.COLUMNS)
        self.cr.execute(
            f"UPDATE sale_order SET {empty} WHERE id IN %s", [tuple(orders.ids)]
        )
        self.cr.execute(fill.FILL)
        self.env.invalidate_all()
        for before, now in zip(expected, orders.read(names), strict=True):
            for name in names:
                with self.subTest(order=before["id"], field=name):
                    self.assertAlmostEqual(now[name], before[name], 6)

    def test_plans(self):
        costly = self._create_booking(
            self._stay([GUEST]), self._transfer(price_unit=3000), acquiring_cost=150
        )
        costly.order_line[0].client_discount_amount = 100
        loss = self._create_booking(self._stay(price_unit=4000))
        self.assertTrue(loss.is_loss and loss.lacks_guests)
        cancelled = self._create_booking(self._stay(), acquiring_cost=150)
        cancelled._move_to("accepted")
        cancelled._move_to("cancelled", "No visa")
        empty = self._create_booking(acquiring_cost=150)
        empty.order_line.unlink()
        self._check(costly + loss + cancelled + empty)

    def test_plans_in_other_currencies(self):
        currency = self.env["res.currency"].create({"name": "TTT", "symbol": "T"})
        self.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "company_id": self.env.company.id,
                "name": self._day(-30),
                "rate": 3.0,
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "TTT", "currency_id": currency.id}
        )
        order = self._create_booking(
            self._transfer(price_unit=4000, supplier_price_total=3500),
            pricelist_id=pricelist.id,
        )
        self.assertEqual(order.planned_income, 1333.33)
        self._check(order)

    def test_what_was_invoiced_and_billed(self):
        invoiced = self._create_booking(self._stay([GUEST]))
        below = self._create_booking(self._stay([GUEST]))
        over = self._create_booking(self._stay([GUEST]))
        orders = invoiced + below + over
        self._force_state(orders, "done")
        self._invoice(invoiced)
        self._create_bill(invoiced, 10500)
        draft = below._create_invoices()
        draft.invoice_line_ids.price_unit = 9500
        draft.action_post()
        self._create_bill(over, 10000.01)
        self.assertTrue(below.is_under_invoiced and over.is_over_billed)
        self.assertEqual(invoiced.actual_profit, 500)
        self._check(orders)

    def test_bills_for_several(self):
        short = self._create_booking(self._stay([GUEST]))
        long = self._create_booking(self._stay([GUEST], date_to=self._day(7)))
        self._force_state(short + long, "done")
        self._create_bill(short + long, 44000)
        # Nothing was planned for this supplier: shared alike.
        other = self.env["res.partner"].create({"name": "Taxi"})
        self._create_bill(short + long, 500, partner_id=other.id)
        # 10,000 and 30,000 of 40,000 were planned, less the commission.
        self.assertEqual(short.actual_cost, 11000 + 250 - 1000)
        self.assertEqual(long.actual_cost, 33000 + 250 - 3000)
        self._check(short + long)

    def test_days(self):
        order = self._create_booking(self._stay([GUEST]))
        order._move_to("accepted")
        order.client_unread_count = 1
        self.env.flush_all()
        self.cr.execute(
            "UPDATE tour_booking_event SET date = %s WHERE order_id = %s",
            [datetime(2026, 3, 4, 12), order.id],
        )
        self.cr.execute(fill.FILL)
        order.invalidate_recordset()
        self.assertEqual(order.booking_state_since, fields.Date.to_date("2026-03-04"))
        self.assertEqual(order.client_waiting_since, order.write_date.date())

    def test_the_table_is_made_room_in_and_is_as_before(self):
        order = self._create_booking(self._stay([GUEST]))
        self.env.flush_all()
        self.cr.execute(fill.MAKE_ROOM)
        self.cr.execute(fill.FILL)
        self.cr.execute(fill.TAKE_ROOM)
        self.cr.execute(
            "SELECT reloptions FROM pg_class WHERE oid = 'sale_order'::regclass"
        )
        self.assertFalse(self.cr.fetchone()[0])
        order.invalidate_recordset()
        self.assertEqual(order.planned_profit, 1000)

    def test_day_of_free_cancellation(self):
        order = self._create_booking(self._stay(), self._stay(), self._stay())
        moscow = self.env["tour.city"].create(
            {
                "name": "Москва",
                "country_id": self.env.ref("base.ru").id,
                "tz": "Europe/Moscow",
            }
        )
        here, there, lapsed = order.order_line
        there.hotel_id.city_id = self.city
        self.env.company.partner_id.tz = "Asia/Kamchatka"
        self.env.flush_all()
        # Half past nine in the evening by UTC is past midnight in both places.
        moment = datetime.combine(self._day(9), datetime.min.time())
        moment += timedelta(hours=21, minutes=30)
        for line, city, free_until in (
            (here, self.city, moment - timedelta(hours=10)),
            (there, moscow, moment),
            (lapsed, moscow, moment - timedelta(days=40)),
        ):
            self.cr.execute(
                "UPDATE sale_order_line SET free_until = %s, city_id = %s,"
                " free_until_day = NULL WHERE id = %s",
                [free_until, city.id, line.id],
            )
        self.cr.execute(fill.FILL_FREE)
        self.env.invalidate_all()
        # 11:30 by UTC is 23:30 on Kamchatka, where our clock is.
        self.assertEqual(here.free_until_day, self._day(9))
        self.assertEqual(there.free_until_day, self._day(10))
        self.assertFalse(lapsed.free_until_day)
