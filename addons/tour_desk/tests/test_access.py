from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import GUEST, DeskCommon

MONEY = {"no_bill", "to_invoice", "balance", "bill"}


@tagged("post_install", "-at_install")
class TestAccess(DeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        stay = cls._stay([GUEST], date_from=cls._day(-5), date_to=cls._day(-3))
        cls.order = cls._create_booking(stay)
        cls._force_state(cls.order, "booked")
        cls._create_bill(cls.order, 9000)
        cls.free = cls._create_booking(cls._stay([GUEST]), user_id=False)
        cls.item = cls.env["tour.checklist.item"].create(
            {"order_id": cls.order.id, "name": "Call", "deadline": cls.today}
        )
        cls.both = cls.order + cls.free

    def _kinds(self, user):
        return set(self._rows(self.both, user).mapped("kind"))

    def test_each_role_sees_its_own_work(self):
        managers = {"new", "to_close", "to_invoice", "task"}
        for user, kinds in (
            (self.manager, managers),
            (self.manager_two, {"new"}),
            (self.manager_all, managers),
            (self.head, managers),
            (self.accountant, {"to_invoice", "bill"}),
            (self.director, {"bill"}),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(self._kinds(user), kinds)

    def test_others_see_nothing(self):
        for user in (self.editor, self.portal):
            for model in ("tour.today", "tour.today.snooze", "tour.checklist.item"):
                with self.subTest(user=user.login, model=model):
                    with self.assertRaises(AccessError):
                        self.env(user=user)[model].search([])

    def test_rows_of_others_are_out_of_reach(self):
        row = self._row(self.order, "to_close").with_user(self.manager_two)
        for action in ("action_do", "action_open", "action_snooze"):
            with self.subTest(action=action), self.assertRaises(UserError):
                getattr(row, action)()
        with self.assertRaises(AccessError):
            row.read(["summary"])
        with self.assertRaises(AccessError):
            self.item.with_user(self.manager_two).action_done()

    def test_nobody_writes_the_list(self):
        row = self._row(self.order, "to_close", self.head)
        for act in (
            lambda: row.write({"deadline": self._day(3)}),
            row.unlink,
            lambda: row.create({"kind": "new"}),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_other_companies_stay_apart(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.head.company_ids += company
        rows = self._rows(self.order, self.head, allowed_company_ids=company.ids)
        self.assertFalse(rows)
        self.assertTrue(self._rows(self.order, self.head))

    def test_clients_read_none_of_the_new_fields(self):
        self.order.client_user_id = self.portal
        order = self.order.with_user(self.portal)
        order.read(["name"])
        for name in ("planned_profit", "is_loss", "option_until", "checklist_ids"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                order.read([name])

    def test_profit_is_worked_out_and_not_written(self):
        order = self.order.with_user(self.manager)
        for name in ("planned_profit", "is_loss", "lacks_guests"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                order.write({name: 1})

    def test_heads_say_what_tasks_there_are(self):
        templates = self.env["tour.checklist.template"]
        templates.with_user(self.head).create({"name": "Flowers"})
        for user in (self.manager, self.accountant, self.director, self.editor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                templates.with_user(user).create({"name": "Flowers"})
