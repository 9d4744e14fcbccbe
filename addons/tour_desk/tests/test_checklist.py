from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import GUEST, DeskCommon


@tagged("post_install", "-at_install")
class TestChecklist(DeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.names = cls._template("Names", "accommodation", "arrival", -3)
        cls.driver = cls._template("Driver", "transfer", "arrival", -1)
        cls.told = cls._template(
            "Told", "transfer", "previous", 1, after_id=cls.driver.id
        )
        cls.letter = cls._template("Letter", False, "confirmation", 2, sequence=50)
        cls.check = cls._template(
            "Check", False, "departure", 1, sequence=60, role="accountant"
        )
        cls.flowers = cls._template(
            "Flowers", False, "arrival", 0, role="user", user_id=cls.manager_two.id
        )

    @classmethod
    def _template(cls, name, kind, anchor, days, **values):
        return cls.env["tour.checklist.template"].create(
            {
                "name": name,
                "service_kind": kind,
                "anchor": anchor,
                "days": days,
                **values,
            }
        )

    @classmethod
    def _confirm(cls, order):
        cls._force_state(order, "accepted")
        order.with_user(cls.manager)._move_to("confirmed")
        return order

    def _booking(self, *services):
        """Arrival in 10 days, departure in 12, transfer in 11."""
        stay = self._stay([GUEST], date_from=self._day(10), date_to=self._day(12))
        taxi = self._transfer(date_from=self._day(11))
        return self._create_booking(*(services or (stay, taxi)))

    def _item(self, order, name):
        return order.checklist_ids.filtered(lambda item: item.name == name)

    def test_tasks_come_with_the_confirmation(self):
        order = self._booking()
        self.assertFalse(order.checklist_ids)
        self._confirm(order)
        self.assertEqual(
            {
                (item.name, item.deadline, item.user_id, item.is_waiting)
                for item in order.checklist_ids
            },
            {
                ("Names", self._day(7), self.manager, False),
                ("Driver", self._day(10), self.manager, False),
                ("Told", False, self.manager, True),
                ("Letter", self._day(2), self.manager, False),
                ("Check", self._day(13), self.env["res.users"], False),
                ("Flowers", self._day(10), self.manager_two, False),
            },
        )
        self.assertEqual(self._item(order, "Told").after_id.name, "Driver")

    def test_only_those_of_its_services(self):
        order = self._confirm(
            self._booking(
                self._stay([GUEST], date_from=self._day(10), date_to=self._day(12))
            )
        )
        self.assertEqual(
            set(order.checklist_ids.mapped("name")),
            {"Names", "Letter", "Check", "Flowers"},
        )

    def test_a_task_without_the_one_before_is_counted_from_the_confirmation(self):
        late = self._template(
            "Late", "accommodation", "previous", 4, after_id=self.driver.id
        )
        stay = self._stay([GUEST], date_from=self._day(10), date_to=self._day(12))
        order = self._confirm(self._booking(stay))
        item = order.checklist_ids.filtered(lambda item: item.template_id == late)
        self.assertFalse(item.is_waiting)
        self.assertEqual(item.deadline, self._day(4))

    def test_ticked_one_after_the_other(self):
        order = self._confirm(self._booking())
        told = self._item(order, "Told")
        with self.assertRaisesRegex(UserError, "waits for 'Driver'"):
            told.with_user(self.manager).action_done()
        self._item(order, "Driver").with_user(self.manager).action_done()
        self.assertFalse(told.is_waiting)
        self.assertEqual(told.deadline, self._day(1))
        told.with_user(self.manager).action_done()
        self.assertRecordValues(
            told,
            [{"state": "done", "done_by_id": self.manager.id, "done_on": self.today}],
        )
        self.assertEqual((order.checklist_done_count, order.checklist_count), (2, 6))
        self.assertAlmostEqual(order.checklist_progress, 33.333, 2)
        told.action_reopen()
        self.assertRecordValues(
            told, [{"state": "open", "done_by_id": False, "done_on": False}]
        )

    def test_together_they_do_not_wait_for_each_other(self):
        order = self._confirm(self._booking())
        order.checklist_ids.action_done()
        self.assertEqual(set(order.checklist_ids.mapped("state")), {"done"})
        self.assertEqual(order.checklist_progress, 100)

    def test_days_move_with_the_services(self):
        order = self._confirm(self._booking())
        stay, taxi = order.order_line
        stay.write({"date_from": self._day(20), "date_to": self._day(25)})
        taxi.date_from = self._day(22)
        self.assertEqual(self._item(order, "Names").deadline, self._day(17))
        self.assertEqual(self._item(order, "Driver").deadline, self._day(21))
        self.assertEqual(self._item(order, "Check").deadline, self._day(26))
        self.assertEqual(self._item(order, "Letter").deadline, self._day(2))

    def test_tasks_go_to_the_new_manager(self):
        order = self._confirm(self._booking())
        order.user_id = self.manager_all
        self.assertEqual(self._item(order, "Names").user_id, self.manager_all)
        self.assertEqual(self._item(order, "Flowers").user_id, self.manager_two)

    def test_open_tasks_go_with_the_booking_and_come_back(self):
        order = self._confirm(self._booking())
        self._item(order, "Names").action_done()
        self._item(order, "Letter").action_drop()
        order._move_to("cancelled", "The client is ill")
        states = {item.name: item.state for item in order.checklist_ids}
        self.assertEqual(states.pop("Names"), "done")
        self.assertEqual(set(states.values()), {"dropped"})
        self.assertFalse(self._row(order, "task"))
        order._move_to("accepted", "He is well again")
        order._move_to("confirmed")
        states = {item.name: item.state for item in order.checklist_ids}
        self.assertEqual(states.pop("Names"), "done")
        self.assertEqual(states.pop("Letter"), "dropped")
        self.assertEqual(set(states.values()), {"open"})
        self.assertEqual(len(order.checklist_ids), 6)

    def test_today_shows_what_can_be_done(self):
        order = self._confirm(self._booking())
        tasks = self._row(order, "task", self.manager)
        self.assertEqual(
            {(row.summary, row.deadline) for row in tasks},
            {
                ("Names", self._day(7)),
                ("Driver", self._day(10)),
                ("Letter", self._day(2)),
            },
        )
        for user, name in ((self.accountant, "Check"), (self.manager_two, "Flowers")):
            self.assertEqual(self._row(order, "task", user).summary, name)

    def test_state_is_ticked_and_not_written(self):
        item = self._confirm(self._booking()).checklist_ids[0].with_user(self.head)
        for vals in ({"state": "done"}, {"done_on": self.today}, {"is_ended": True}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                item.write(vals)
        with self.assertRaises(AccessError):
            item.create(
                {"order_id": item.order_id.id, "name": "Done?", "state": "done"}
            )
        other = self._booking()
        with self.assertRaises(UserError):
            item.order_id = other
        item.action_done()
        # Ticked twice is ticked once.
        item.action_done()
        self.assertEqual(item.state, "done")

    def test_refused_templates_and_tasks(self):
        with self.assertRaisesRegex(ValidationError, "cannot wait for itself"):
            self.driver.after_id = self.told
        with self.assertRaisesRegex(ValidationError, "choose the user"):
            self.names.role = "user"
        with self.assertRaisesRegex(ValidationError, "Choose that in 'After'"):
            self.names.anchor = "previous"
        self.env.invalidate_all()
        order, other = self._confirm(self._booking()), self._confirm(self._booking())
        with self.assertRaisesRegex(UserError, "of the same booking"):
            order.checklist_ids[0].after_id = other.checklist_ids[0]

    def test_task_of_ones_own(self):
        order = self._booking()
        item = (
            self.env["tour.checklist.item"]
            .with_user(self.manager)
            .create({"order_id": order.id, "name": "Call", "deadline": self._day(3)})
        )
        order.order_line[0].date_from = self._day(9)
        self.assertEqual(item.deadline, self._day(3))
        self.assertEqual(item.user_id, self.manager)
        with self.assertRaises(AccessError):
            item.unlink()
        item.action_drop()
        self.assertEqual(item.state, "dropped")

    def _count_of_confirmation(self, count):
        orders = self.env["sale.order"].union(
            *(self._booking() for _number in range(count))
        )
        self._force_state(orders, "accepted")
        self.env.flush_all()
        before = self.cr.sql_log_count
        orders._make_checklist()
        self.env.flush_all()
        self.assertEqual(len(orders.checklist_ids), 6 * count)
        return self.cr.sql_log_count - before

    def test_done_is_no_default(self):
        order = self._create_booking(self._stay([GUEST]))
        items = self.env["tour.checklist.item"].with_user(self.manager)
        item = items.with_context(
            default_state="done", default_done_by_id=self.head.id
        ).create({"order_id": order.id, "name": "Call"})
        self.assertRecordValues(item, [{"state": "open", "done_by_id": False}])

    def test_who_only_reads_opens_the_booking_from_its_task(self):
        order = self._confirm(self._booking())
        director = self._create_staff("task_director", "director")
        task = order.checklist_ids[0].with_user(director)
        self.assertFalse(task.has_access("write"))
        action = task.action_open_booking()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (order._name, order.id)
        )

    def test_many_are_confirmed_in_as_many_queries_as_few(self):
        self._count_of_confirmation(2)
        self.assertEqual(
            self._count_of_confirmation(2), self._count_of_confirmation(12)
        )
