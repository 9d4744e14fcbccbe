from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..models import tour_portal_draft
from .common import NewBookingCommon


@tagged("post_install", "-at_install")
class TestSend(NewBookingCommon):
    def test_booking_of_a_client(self):
        """As clients' bookings come in: new, his, and dealt to the manager."""
        draft = self._full(
            stay={
                "rate_0": str(self.rate.id),
                "hour_from": "10:30",
                "wishes": "High floor",
                "reference": "PO-17",
            }
        )
        order = self._send(draft)
        self.assertRecordValues(
            order,
            [
                {
                    "is_tour_booking": True,
                    "booking_state": "new",
                    "created_by_client": True,
                    "client_user_id": self.olga.id,
                    "partner_id": self.client_company.id,
                    "user_id": self.manager.id,
                    "client_order_ref": "PO-17",
                }
            ],
        )
        self.assertRecordValues(
            order.order_line,
            [
                {
                    "hotel_id": self.hotel.id,
                    "room_id": self.room.id,
                    "rate_id": self.rate.id,
                    "rooms": 1,
                    "nights": 2,
                    "early_arrival": True,
                    "hour_from": 10.5,
                    "service_text": "High floor",
                    # 2 nights of 5000, and half a night before the check-in hour.
                    "price_total": 12500.0,
                }
            ],
        )
        self.assertFalse(order.order_line.sudo().overwritten_fields)
        self.assertEqual(order.order_line.guest_ids.full_name, "Orlov Oleg")

    def test_manager_is_told_at_once(self):
        order = self._send(self._full())
        message = self.env["mail.message"].search(
            [
                ("model", "=", "sale.order"),
                ("res_id", "=", order.id),
                ("message_type", "=", "user_notification"),
            ]
        )
        self.assertEqual(message.partner_ids, self.manager.partner_id)
        self.assertIn(order.name, message.subject)

    def test_heads_are_told_when_nobody_takes_bookings(self):
        self.manager.may_take_bookings = False
        order = self._send(self._full())
        self.assertFalse(order.user_id)
        message = (
            self.env["mail.message"]
            .search([("model", "=", "sale.order"), ("res_id", "=", order.id)])
            .filtered(lambda message: message.message_type == "user_notification")
        )
        self.assertIn(self.head.partner_id, message.partner_ids)
        self.assertNotIn(self.manager.partner_id, message.partner_ids)
        self.assertIn("nobody takes", message.subject)

    def test_sent_twice_is_one_booking(self):
        draft = self._full()
        stays = draft._get_stays()
        quote = draft._get_quote(stays)
        order = draft._send(stays, quote)
        self.assertEqual(draft._send(stays, quote), order)
        self.assertEqual(
            self.env["sale.order"].search_count(
                [("client_user_id", "=", self.olga.id)]
            ),
            1,
        )

    def test_sent_draft_keeps_no_names(self):
        draft = self._full()
        self._send(draft)
        self.assertFalse(draft.data)
        self.assertFalse(draft._get_unsent())

    def test_infants_children_and_adults(self):
        born = self._day(10)
        draft = self._full(
            where={"adults_0": "1", "ages_0": "0, 5, 1"},
            stay={"rate_0": "0"},
            guests=[
                ("0_0", ("Orlova", "Anna", "", "1990-01-31", "")),
                ("0_1", ("Orlova", "Eva", "", "", "0")),
                ("0_2", ("Orlov", "Ivan", "", "", "5")),
                # One year old on the very day of arrival.
                ("0_3", ("Orlov", "Petr", "", str(born.replace(year=born.year - 1)))),
            ],
        )
        self.assertRecordValues(
            self._send(draft).order_line.guest_ids,
            [
                {"first_name": "Anna", "guest_type": "adult", "age": 0},
                {"first_name": "Eva", "guest_type": "infant", "age": 0},
                {"first_name": "Ivan", "guest_type": "child", "age": 5},
                {"first_name": "Petr", "guest_type": "child", "age": 1},
            ],
        )

    def test_several_rooms(self):
        """A line for rooms that are alike, each with its guests and rate."""
        draft = self._full(
            where={"rooms_0": "2", "rooms_1": "1", "adults_1": "1"},
            stay={"rate_0": str(self.rate.id), "rate_1": str(self.bb.id)},
            guests=[("0_0", ("Ivanov",)), ("0_3", ("Petrov",)), ("1_0", ("Orlov",))],
        )
        order = self._send(draft)
        self.assertRecordValues(
            order.order_line,
            [
                {"rooms": 2, "rate_id": self.rate.id, "price_total": 20000.0},
                {"rooms": 1, "rate_id": self.bb.id, "price_total": 11200.0},
            ],
        )
        self.assertEqual(order.amount_total, 31200.0)

    def test_other_services(self):
        draft = self._full(
            more={
                "type_0": str(self.transfer.id),
                "date_0": str(self._day(10)),
                "hour_0": "09:15",
                "route_0": "Airport – Alpina",
                "transport_number_0": "SU 1234",
                "type_1": str(self.other.id),
                "date_1": str(self._day(9)),
                "text_1": "A visa",
            }
        )
        quote = draft._get_quote()
        self.assertFalse(quote["is_whole"])
        self.assertEqual(quote["total"], 10000.0)
        lines = self._send(draft).order_line
        self.assertRecordValues(
            lines[1:],
            [
                {
                    "service_type_id": self.transfer.id,
                    "route": "Airport – Alpina",
                    "hour_from": 9.25,
                    "transport_number": "SU 1234",
                    "price_total": 0.0,
                },
                {
                    "service_type_id": self.other.id,
                    "route": False,
                    "hour_from": 0.0,
                    "transport_number": False,
                    "price_total": 0.0,
                },
            ],
        )

    def test_hotel_in_ones_own_words(self):
        draft = self._draft(hotel=self.env["tour.hotel"], stay={"rate_0": "0"})
        draft._keep("hotel", {"id": 0, "name": "", "text": "The one by the lake"})
        draft._keep(
            "stay",
            {"rates": [0], "hour_from": None, "hour_to": None}
            | {"wishes": "Quiet", "reference": ""},
        )
        line = self._send(draft).order_line
        self.assertFalse(line.hotel_id)
        self.assertEqual(line.service_text, "Lyon\nThe one by the lake\nQuiet")
        self.assertFalse(line.early_arrival or line.late_departure)

    # === For whom === #

    def test_for_whom_one_may_book(self):
        """Himself or his company; a curator also for its subsidiaries."""
        part = self.env["res.partner"].create(
            {
                "name": "Metran North",
                "is_company": True,
                "tour_client_corporate": True,
                "parent_id": self.client_company.id,
            }
        )
        expected = {
            self.olga: self.client_company,
            self.curator: self.client_company + part,
            self.eva: self.other_company,
            self.vera: self.vera.partner_id,
            self.stranger: self.env["res.partner"],
            self.manager: self.env["res.partner"],
        }
        for user, partners in expected.items():
            with self.subTest(user=user.login):
                self.assertEqual(user._get_bookable_clients(), partners)

    def test_nobody_books_for_another_client(self):
        for user in (self.olga, self.curator):
            draft = self._full(user, where={"client": str(self.other_company.id)})
            self.assertEqual(self._send(draft).partner_id, self.client_company)

    def test_who_is_no_client_any_more(self):
        draft = self._full()
        self.client_company.tour_client_corporate = False
        self.assertIn("where", draft._get_faults())

    def test_individual(self):
        order = self._send(self._full(self.vera))
        self.assertEqual(order.partner_id, self.vera.partner_id)
        self.assertEqual(order.client_user_id, self.vera)

    # === Rights === #

    def test_draft_is_for_its_user_only(self):
        draft = self._full()
        for user in (self.boris, self.curator, self.eva, self.vera):
            with self.subTest(user=user.login):
                mine = draft.with_user(user)
                self.assertFalse(mine._find_own(draft.id))
                self.assertFalse(mine._get_unsent())
                with self.assertRaises(AccessError):
                    mine.read(["data"])
        for user in (self.manager, self.head):
            with self.assertRaises(AccessError):
                draft.with_user(user).read(["data"])

    def test_nobody_writes_drafts(self):
        draft = self._full()
        admin = new_test_user(
            self.env, "tour_boss", groups="tour_partner.tour_group_admin"
        )
        for user in (self.olga, admin):
            mine = draft.with_user(user)
            self.assertTrue(mine.read(["summary"]))
            with self.assertRaises(AccessError):
                mine.write({"data": {}})
            with self.assertRaises(AccessError):
                mine.unlink()
            with self.assertRaises(AccessError):
                mine.create({"user_id": user.id, "company_id": 1})

    # === Drafts === #

    def test_not_too_many_drafts(self):
        draft = self._draft()
        self.patch(tour_portal_draft, "MAX_DRAFTS", 1)
        with self.assertRaisesRegex(UserError, "not sent"):
            draft._begin(draft.data["where"])

    def test_old_drafts_are_erased(self):
        old, new = self._full(), self._full()
        self.env.company.tour_draft_days = 10
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE tour_portal_draft SET write_date = write_date"
            " - INTERVAL '11 days' WHERE id = %s",
            [old.id],
        )
        self.env.invalidate_all()
        self.env["tour.portal.draft"]._cron_erase_old()
        self.assertFalse(old.exists())
        self.assertTrue(new.exists())

    def test_other_rooms_keep_guests(self):
        draft = self._full(guests=[("0_0", ("Orlov",)), ("0_1", ("Petrov",))])
        where, _faults, _cities = draft._read_where(
            self._where_form(adults_0="1", rooms_1="1", adults_1="1"), draft.company_id
        )
        draft._keep("where", where)
        self.assertEqual(draft._get_open_step(), "stay")
        names = [[guest["last"] for guest in room] for room in draft.data["guests"]]
        self.assertEqual(names, [["Orlov"], ["Petrov"]])

    def test_another_city_drops_the_hotel(self):
        self.env["tour.city"].create(
            {"name": "Nice", "country_id": self.env.ref("base.fr").id}
        )
        draft = self._full()
        where, _faults, _cities = draft._read_where(
            self._where_form(city="Nice"), draft.company_id
        )
        draft._keep("where", where)
        self.assertEqual(draft._get_open_step(), "hotel")
        self.assertNotIn("stay", draft.data)
