"""The price history under random edits: it always adds up to the prices of today."""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import BookingCommon

PRICES = st.sampled_from([0, 4000, 7000.5])
EDITS = st.one_of(
    st.tuples(st.just("date_to"), st.integers(2, 4)),
    st.tuples(st.just("rooms"), st.integers(1, 3)),
    st.tuples(st.just("price_unit"), PRICES),
    st.tuples(st.just("supplier_price_total"), PRICES),
    st.tuples(st.just("client_discount_amount"), st.sampled_from([0, 100])),
    st.tuples(st.just("commission_percent"), st.sampled_from([0, 12.5])),
    st.tuples(
        st.sampled_from(
            ["add", "drop", "form", "guest", "currency", "client", "recompute", "fail"]
        ),
        st.booleans(),
    ),
)


@tagged("post_install", "-at_install")
class TestPriceModel(BookingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel.commission_percent = 10
        cls.foreign = cls.env["res.currency"].create({"name": "TUG", "symbol": "₮"})
        cls.env["res.currency.rate"].create(
            {"currency_id": cls.foreign.id, "name": "2020-01-01", "rate": 4.0}
        )
        cls.pricelists = cls.env["product.pricelist"].create(
            [
                {"name": currency.name, "currency_id": currency.id}
                for currency in (cls.env.company.currency_id, cls.foreign)
            ]
        )
        cls.clients = cls.client_company | cls.env["res.partner"].create(
            {"name": "Other", "is_company": True, "tour_client_corporate": True}
        )
        for client, pricelist in zip(cls.clients, cls.pricelists, strict=True):
            client.specific_property_product_pricelist = pricelist

    @settings(
        max_examples=30,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(st.lists(EDITS, min_size=1, max_size=8))
    def test_it_adds_up(self, edits):
        with self.env.cr.savepoint() as savepoint:
            order = self._create_booking(
                self._stay(guests=[{"last_name": "Orlov"}]), self._stay()
            )
            for what, value in edits:
                self._edit(order, what, value)
                self.env.flush_all()
                self.assertEqual(self._get_history(order), self._get_prices(order))
            savepoint.rollback()
        self.env.invalidate_all()

    def _edit(self, order, what, value):
        line = order.order_line[:1]
        if what == "add":
            order.order_line = [self._stay(price_unit=9000)]
        elif what == "currency":
            order.pricelist_id = self.pricelists[value]
        elif what == "client":
            order.partner_id = self.clients[value]
        elif not line:
            return
        elif what == "drop":
            line.unlink()
        elif what == "form":
            vals = {"rooms": 2, "guest_ids": [Command.create({"last_name": "Li"})]}
            commands = [Command.update(line.id, vals), self._stay()]
            order.write({"client_order_ref": "x", "order_line": commands})
        elif what == "guest":
            if line.guest_ids:
                line.guest_ids.unlink()
            else:
                line.guest_ids.create({"line_id": line.id, "last_name": "Li"})
        elif what == "recompute":
            order.order_line.action_recompute_prices()
        elif what == "fail":
            # What is refused in the middle leaves nothing in the history.
            vals = {"order_line": [Command.clear()], "is_tour_booking": False}
            with self.assertRaises(UserError), self.env.cr.savepoint():
                line.price_unit = 12345
                order.write(vals)
        else:
            line.write({what: self._day(value) if what == "date_to" else value})

    def _get_history(self, order):
        order.invalidate_recordset(["price_history_ids"])
        sums = Counter()
        for entry in order.price_history_ids:
            for name in ("sale_price", "purchase_price", "margin"):
                sums[entry.currency_id.name, name] += entry[name]
        return self._round(sums)

    def _get_prices(self, order):
        sums = Counter()
        for line in order.order_line:
            sale = line.price_unit - line.client_discount_amount
            purchase = line.supplier_price_total - line.commission_amount
            currency = line.currency_id.name
            sums[currency, "sale_price"] += sale
            sums[currency, "purchase_price"] += purchase
            sums[currency, "margin"] += sale - purchase
        return self._round(sums)

    def _round(self, sums):
        rounded = {key: round(value, 2) for key, value in sums.items()}
        return {key: value for key, value in rounded.items() if value}
