from collections import Counter

from freezegun import freeze_time

from odoo import fields
from odoo.tests import TransactionCase, tagged

from odoo.addons.tour.demo import story_bookings, story_hotels, story_people
from odoo.addons.tour.demo.load_people import read_logins
from odoo.addons.tour.demo.stage import Stage, make_account, make_tax_id
from odoo.addons.tour_booking.booking_states import STATE_CODES
from odoo.addons.tour_document.models.tour_document import DOCUMENT_KINDS
from odoo.addons.tour_partner import requisites


def get_told(env, kind):
    """All records of the story of one kind, as `Stage.keep` keeps them."""
    known = env["ir.model.data"].search(
        [("module", "=", "tour"), ("name", "=like", f"demo_{kind}_%")]
    )
    return env[known[:1].model].browse(known.mapped("res_id"))


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    """The story is loaded into a company without a past, whatever the flags."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.before = cls.env["sale.order"].search([])
        cls.is_loaded = cls.env["tour.demo"]._load()
        cls.env.flush_all()
        cls.env.invalidate_all()
        if not cls.is_loaded:
            cls.before = cls.before.browse()
        cls.orders = cls.env["sale.order"].search([("is_tour_booking", "=", True)])
        cls.orders -= cls.before
        # Bookings that are changed later on have tests of their own.
        cls.orders -= get_told(cls.env, "booking")

    def test_story_has_bookings_in_all_statuses(self):
        self.assertEqual(len(story_bookings.BOOKINGS), 62)
        told = {row[0] for row in story_bookings.BOOKINGS}
        self.assertEqual(told, set(STATE_CODES))

    def test_bookings_are_in_the_statuses_of_the_story(self):
        expected = Counter(row[0] for row in story_bookings.BOOKINGS)
        self.assertEqual(Counter(self.orders.mapped("booking_state")), expected)

    def test_bookings_came_there_by_moves(self):
        for order in self.orders.filtered(lambda order: order.booking_state != "new"):
            events = order.status_event_ids.sorted("id")
            states = ["new", *events.mapped("to_state")]
            self.assertEqual(events.mapped("from_state"), states[:-1])
            self.assertEqual(states[-1], order.booking_state)
            self.assertEqual(events, events.sorted("date"))
            self.assertGreaterEqual(events[0].date, order.date_order)

    def test_days_are_around_today(self):
        today = self.env.cr.now().date()
        days = [(order.service_date_from - today).days for order in self.orders]
        self.assertLess(min(days), -30)
        self.assertGreater(max(days), 30)
        self.assertTrue(all(order.service_summary for order in self.orders))

    def test_money_of_the_story(self):
        done = self.orders.filtered(lambda order: order.booking_state == "done")
        self.assertTrue(all(done.mapped("invoices_paid")))
        unpaid = self.orders.filtered(
            lambda order: order.invoice_ids and not order.invoices_paid
        )
        self.assertTrue(unpaid)
        refunds = Counter(self.orders.mapped("refund_state"))
        self.assertEqual((refunds["asked"], refunds["done"]), (1, 1))
        self.assertTrue(
            self.orders.bill_ids.filtered(lambda bill: bill._is_tour_paid())
        )
        self.assertEqual(sum(self.orders.mapped("has_penalty")), 2)

    def test_conversations_ratings_and_papers(self):
        self.assertGreaterEqual(len(self.orders.filtered("client_unread_count")), 6)
        ratings = self.env["rating.rating"].search(
            [("res_model", "=", "sale.order"), ("res_id", "in", self.orders.ids)]
        )
        self.assertEqual(set(ratings.mapped("rating")), {5.0, 2.0})
        papers = self.env["tour.document"].search([("order_id", "in", self.orders.ids)])
        self.assertGreaterEqual(
            set(papers.mapped("kind")), set(dict(DOCUMENT_KINDS)), "one of each kind"
        )
        invoices = papers.filtered(lambda paper: paper.kind == "invoice")
        self.assertEqual(
            set(invoices.mapped("row_layout")), {"plain", "commission", "parts"}
        )
        self.assertTrue(all(paper.current_version_id for paper in papers))

    def test_every_login_is_there_with_its_role(self):
        logins = {who["login"] for who in read_logins()}
        told = {"admin", *story_people.STAFF, *story_people.CLIENT_USERS}
        self.assertEqual(logins, told)
        for login, (_name, role, *_rest) in story_people.STAFF.items():
            user = self.env.ref(f"tour.demo_user_{login}")
            self.assertTrue(user.has_group(f"tour_partner.tour_group_{role}"))
        for login, values in story_people.CLIENT_USERS.items():
            user = self.env.ref(f"tour.demo_user_{login}")
            self.assertTrue(user.share)
            self.assertEqual(user.is_curator, values[3])

    def test_hotels_have_rooms_rates_and_prices(self):
        self.assertEqual(len(story_hotels.HOTELS), 12)
        self.assertEqual(len(story_hotels.CITIES), 4)
        for key in story_hotels.HOTELS:
            hotel = self.env.ref(f"tour.demo_hotel_{key}")
            self.assertTrue(hotel.room_ids.rate_ids)
            self.assertTrue(all(hotel.rate_ids.mapped("rack_price")))

    def test_guests_of_groups_have_their_fields(self):
        client = self.env.ref("tour.demo_client_steel")
        order = self.orders.filtered(lambda order: order.partner_id == client)[:1]
        self.assertEqual(
            set(dict(order.guest_ids[:1].guest_properties)),
            {"badge", "trip", "department"},
        )

    def test_no_mail_leaves_the_story(self):
        partners = self.orders.partner_id | self.orders.client_user_id.partner_id
        mails = self.env["mail.mail"].search(
            [("state", "=", "outgoing"), ("recipient_ids", "in", partners.ids)]
        )
        self.assertFalse(mails)

    def test_numbers_are_well_formed_and_of_no_real_region(self):
        for number in (make_tax_id(7), make_tax_id(7, sole_trader=True)):
            self.assertTrue(number.startswith("00"))
            self.assertIsNone(requisites.check_tax_id("RU", number))
        account = make_account(7, "040000111")
        self.assertIsNone(requisites.check_account(account, "040000111"))

    @freeze_time("2026-11-22 22:30:00")
    def test_it_is_today_where_the_story_is(self):
        """Late in the evening, too, and for whoever acts in it."""
        stage = Stage(self.env(context={"tz": "UTC"}))
        director = get_told(self.env, "user").filtered(
            lambda user: user.login == "director"
        )
        acting = stage.env(user=director.id)["res.users"]
        self.assertEqual(str(stage.today), "2026-11-23")
        self.assertEqual(str(fields.Date.context_today(acting)), "2026-11-23")

    def test_the_story_is_told_once(self):
        self.assertFalse(self.env["tour.demo"]._load())
