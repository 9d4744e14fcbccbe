"""Guests fill in their data (BKG-27)."""

from datetime import date

from odoo.tests import tagged

from odoo.addons.tour_booking.booking_states import MOVER

from .common import LinkHttpCommon


@tagged("post_install", "-at_install")
class TestGuestPage(LinkHttpCommon):
    def setUp(self):
        super().setUp()
        self.link, self.token = self._make_link()

    def _get_full(self, guest, **values):
        return self._guest_data(
            guest,
            **{
                "last_name": "ORLOV",
                "first_name": "OLEG",
                "middle_name": "",
                "birth_date": "1980-03-04",
                "document_number": "45 09 123456",
                "nationality": "RU",
                **values,
            },
        )

    def test_only_what_is_needed_is_shown(self):
        self.guest.write({"document_number": "SECRET-7", "birth_date": "1971-02-03"})
        text = self._get(self.token).text
        for shown in ("Жемчужина", "Сочи", "Orlov", "Petrova", "Tour Example LLC"):
            self.assertIn(shown, text)
        for hidden in (
            "SECRET",
            "1971",
            "Клиент-Энерго",
            "REF-77",
            "18,300",
            "14,222",
            "Hidden Supplier",
            "Surgut",
            "/odoo",
            "/web/login",
        ):
            self.assertNotIn(hidden, text)

    def test_page_is_fit_for_all(self):
        """Every field has a label, and what is needed says so in words."""
        page = self._parse(self._get(self.token))
        inputs = page.xpath("//input[not(@type='hidden')] | //select")
        labels = {label.get("for") for label in page.xpath("//label")}
        self.assertEqual({field.get("id") for field in inputs}, labels)
        # Six fields, three of the group and its two boxes for each of two guests.
        self.assertEqual(len(inputs), 22)
        # One of each guest, and one around his boxes.
        self.assertEqual(len(page.xpath("//fieldset/legend")), 4)
        self.assertEqual(len(page.xpath("//h1")), 1)
        self.assertIn("(needed)", self._get_text(self._get(self.token)))

    def test_all_is_saved(self):
        data = self._get_full(
            self.guest, **{"x-number": "T-5", "x-vegan": "yes", "x-grade": "b"}
        )
        data |= self._get_full(self.second, last_name="Petrova", first_name="Anna")
        answer = self._post(self.token, "save", **data)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("All data are there", self._get_text(answer))
        self.assertRecordValues(
            self.guest,
            [
                {
                    "last_name": "ORLOV",
                    "first_name": "OLEG",
                    "middle_name": False,
                    "birth_date": date(1980, 3, 4),
                    "document_number": "45 09 123456",
                    "nationality_id": self.env.ref("base.ru").id,
                }
            ],
        )
        values = dict(self.guest.guest_properties)
        known = {key: values[key] for key in ("number", "vegan", "grade")}
        self.assertEqual(known, {"number": "T-5", "vegan": True, "grade": "Second"})
        self.assertEqual(self.second.full_name, "Petrova Anna")
        # What was saved is not shown again.
        again = self._get(self.token).text
        for hidden in ("123456", "1980", "T-5"):
            self.assertNotIn(hidden, again)

    def _get_property(self, name):
        rows = self.guest.read(["guest_properties"])[0]["guest_properties"]
        return next(row.get("value") for row in rows if row["name"] == name)

    def test_boxes_are_ticked_and_kept(self):
        data = {"x-diet.milk": "yes", "x-diet.meat": "yes", "x-diet": "nuts"}
        self._post(self.token, "save", **self._guest_data(self.guest, **data))
        self.assertEqual(self._get_property("diet"), ["milk"])
        page = self._parse(self._get(self.token))
        self.assertFalse(page.xpath("//input[@checked]"), "hidden as the rest is")
        self.assertIn("Given already", page.text_content())
        # Nothing ticked is nothing said; other boxes take their place.
        self._post(self.token, "save", **self._guest_data(self.guest, last_name="Ot"))
        self.assertEqual(self._get_property("diet"), ["milk"])
        both = {"x-diet.milk": "yes", "x-diet.nuts": "yes"}
        self._post(self.token, "save", **self._guest_data(self.guest, **both))
        self.assertEqual(self._get_property("diet"), ["nuts", "milk"])

    def test_records_are_neither_shown_nor_chosen_and_kept(self):
        boss = self.env["res.partner"].create({"name": "Secret Boss"})
        rows = self.guest.read(["guest_properties"])[0]["guest_properties"]
        for row in rows:
            row["value"] = boss.id if row["name"] == "boss" else row.get("value")
        self.guest.guest_properties = rows
        text = self._get(self.token).text
        self.assertNotIn("Boss", text)
        self._post(
            self.token,
            "save",
            **self._guest_data(
                self.guest, **{"x-boss": str(self.client.id), "x-number": "T-5"}
            ),
        )
        self.assertEqual(self._get_property("number"), "T-5")
        self.assertEqual(self._get_property("boss")[0], boss.id)

    def test_part_is_saved_and_the_rest_follows(self):
        answer = self._post(
            self.token, "save", **self._guest_data(self.guest, birth_date="1980-03-04")
        )
        self.assertIn("missing still", self._get_text(answer))
        self.assertEqual(self.guest.birth_date, date(1980, 3, 4))
        # Fields left empty, as hidden ones are, stay as they are.
        self._post(
            self.token,
            "save",
            **self._guest_data(self.guest, birth_date="", document_number="AB 12345"),
        )
        self.assertEqual(self.guest.birth_date, date(1980, 3, 4))
        self.assertEqual(self.guest.document_number, "AB 12345")

    def test_what_is_wrong_is_named_and_the_rest_saved(self):
        answer = self._post(
            self.token,
            "save",
            **self._get_full(
                self.guest,
                birth_date="2999-01-01",
                document_number="<b>",
                nationality="XX",
                last_name="",
            ),
        )
        self.assertEqual(answer.status_code, 422)
        page = self._parse(answer)
        faults = page.xpath("//div[@role='alert']//a/@href")
        prefix = f"#g{self.guest.id}-"
        self.assertEqual(
            faults,
            [
                f"{prefix}last_name",
                f"{prefix}birth_date",
                f"{prefix}document_number",
                f"{prefix}nationality",
            ],
        )
        for href in faults:
            field = page.get_element_by_id(href[1:])
            self.assertEqual(field.get("aria-invalid"), "true")
            page.get_element_by_id(field.get("aria-describedby"))
        self.assertIn(
            "Orlov OLEG, Date of birth", " ".join(page.text_content().split())
        )
        # The right ones are saved, the wrong ones are there to be put right.
        self.assertEqual(self.guest.first_name, "OLEG")
        self.assertEqual(self.guest.last_name, "Orlov")
        self.assertFalse(self.guest.document_number)
        wrong = page.get_element_by_id(f"g{self.guest.id}-document_number")
        self.assertEqual(wrong.get("value"), "<b>")
        self.assertNotIn("<b>", answer.text)

    def test_guests_of_others_are_out_of_reach(self):
        other = self._create_booking(lines=[self._prepare_open_stay()])
        stranger = other.guest_ids[0]
        self._post(self.token, "save", **self._guest_data(stranger, last_name="Evil"))
        self.assertEqual(stranger.last_name, "Orlov")

    def test_link_of_a_service_is_for_its_guests(self):
        self.order.order_line = [
            (0, 0, self._prepare_transfer(guest_ids=[(0, 0, {"last_name": "Other"})]))
        ]
        _link, token = self._make_link(line_id=self.stay.id)
        self.assertNotIn("Other", self._get(token).text)
        self.assertIn("Other", self._get(self.token).text)

    def test_other_fields_are_not_written(self):
        self._post(
            self.token,
            "save",
            **self._guest_data(
                self.guest, guest_type="child", age="5", line_id="1", full_name="X"
            ),
        )
        self.assertRecordValues(
            self.guest, [{"guest_type": "adult", "age": 0, "full_name": "Orlov Oleg"}]
        )

    def test_staff_are_told_but_not_what(self):
        self._post(self.token, "save", **self._get_full(self.guest))
        message = self._get_told("guests' data")
        self.assertIn(self.manager.partner_id, message.notified_partner_ids)
        self.assertIn("Complete: 1 of 2", message.body)
        self.assertNotIn("123456", message.body)
        self.assertNotIn("1980", message.body)

    def test_nothing_new_tells_nobody(self):
        self._post(
            self.token, "save", **self._guest_data(self.guest, last_name="Orlov")
        )
        self.assertFalse(self._get_told("guests' data"))

    def test_what_is_over_asks_nothing(self):
        """A reposting corrects what was done: the guests have been there."""
        for state in ("done", "reposting", "archive"):
            self.order.with_context(tour_booking_mover=MOVER).write(
                {"booking_state": state, "state": "sale"}
            )
            self.assertTrue(self.link._is_guest_page_closed(), state)

    def test_cancelled_booking_asks_nothing(self):
        answer = self._get(self.token)
        csrf = self._parse(answer).xpath("//input[@name='csrf_token']")[0].get("value")
        self._move_to(self.order, "cancelled")
        self.assertNotIn("<form", self._get(self.token).text)
        self._post(self.token, "save", csrf=csrf, **self._get_full(self.guest))
        self.assertFalse(self.guest.document_number)
