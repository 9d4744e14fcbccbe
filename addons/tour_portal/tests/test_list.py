from datetime import date, timedelta

from odoo import fields
from odoo.tests import tagged

from ..portal_lists import PAGE_SIZE, parse_key
from .common import PortalCommon

PATH = "/my/tour/bookings"


@tagged("post_install", "-at_install")
class TestPortalList(PortalCommon):
    # === Who sees which === #

    def test_each_sees_his_own(self):
        own = self._of(self.olga)
        colleague = self._of(self.boris)
        foreign = self._of(self.eva)
        alone = self._of(self.vera, partner_id=self.vera.partner_id.id)
        self.assertEqual(self._find(self.olga), own)
        self.assertEqual(self._find(self.boris), colleague)
        self.assertEqual(self._find(self.curator), own | colleague)
        self.assertEqual(self._find(self.eva), foreign)
        self.assertEqual(self._find(self.vera), alone)
        self.assertFalse(self._find(self.guest))

    def test_curator_sees_subsidiaries(self):
        daughter = self.env["res.partner"].create(
            {
                "name": "Daughter",
                "is_company": True,
                "parent_id": self.client_company.id,
                "tour_client_corporate": True,
            }
        )
        person = self.env["res.partner"].create(
            {"name": "Person", "parent_id": daughter.id}
        )
        orders = self._create_booking(partner_id=daughter.id)
        orders |= self._create_booking(partner_id=person.id)
        self.assertEqual(orders.portal_client_id, daughter)
        self.assertEqual(self._find(self.curator), orders)
        self.assertFalse(self._find(self.olga))

    def test_list_is_what_the_rules_show(self):
        """The ways along the indexes find what the rules would."""
        for user in (self.olga, self.boris, self.curator, self.eva, self.vera):
            self._of(user)
            self._create_booking(partner_id=user.partner_id.id)
        self._create_booking()
        for user in (self.olga, self.boris, self.curator, self.eva, self.vera):
            orders = self.env["sale.order"].with_user(user)
            ruled = orders.search([("is_tour_booking", "=", True)], limit=100)
            found, _last = orders._find_tour_page(("working",), size=100)
            self.assertEqual(set(found.ids), set(ruled.ids))
            self.assertTrue(found)

    def test_ordinary_orders_are_not_listed(self):
        self.env["sale.order"].create({"partner_id": self.olga.partner_id.id})
        self.assertFalse(self._find(self.olga))

    # === Scopes === #

    def test_scopes(self):
        by_state = {
            state: self._of(self.olga, state=state)
            for state in ("new", "booked", "done", "cancelled", "reposting", "archive")
        }
        working = by_state["new"] | by_state["booked"]
        finished = by_state["done"] | by_state["cancelled"] | by_state["reposting"]
        self.assertEqual(self._find(self.olga), working)
        self.assertEqual(
            self._find(self.olga, ("working", "finished")), working | finished
        )
        self.assertEqual(self._find(self.olga, ("archive",)), by_state["archive"])

    # === Search === #

    def test_search_by_each_field(self):
        first = self._of(
            self.olga,
            self._stay([{"last_name": "Королёв", "first_name": "Юрий"}]),
            client_order_ref="PO-77",
        )
        second = self._of(
            self.olga, self._stay(date_from=self._day(30), date_to=self._day(32))
        )
        for words in (
            first.name.lower(),
            "королев",
            "юрий Коро",
            "po-77",
            "КОРОЛЕВ metran",
        ):
            self.assertEqual(self._find(self.olga, words=words), first, words)
        self.assertEqual(self._find(self.olga, words="alpina lyon"), first | second)
        self.assertFalse(self._find(self.olga, words="100%"))
        self.assertEqual(
            self._find(self.olga, service_from=self._day(3), service_to=self._day(5)),
            first,
        )
        self.assertEqual(self._find(self.olga, service_from=self._day(4)), second)
        self.assertFalse(self._find(self.olga, kind="transfer"))
        self.assertEqual(self._find(self.olga, kind="accommodation"), first | second)

    def test_search_by_the_day_it_was_created_where_he_is(self):
        self.olga.tz = "Asia/Yekaterinburg"  # Five hours before UTC.
        order = self._of(self.olga)
        self.env.cr.execute(
            "UPDATE sale_order SET create_date = '2026-06-01 20:00' WHERE id = %s",
            (order.id,),
        )
        order.invalidate_recordset()
        day = date(2026, 6, 2)
        self.assertEqual(self._find(self.olga, created_from=day), order)
        self.assertEqual(self._find(self.olga, created_from=day, created_to=day), order)
        self.assertFalse(self._find(self.olga, created_to=date(2026, 6, 1)))

    # === Sorting, pages === #

    def _make_many(self, count):
        orders = self.env["sale.order"]
        for number in range(count):
            orders |= self._of(
                self.olga, date_order=f"2026-06-{number // 2 + 1:02} 10:00:00"
            )
        return orders

    def _walk(self, user, sort, size):
        orders, key, pages = self.env["sale.order"].with_user(user), None, []
        while True:
            found, last = orders._find_tour_page(
                ("working",), sort, after=key, size=size
            )
            pages.append(found.ids)
            if not last:
                return pages
            key = parse_key(str(last))
            self.assertEqual(key, last)

    def test_pages_in_each_order(self):
        """Each booking comes once, also where several are of one moment."""
        orders = self._make_many(7)
        newest = orders.sorted(lambda o: (o.date_order, o.id), reverse=True).ids
        for user in (self.olga, self.curator):
            pages = self._walk(user, "newest", 3)
            self.assertEqual(pages, [newest[:3], newest[3:6], newest[6:]])
            pages = self._walk(user, "oldest", 3)
            self.assertEqual(sum(pages, []), newest[::-1])

    def test_unread_first_over_pages(self):
        orders = self._make_many(7)
        marks = self.env["tour.portal.mark"]
        news = [orders[2], orders[5], orders[0], orders[6]]
        moment = fields.Datetime.to_datetime("2026-07-01 10:00:00")
        for number, order in enumerate(news):
            marks._add_news(order)
            mark = marks.search(
                [("order_id", "=", order.id), ("user_id", "=", self.olga.id)]
            )
            # Since: the first of these is the latest.
            mark.unread_since = moment - timedelta(days=number)
        rest = (orders - news[0] - news[1] - news[2] - news[3]).sorted(
            lambda o: (o.date_order, o.id), reverse=True
        )
        expected = [order.id for order in news] + rest.ids
        for size in (1, 3, 4, 5):
            pages = self._walk(self.olga, "unread", size)
            self.assertEqual(sum(pages, []), expected)

    # === The page === #

    def test_page_shows_what_a_client_needs(self):
        order = self._of(
            self.olga, self._stay([{"last_name": "Ivanov", "first_name": "Ivan"}])
        )
        page = self._get(PATH).text
        for text in (order.name, order._get_tour_path(), "Alpina", "Ivanov", "10,000"):
            self.assertIn(text, page)
        self.assertNotIn("Further bookings", page)

    def test_page_leads_to_the_next(self):
        self._make_many(2)
        for number in range(PAGE_SIZE):
            self._of(self.olga, date_order=f"2026-05-01 10:00:{number:02}")
        page = self._get(f"{PATH}?sort=newest&words=metran&finished=1").text
        self.assertIn("Further bookings", page)
        path = page.split('rel="next"')[1].split('href="')[1].split('"')[0]
        for part in ("words=metran", "finished=1", "sort=newest", "after=r"):
            self.assertIn(part, path)
        page = self._get(path.replace("&amp;", "&")).text
        self.assertEqual(page.count("o_tour_row "), 2)
        self.assertIn("From the beginning", page)

    def test_who_gets_the_page(self):
        for user in (self.manager, self.accountant, self.guest):
            self.assertEqual(self._get(PATH, user).status_code, 404)
        for user in (self.olga, self.curator, self.vera):
            self.assertEqual(self._get(PATH, user).status_code, 200)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(PATH).url)

    def test_bad_input_makes_no_error(self):
        self._of(self.olga)
        for query in (
            "after=x",
            "after=r99999999999999999-1",
            "after=n0-0",
            "after[]=1",
            "sort=price",
            "kind=x",
            "words=%00",
            "words=%ED%A0%80",
            "words=" + "x" * 5000,
            "words=%25_%5C",
            "finished=x&archive=",
            "words=a&words=b",
            "sort=" + "9" * 30,
        ):
            self.assertEqual(self._get(f"{PATH}?{query}").status_code, 200, query)
        for query, text in (
            ("created_from=x", "Created from: enter a day"),
            ("service_to=2026-02-30", "Services to: enter a day"),
            ("service_from=0000-00-00", "Services from: enter a day"),
            ("created_from=2026-06-02&created_to=2026-06-01", "Created to: the period"),
        ):
            page = self._get(f"{PATH}?{query}")
            self.assertEqual(page.status_code, 200)
            self.assertIn(text, page.text)
            self.assertIn('aria-invalid="true"', page.text)

    # === Speed === #

    def test_queries_do_not_grow(self):
        counts = []
        for total in (3, 60):
            while len(self._find(self.curator)) < min(total, PAGE_SIZE):
                self._of(self.olga, self._stay([{"last_name": "Ivanov"}]))
            counts.append(self._count_queries(self.curator))
        self.assertEqual(*counts)

    def _count_queries(self, user):
        orders = self.env["sale.order"].with_user(user)
        for _round in ("to warm up", "to count"):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            found, _last = orders._find_tour_page(("working", "finished"), "unread")
            found._get_tour_rows()
        return self.cr.sql_log_count - start
