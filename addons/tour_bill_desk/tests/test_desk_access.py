from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import BillDeskCommon


@tagged("post_install", "-at_install")
class TestDeskAccess(BillDeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.staff = {
            "manager": cls.manager,
            "head": cls.head,
            "director": cls.director,
            "accountant": cls.accountant,
            "editor": cls._create_staff("editor", "hotel_editor"),
            "admin": cls._create_staff("boss", "admin"),
            "client": cls.olga,
        }

    def _get_allowed(self, call):
        """Names of those who are not refused."""
        allowed = set()
        for name, user in self.staff.items():
            try:
                call(self.moves.with_user(user))
            except AccessError:
                continue
            allowed.add(name)
        return allowed

    def test_each_queue_is_for_its_people(self):
        self.assertEqual(
            self._get_allowed(lambda moves: moves.bill_desk_next("accounting")),
            {"accountant", "admin"},
        )
        self.assertEqual(
            self._get_allowed(lambda moves: moves.bill_desk_next("director")),
            {"director", "admin"},
        )
        self.assertEqual(
            self._get_allowed(lambda moves: moves.bill_desk_week()),
            {"director", "admin"},
        )

    def test_acts_are_for_their_people(self):
        bill = self._create_handed()
        seen = bill.tour_bill_last_event
        for name in ("manager", "head", "director", "editor", "client"):
            moves = self.moves.with_user(self.staff[name])
            for call, args in (
                (moves.bill_desk_act, ("accounting", bill.id, "order", seen)),
                (moves.bill_desk_keep, ("accounting", bill.id, seen)),
                (moves.bill_desk_skip, ("accounting", bill.id)),
            ):
                with self.subTest(name, call=call), self.assertRaises(AccessError):
                    call(*args)
        self.assertEqual(bill.tour_bill_state, "accounting")
        self.assertFalse(self._get_held(bill))

    def test_a_limit_of_authority_opens_the_director_s_desk(self):
        bill = self._create_large()
        self.env["tour.bill.authority"].create(
            {"user_id": self.accountant.id, "limit": 300000.0}
        )
        shown = self._next(self.accountant, "director")
        self.assertEqual(shown["bill"]["id"], bill.id)
        self._do(self.accountant, shown, "approve", "director")
        self.assertEqual(bill.tour_bill_state, "accounting")
        with self.assertRaises(AccessError):
            self.moves.with_user(self.accountant).bill_desk_week()

    def test_a_substitute_works_at_the_director_s_desk(self):
        self._create_large()
        self.env["tour.bill.substitute"].create(
            {
                "user_id": self.director.id,
                "substitute_id": self.head.id,
                "date_to": self._day(1),
            }
        )
        shown = self._next(self.head, "director")
        self._do(self.head, shown, "approve", "director")
        event = self.env["tour.bill.event"].search([], limit=1)
        self.assertEqual(event.substituted_id, self.director)

    def _has_menu(self, user):
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        return self.env.ref("tour_bill_desk.tour_bill_menu_director").id in menus

    def test_menu_for_whoever_may_approve(self):
        self.assertTrue(self._has_menu(self.director))
        self.assertFalse(self._has_menu(self.accountant))
        self.assertFalse(self._has_menu(self.manager))
        limit = self.env["tour.bill.authority"].create(
            {"user_id": self.accountant.id, "limit": 10.0}
        )
        self.assertTrue(self._has_menu(self.accountant))
        limit.limit = 0.0
        self.assertFalse(self._has_menu(self.accountant))
        stands_in = self.env["tour.bill.substitute"].create(
            {
                "user_id": self.director.id,
                "substitute_id": self.manager.id,
                "date_from": self._day(1),
                "date_to": self._day(2),
            }
        )
        self.assertTrue(self._has_menu(self.manager))
        stands_in.unlink()
        self.assertFalse(self._has_menu(self.manager))

    def test_what_makes_no_sense_is_refused(self):
        bill = self._create_large()
        shown = self._next(self.director, "director")["bill"]
        moves = self.moves.with_user(self.director)
        good = {
            "queue": "director",
            "bill_id": bill.id,
            "act": "approve",
            "seen": shown["seen"],
        }
        for wrong in (
            {"queue": "nobody"},
            {"queue": ["director"]},
            {"queue": None},
            {"bill_id": str(bill.id)},
            {"bill_id": True},
            {"bill_id": [bill.id]},
            {"bill_id": 0},
            {"bill_id": 2**40},
            {"bill_id": 2**31 - 1},
            {"act": "order"},
            {"act": "close"},
            {"act": ["approve"]},
            {"act": "_apply_bill_approve"},
            {"seen": None},
            {"seen": 0},
            {"seen": False},
            {"seen": shown["seen"] - 1},
            {"seen": str(shown["seen"])},
            {"values": "all"},
            {"values": {"note": 7}},
            {"values": {"note": "x" * 10_001}},
            {"values": {"amount": "1"}},
            {"values": {"amount": True}},
            {"values": {"amount": float("nan")}},
            {"values": {"amount": float("inf")}},
            {"values": {"amount": -1}},
            {"values": {"pay_date": 20260101}},
            {"values": {"pay_date": "2026-13-45"}},
            {"values": {"pay_date": "2020-01-01"}},
            {"values": {"journal_id": 1}},
            {"values": {"tour_bill_state": "paid"}},
            {"skipped": "all"},
            {"skipped": [str(bill.id)]},
            {"skipped": [2**40]},
            {"skipped": [1] * 1001},
        ):
            with self.subTest(wrong), self.assertRaises(UserError):
                moves.bill_desk_act(**(good | wrong))
        self.assertEqual(bill.tour_bill_state, "director")

    def test_other_documents_are_no_bills(self):
        invoice = self._create_shown()
        seen = self._create_large().tour_bill_last_event
        moves = self.moves.with_user(self.director)
        for call in (
            lambda: moves.bill_desk_act("director", invoice.id, "approve", seen),
            lambda: moves.bill_desk_keep("director", invoice.id, seen),
            lambda: moves.bill_desk_skip("director", invoice.id),
        ):
            with self.assertRaisesRegex(UserError, "no longer there"):
                call()

    def test_a_bill_of_another_company_is_left_alone(self):
        bill = self._create_handed()
        other = self.env["res.company"].create({"name": "Other"})
        self.accountant.write({"company_ids": [(4, other.id)]})
        both = [other.id, self.env.company.id]
        moves = self.moves.with_user(self.accountant).with_context(
            allowed_company_ids=both
        )
        self.assertEqual(moves.bill_desk_next("accounting")["bill"], False)
        with self.assertRaisesRegex(UserError, "no longer there"):
            moves.bill_desk_keep("accounting", bill.id, bill.tour_bill_last_event)
        self.assertFalse(self._get_held(bill))

    def test_keeping_takes_no_bill_of_another_queue(self):
        bill = self._create_large()
        with self.assertRaises(UserError):
            self.moves.with_user(self.accountant).bill_desk_keep(
                "accounting", bill.id, bill.tour_bill_last_event
            )
        self.assertFalse(self._get_held(bill))
