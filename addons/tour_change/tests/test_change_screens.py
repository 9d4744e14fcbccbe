from odoo.tests import Form, HttpCase, tagged

from odoo.addons.tour_booking.tests.common import BookingCommon

from .change_common import ChangeCommon


@tagged("post_install", "-at_install")
class TestChangeForm(ChangeCommon):
    def test_the_form_starts_with_what_is(self):
        order = self._create_booked()
        action = order.with_user(self.manager).action_new_change()
        model = self.env["tour.change"].with_user(self.manager)
        with Form(model.with_context(**action["context"])) as form:
            form.comment = "One more night"
            with form.line_ids.new() as line:
                line.line_id = order.order_line
                self.assertEqual(line.date_to, self._day(3))
                self.assertEqual(line.price_unit, 10000)
                line.date_to = self._day(4)
        change = form.save()
        self.assertEqual(change.order_id, order)
        self.assertEqual(
            change.line_ids._get_proposed(), {"date_to": str(self._day(4))}
        )
        self.assertEqual(change.line_ids.summary, "Date To")

    def test_what_changed_meanwhile_is_not_taken_back(self):
        order = self._create_booked()
        model = self.env["tour.change"].with_user(self.manager)
        form = Form(model.with_context(default_order_id=order.id))
        with form.line_ids.new() as line:
            line.line_id = order.order_line
            line.rooms = 2
        order.order_line.write({"meal": "bb"})
        change = form.save()
        self.assertEqual(change.line_ids._get_proposed(), {"rooms": 2})
        change.action_price()
        change.action_apply()
        self.assertEqual(order.order_line.meal, "bb")

    def test_buttons_of_the_booking(self):
        order = self._create_booked().with_user(self.manager)
        self.assertEqual(order.action_new_cancel()["context"]["default_kind"], "cancel")
        action = order.action_new_regularisation()
        self.assertEqual(action["context"]["default_origin"], "supplier")
        change = self._create_change(order, kind="cancel")
        order.invalidate_recordset()
        self.assertEqual(order.change_count, 1)
        self.assertEqual(order.action_open_changes()["res_id"], change.id)

    def test_list_in_few_queries(self):
        names = ["name", "order_id", "partner_id", "kind", "is_late", "user_id"]

        def count(number):
            for _index in range(number):
                self._create_change(self._create_booked(), kind="cancel")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            model = self.env["tour.change"].with_user(self.manager)
            model.search([]).web_read({name: {} for name in names})
            return self.env.cr.sql_log_count - before

        count(1)
        self.assertLessEqual(count(15), count(3) + 1)


@tagged("post_install", "-at_install")
class TestChangeTours(BookingCommon, HttpCase):
    """Screens in the browser; the clock is the real one."""

    def _create_request(self, **values):
        order = self._force_state(self._create_booking(), "booked")
        line = {"line_id": order.order_line.id, "rooms": 2}
        return (
            self.env["tour.change"]
            .with_user(self.manager)
            .create(
                {
                    "order_id": order.id,
                    "comment": "Two rooms",
                    "line_ids": [(0, 0, line)],
                    **values,
                }
            )
        )

    def test_from_asked_to_applied(self):
        change = self._create_request()
        self.start_tour(
            f"/odoo/tour-changes/{change.id}",
            "tour_change_request",
            login=self.manager.login,
        )
        self.assertEqual(change.state, "applied")
        self.assertEqual(change.order_id.order_line.rooms, 2)

    def test_refuse_from_the_list(self):
        change = self._create_request()
        self.start_tour(
            "/odoo/tour-changes", "tour_change_refuse", login=self.manager.login
        )
        self.assertEqual(change.reason, "No rooms left")

    def test_a_rule_is_made(self):
        self.start_tour(
            "/odoo/tour-cancellation-rules", "tour_change_rule", login=self.head.login
        )
        rule = self.env["tour.cancellation.rule"].search([("name", "=", "Strict")])
        self.assertEqual(rule.step_ids.days, 2)
