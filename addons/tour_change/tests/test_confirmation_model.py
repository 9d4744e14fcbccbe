"""Confirmations against a simple model of them: random staff, random clients."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.tour_booking.booking_states import CHANGEABLE
from odoo.addons.tour_booking.tests.test_view_diff import canonical

from ..confirmation import get_confirmed_part
from .confirmation_common import ConfirmationCommon

EDITS = st.one_of(
    st.tuples(st.just("date_to"), st.integers(2, 4)),
    st.tuples(st.just("room"), st.booleans()),
    st.tuples(st.just("price_unit"), st.sampled_from([10000, 12000])),
    st.tuples(st.just("meal"), st.sampled_from(["ro", "bb"])),
    st.tuples(st.just("rename"), st.sampled_from(["Orlov", "Li"])),
    st.tuples(st.just("add_guest"), st.just("Li")),
    st.tuples(st.just("drop_guest"), st.just(None)),
    st.tuples(st.just("internal_note"), st.just("Hm")),
)
ACTS = st.one_of(
    st.tuples(st.just("staff"), EDITS),
    st.tuples(st.just("staff"), EDITS),
    st.tuples(st.just("client"), EDITS),
    st.tuples(st.sampled_from(["accept", "decline", "withdraw", "move"]), st.none()),
)


class Model:
    """What should be, told as simply as can be."""

    def __init__(self, state, view):
        self.state = self.home = state
        self.before = self.view = view
        self.pending = self.accepted = False

    def staff_changed(self, view):
        if view != self.view and self.state != "cancelled" and not self.pending:
            self.pending, self.home, self.before = True, self.state, self.view
            self.state = "changed"
        self.view = view

    @property
    def tags(self):
        return self.pending, self.accepted and not self.pending


@tagged("post_install", "-at_install")
class TestConfirmationModel(ConfirmationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.tour_confirm_may_withdraw = True

    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(st.sampled_from(CHANGEABLE), st.lists(ACTS, min_size=2, max_size=8))
    def test_random_lives(self, state, acts):
        with self.env.cr.savepoint() as savepoint:
            order = self._create_own_booking(state)
            model = Model(state, self._view(order))
            for act, detail in acts:
                getattr(self, f"_do_{act}")(order, model, detail)
                self._check(order, model)
            savepoint.rollback()
        self.env.invalidate_all()

    def _view(self, order):
        return repr(canonical(get_confirmed_part(order._client_view())))

    def _check(self, order, model):
        self.assertEqual(order.booking_state, model.state)
        tags = (order.needs_client_confirmation, order.accepted_by_client)
        self.assertEqual(tags, model.tags)
        self.assertTrue(order.created_by_client)
        codes = [tag["code"] for tag in order.process_tags]
        self.assertEqual(len(codes), 1 + sum(tags))
        changes = order.with_user(self.olga).get_pending_changes()
        self.assertEqual(changes["needs_confirmation"], model.pending)
        if model.pending:
            self.assertEqual(not changes["changes"], model.before == self._view(order))
            self.assertFalse(order.with_user(self.head).get_allowed_moves())

    # === Acts === #

    def _edit(self, order, what, value):
        line = order.order_line
        if what == "date_to":
            line.date_to = self._day(value)
        elif what == "room":
            room = self.suite if value else self.room
            line.write({"room_id": room.id, "rate_id": not value and self.rate.id})
        elif what == "rename":
            line.guest_ids[:1].last_name = value
        elif what == "add_guest":
            line.guest_ids = [Command.create({"last_name": value})]
        elif what == "drop_guest":
            line.guest_ids[-1:].unlink()
        elif what == "internal_note":
            order.internal_note = value
        else:
            line[what] = value

    def _do_staff(self, order, model, detail):
        if model.state == "cancelled":
            return
        self._edit(order.with_user(self.manager), *detail)
        model.staff_changed(self._view(order))

    def _do_client(self, order, model, detail):
        if model.state == "cancelled":
            return
        # As the API does it for him.
        self._edit(order.with_user(self.olga).sudo(), *detail)
        model.view = self._view(order)

    def _try(self, is_possible, act):
        """Whether it was done; it has to be refused exactly when it is not possible."""
        if is_possible:
            act()
            return True
        with self.assertRaises(UserError), self.env.cr.savepoint():
            act()
        return False

    def _do_accept(self, order, model, _detail):
        own = order.with_user(self.olga)
        if self._try(model.pending, own.action_client_accept):
            model.state, model.pending, model.accepted = model.home, False, True

    def _do_decline(self, order, model, _detail):
        own = order.with_user(self.olga)
        if self._try(model.pending, own.action_client_decline):
            model.state, model.pending, model.accepted = "cancelled", False, False

    def _do_withdraw(self, order, model, _detail):
        question = order._get_pending_confirmation().with_user(self.manager).sudo(False)
        if not question:
            return
        question.invalidate_recordset(["changes", "change_count"])
        if self._try(model.before == self._view(order), question.action_withdraw):
            model.state, model.pending = model.home, False

    def _do_move(self, order, model, _detail):
        """A move by staff is refused while the client is asked."""
        if model.pending:
            own = order.with_user(self.manager)
            self._try(False, lambda: own.action_move_to("cancelled", "Because"))
