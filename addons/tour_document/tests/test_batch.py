"""Papers of many bookings at once: a broken one is named, the rest come out."""

import gc
import tracemalloc
from unittest.mock import patch

from psycopg2 import OperationalError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.tour_document import batch

from .common import TourDocumentCommon

LOGGER = "odoo.addons.tour_document.batch"
ACTION = "tour_document.sale_order_action_make_voucher"


@tagged("post_install", "-at_install")
class TestBatch(TourDocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        stay = cls._prepare_stay
        cls.orders = cls.order.union(
            *(cls._create_booking(lines=[stay()]) for _number in range(4))
        )

    def _print(self, orders=None, user=None):
        """Choose Vouchers in the Print menu of the list of bookings."""
        orders = orders or self.orders
        return (
            self.env.ref(ACTION)
            .with_user(user or self.manager)
            .with_context(
                active_model="sale.order",
                active_ids=orders.ids,
                sale_show_partner_name=True,
            )
            .run()
        )

    def _get_name(self, order):
        """As the list of bookings names it."""
        return order.with_context(sale_show_partner_name=True).display_name

    def _break(self, order, error):
        """Have the drawing of the booking's papers fail."""
        templates = type(self.env["tour.document.template"])
        render = templates._render_html

        def render_or_fail(template, facts):
            if facts["number"].startswith(order.name):
                raise error
            return render(template, facts)

        return patch.object(templates, "_render_html", render_or_fail)

    def _get_vouchers(self):
        return self.env["tour.document"].search(
            [("order_id", "in", self.orders.ids), ("kind", "=", "voucher")]
        )

    def test_all_come_out(self):
        action = self._print()
        self.assertEqual(action["res_model"], "tour.document")
        found = self.env["tour.document"].search(action["domain"])
        self.assertEqual(found, self._get_vouchers())
        self.assertEqual(found.order_id, self.orders)
        self.assertEqual(len(found), 6)
        self.assertEqual(set(found.mapped("version_number")), {1})

    @mute_logger(LOGGER)
    def test_broken_ones_are_named_and_the_rest_come_out(self):
        whole, cancelled, empty, broken, last = self.orders
        self._move_to(cancelled, "cancelled")
        empty.order_line.unlink()
        with self._break(broken, ValueError("a design of one's own")):
            action = self._print()
        self.assertEqual(action["tag"], "display_notification")
        params = action["params"]
        self.assertEqual((params["type"], params["sticky"]), ("warning", True))
        self.assertEqual(
            params["message"],
            "Made for 2 of 5 bookings."
            f" {cancelled.name} does not take place: it is refused or cancelled."
            f" {empty.name} has no services yet."
            f" {self._get_name(broken)}: failed. The server's log says why.",
        )
        found = self.env["tour.document"].search(params["next"]["domain"])
        self.assertEqual(found.order_id, whole | last)
        self.assertEqual(set(found.mapped("version_number")), {1})
        # Of the others nothing is left behind.
        self.assertEqual(self._get_vouchers(), found)

    def test_one_that_names_nothing_is_named(self):
        broken = self.orders[2]
        with self._break(broken, UserError("No ink.")):
            message = self._print()["params"]["message"]
        self.assertTrue(message.endswith(f" {self._get_name(broken)}: No ink."))

    def test_none_comes_out(self):
        for order in self.orders:
            self._move_to(order, "cancelled")
        with self.assertRaises(UserError) as error:
            self._print()
        for order in self.orders:
            self.assertIn(order.name, str(error.exception))
        # One alone is refused as ever.
        with self.assertRaisesRegex(UserError, "does not take place"):
            self._print(self.order)

    def test_many_reasons_are_counted(self):
        for order in self.orders[1:]:
            self._move_to(order, "cancelled")
        with patch.object(batch, "MAX_TOLD", 1):
            message = self._print()["params"]["message"]
        self.assertIn(self.orders[1].name, message)
        self.assertNotIn(self.orders[2].name, message)
        self.assertTrue(message.endswith("And 3 more."), message)

    def test_what_odoo_runs_again_is_run_again(self):
        with self._break(self.orders[1], OperationalError("serialize")):
            with self.assertRaises(OperationalError):
                self._print()

    def test_rights_come_first(self):
        with self.assertRaises(AccessError):
            self._print(user=self.users["director"])
        foreign = self._create_booking(user_id=self.users["head"].id)
        with self.assertRaises(AccessError):
            (self.order | foreign).with_user(self.manager).action_make_voucher()

    def test_list_of_documents_is_drawn_anew(self):
        documents = self.orders._make_documents("voucher")
        locked, same, broken = documents[0], documents[1], documents[2]
        locked.action_lock()
        (documents - same).line_id.date_to = "2026-10-08"
        with self._break(broken.order_id, UserError("No ink.")):
            params = documents.with_user(self.manager).action_draw()["params"]
        self.assertEqual(params["type"], "warning")
        self.assertIn(
            f"Drawn anew: 3 of {len(documents)} documents.", params["message"]
        )
        self.assertIn(f"{locked.display_name}: locked.", params["message"])
        self.assertIn(f"{broken.display_name}: No ink.", params["message"])
        numbers = dict(zip(documents, documents.mapped("version_number"), strict=True))
        self.assertEqual((numbers[locked], numbers[same], numbers[broken]), (1, 1, 1))
        self.assertEqual(sum(numbers.values()), len(documents) + 3)
        documents.action_lock()
        with self.assertRaisesRegex(UserError, "locked"):
            documents.action_draw()

    def test_memory_does_not_grow(self):
        """Laying a paper out takes megabytes; they are given back."""
        orders = self.env["sale.order"].union(
            *(self._create_booking(lines=[self._prepare_stay()]) for _go in range(16))
        )
        orders[:4].action_make_voucher()
        tracemalloc.start()
        self.addCleanup(tracemalloc.stop)
        before = self._get_memory()
        orders[4:].action_make_voucher()
        self.assertLess((self._get_memory() - before) / 12, 200_000)

    def _get_memory(self):
        gc.collect()
        return tracemalloc.get_traced_memory()[0]
