from io import BytesIO

import xlsxwriter

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NewBookingPages


def _sheet(rows):
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return content.getvalue()


@tagged("post_install", "-at_install")
class TestPages(NewBookingPages):
    def _orders(self):
        return self.env["sale.order"].search([("client_user_id", "=", self.olga.id)])

    def test_whole_way(self):
        """All steps by plain forms, as a browser without scripts sends them."""
        page = self._get("/my/tour/new")
        self.assertEqual(page.status_code, 200)
        self.assertIn('name="city"', page.text)
        answer = self._post("/my/tour/new", **self._where_form())
        self.assertEqual(answer.status_code, 303)
        draft = self.env(user=self.olga)["tour.portal.draft"]._get_unsent()
        path = self._path(draft, "hotel")
        self.assertTrue(answer.headers["Location"].endswith(path))
        page = self._get(path)
        self.assertIn("Alpina", page.text)
        self.assertIn("10,000.00", page.text)
        answer = self._post(path, hotel_id=self.hotel.id)
        path = self._path(draft, "stay")
        self.assertTrue(answer.headers["Location"].endswith(path))
        page = self._get(path).text
        self.assertIn("With breakfast", page)
        self.assertRegex(page, r'name="rate_0"[^>]*value="0"')
        answer = self._post(path, rate_0=self.rate.id, wishes="Quiet")
        path = self._path(draft, "guests")
        self.assertTrue(answer.headers["Location"].endswith(path))
        self.assertIn('name="last_0_1"', self._get(path).text)
        answer = self._post(path, last_0_0="Orlov", first_0_0="Oleg")
        path = self._path(draft, "services")
        self.assertTrue(answer.headers["Location"].endswith(path))
        page = self._post(path, add=self.transfer.id)
        self.assertIn('name="route_0"', page.text)
        answer = self._post(path, next=1)
        path = self._path(draft, "review")
        self.assertTrue(answer.headers["Location"].endswith(path))
        page = self._get(path).text
        self.assertIn("10,000.00", page)
        self.assertIn("Orlov Oleg", page)
        self.assertFalse(self._orders())
        self.env.invalidate_all()
        seen = draft._get_quote()["seen"]
        answer = self._post(path, seen=seen, agree=1)
        self.assertEqual(answer.status_code, 303)
        (order,) = self._orders()
        self.assertTrue(
            answer.headers["Location"].endswith(f"/my/tour/bookings/{order.id}?sent=1")
        )
        page = self._get(f"/my/tour/bookings/{order.id}?sent=1")
        self.assertIn("Your booking was sent", page.text)
        # Pressed once more, and gone back to: the same booking.
        for _time in range(2):
            answer = self._post(path, seen=seen, agree=1)
            self.assertIn(f"/my/tour/bookings/{order.id}", answer.headers["Location"])
        for step in ("where", "hotel", "stay", "guests", "services", "review"):
            answer = self._get(self._path(draft, step))
            self.assertEqual(answer.status_code, 303)
        self.assertEqual(self._orders(), order)

    def test_begun_twice_is_one_draft(self):
        token = self.env["tour.portal.once"]._new_token()
        places = {
            self._post("/my/tour/new", once=token, **self._where_form()).headers[
                "Location"
            ]
            for _time in range(2)
        }
        self.assertEqual(len(places), 1)
        drafts = self.env(user=self.olga)["tour.portal.draft"]
        self.assertEqual(len(drafts._get_unsent()), 1)

    def test_faults_name_the_field(self):
        page = self._post("/my/tour/new", **self._where_form(city="", date_to="x"))
        self.assertEqual(page.status_code, 200)
        for name in ("city", "date_to"):
            self.assertIn(f'href="#tour_{name}"', page.text)
            self.assertIn(f'id="tour_{name}_error"', page.text)
        # What was typed is there still.
        self.assertIn(f'value="{self._day(10)}"', page.text)

    def test_rooms_more_and_less(self):
        page = self._post("/my/tour/new", add=1, **self._where_form(city="Ly"))
        self.assertIn('name="rooms_1"', page.text)
        self.assertIn('value="Ly"', page.text)
        form = self._where_form(city="Ly", rooms_1="3", adults_1="1", ages_1="7")
        page = self._post("/my/tour/new", **form)
        for index in ("0", "1"):
            self.assertRegex(page.text, rf'name="drop"[^>]*value="{index}"')
        page = self._post("/my/tour/new", drop="0", **form)
        self.assertNotIn('name="rooms_1"', page.text)
        self.assertIn('value="7"', page.text)
        self.assertFalse(self.env["tour.portal.draft"].search([]))

    # === The price changed === #

    def test_nothing_is_sent_if_the_price_changed(self):
        draft = self._full()
        path = self._path(draft, "review")
        seen = draft._get_quote()["seen"]
        self.rate.rack_price = 6000
        page = self._post(path, seen=seen, agree=1)
        self.assertEqual(page.status_code, 200)
        self.assertIn("the price changed", page.text)
        self.assertIn("12,000.00", page.text)
        self.assertFalse(self._orders())
        seen = draft._get_quote()["seen"]
        self.assertEqual(self._post(path, seen=seen, agree=1).status_code, 303)
        self.assertEqual(self._orders().amount_total, 12000.0)

    def test_not_sent_without_agreement(self):
        draft = self._full()
        page = self._post(self._path(draft, "review"), seen=draft._get_quote()["seen"])
        self.assertIn('id="tour_agree_error"', page.text)
        self.assertFalse(self._orders())

    def test_closed_hotel_leads_to_its_step(self):
        draft = self._full()
        seen = draft._get_quote()["seen"]
        self.hotel.client_bookable = False
        page = self._post(self._path(draft, "review"), seen=seen, agree=1)
        self.assertEqual(page.status_code, 200)
        self.assertIn("cannot be booked here any more", page.text)
        self.assertIn(self._path(draft, "hotel"), page.text)
        self.assertFalse(self._orders())

    def test_step_before_its_turn(self):
        draft = self._draft()
        for step in ("stay", "guests", "services", "review"):
            answer = self._get(self._path(draft, step))
            self.assertEqual(answer.status_code, 303)
            self.assertTrue(
                answer.headers["Location"].endswith(self._path(draft, "hotel"))
            )

    # === Guests of sheets === #

    def test_guests_of_a_sheet(self):
        draft = self._full(where={"ages_0": "0"})
        rows = [
            ["No", "Last name", "First name", "Middle name", "Born"],
            [1, "Ivanov", "Ivan", "", "1980-02-01"],
            [2, "Ivanova", "Eva", "", 0],
            [3, 42],
        ]
        path = self._path(draft, "guests")
        page = self._post(path, files={"sheet": ("g.xlsx", _sheet(rows))}, take=1).text
        self.assertIn('value="1980-02-01"', page)
        self.assertIn('value="Eva"', page)
        # An infant's age is no empty one.
        self.assertIn('value="0"', page)
        self.assertIn("Row 4", page)

    def test_csv(self):
        draft = self._full()
        content = "Фамилия;Имя\nПетров;Пётр\nОрлов;Олег\n".encode("cp1251")
        path = self._path(draft, "guests")
        page = self._post(path, files={"sheet": ("g.csv", content)}, take=1).text
        self.assertIn('value="Пётр"', page)
        self.assertIn('value="Олег"', page)

    def test_files_that_are_no_sheets(self):
        draft = self._full()
        path = self._path(draft, "guests")
        contents = {
            "empty": b"",
            "pdf": b"%PDF-1.7\n",
            "zip": b"PK\x03\x04" + b"\0" * 100,
            "binary": bytes(range(256)) * 20,
            "big": b"a;b\n" * 600_000,
        }
        for name, content in contents.items():
            with self.subTest(name=name):
                file = (f"{name}.xlsx", content)
                page = self._post(path, files={"sheet": file}, take=1)
                self.assertEqual(page.status_code, 200)
                self.assertIn("alert-warning", page.text)

    def test_biggest_group(self):
        """As many guests as can be set: their form has too many inputs for no one."""
        self.env.company.write(
            {"tour_new_booking_rooms": 75, "tour_new_booking_guests": 150}
        )
        draft = self._full(where={"rooms_0": "75"})
        form = {}
        for number in range(150):
            form |= self._guest_form(
                (f"0_{number}", (f"A{number}", "B", "C", "1990-01-01", ""))
            )
        path = self._path(draft, "guests")
        answer = self._post(path, files={"sheet": ("", b"")}, **form)
        self.assertEqual(answer.status_code, 303)
        self.env.invalidate_all()
        self.assertEqual(len(draft.data["guests"][0]), 150)
        self.assertEqual(len(self._send(draft).order_line.guest_ids), 150)

    # === Drafts === #

    def test_draft_goes_on(self):
        draft = self._draft()
        for url in ("/my/tour", "/my/tour/new"):
            self.assertIn(f'href="/my/tour/new/{draft.id}"', self._get(url).text)
        answer = self._get(f"/my/tour/new/{draft.id}")
        self.assertTrue(answer.headers["Location"].endswith(self._path(draft, "hotel")))

    def test_draft_is_deleted(self):
        draft = self._draft()
        url = f"/my/tour/new/{draft.id}/delete"
        for _time in range(2):
            self.assertEqual(self._post(url).status_code, 303)
        self.assertFalse(draft.exists())

    # === Who may === #

    def test_others_find_nothing(self):
        draft = self._full()
        seen = draft._get_quote()["seen"]
        urls = [
            f"/my/tour/new/{draft.id}",
            *(
                self._path(draft, step)
                for step in ("where", "hotel", "stay", "guests", "services", "review")
            ),
        ]
        for user in (self.boris, self.curator, self.eva, self.vera):
            for url in urls:
                self.assertEqual(self._get(url, user).status_code, 404, url)
            answer = self._post(urls[-1], user, seen=seen, agree=1)
            self.assertEqual(answer.status_code, 404)
            self._post(f"/my/tour/new/{draft.id}/delete", user)
        self.assertTrue(draft.exists())
        self.assertFalse(self._orders())

    def test_only_clients(self):
        for user in (self.stranger, self.manager):
            for url in (
                "/my/tour/new",
                "/my/tour/new/cities?q=ly",
                f"/my/tour/new/picture/{self.hotel.id}",
                "/my/tour/new/1",
            ):
                self.assertEqual(self._get(url, user).status_code, 404, url)
            answer = self._post("/my/tour/new", user, **self._where_form())
            self.assertEqual(answer.status_code, 404)
        self.authenticate(None, None)
        answer = self.url_open("/my/tour/new", allow_redirects=False)
        self.assertIn("/web/login", answer.headers["Location"])

    def test_cities(self):
        self.assertEqual(self._get("/my/tour/new/cities?q=lyo").json(), ["Lyon"])
        for query in ("", "?q=", "?q=l", "?q=%00%00", "?q=%25%25", "?x=1"):
            self.assertEqual(self._get(f"/my/tour/new/cities{query}").json(), [])

    def test_picture(self):
        url = f"/my/tour/new/picture/{self.hotel.id}"
        self.assertEqual(self._get(url).status_code, 404)
        self.hotel.client_picture = (
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
            "awAAAABJRU5ErkJggg=="
        )
        answer = self._get(url)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        draft = self._draft()
        self.assertIn(url, self._get(self._path(draft, "hotel")).text)
        self.hotel.client_bookable = False
        self.assertEqual(self._get(url).status_code, 404)

    # === Bad input === #

    @mute_logger("odoo.http")
    def test_odd_addresses(self):
        draft = self._draft()
        for part in ("0", "-1", "x", str(2**31), str(2**63)):
            answer = self._get(f"/my/tour/new/{part}/hotel")
            self.assertIn(answer.status_code, (404, 400), part)
        for after in ("0", "-1", "x", str(2**63), "%00", "9" * 500):
            url = f"{self._path(draft, 'hotel')}?after={after}"
            self.assertEqual(self._get(url).status_code, 200, after)

    def test_odd_forms(self):
        """Nothing, too much, other names, signs that no text has: no fault of ours."""
        draft = self._full()
        odd = {
            f"x{number}": "\0\ud800".encode("utf-8", "replace").decode()
            for number in range(50)
        }
        big = {
            name: "9" * 5000
            for name in (
                "city",
                "date_from",
                "rooms_0",
                "adults_0",
                "ages_0",
                "client",
                "hotel_id",
                "rate_0",
                "hour_from",
                "wishes",
                "last_0_0",
                "birth_0_0",
                "age_0_0",
                "paste",
                "type_0",
                "date_0",
                "add",
                "drop",
                "seen",
            )
        }
        for step in ("where", "hotel", "stay", "guests", "services", "review"):
            for form in ({}, odd, big, dict.fromkeys(big, "\0"), {"add": "1"}):
                answer = self._post(self._path(draft, step), **form)
                self.assertIn(answer.status_code, (200, 303), (step, form))
        self.assertFalse(self._orders())

    def test_nothing_inner_is_told(self):
        self.hotel.write({"note": "SECRET", "commission_percent": 12.34})
        self.rate.write({"net_price": 4321.0})
        draft = self._full()
        for step in ("where", "hotel", "stay", "guests", "services", "review"):
            page = self._get(self._path(draft, step)).text
            for secret in ("SECRET", "12.34", "4321", "4,321", self.supplier.name):
                self.assertNotIn(secret, page, step)
