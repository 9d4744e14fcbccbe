"""Random actors make random moves; what must always hold is looked at after each."""

from contextlib import closing

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..change_states import MOVES, OPEN
from .change_common import ChangeCommon

ACTORS = ("manager", "other_manager", "client", "stranger")
# What is tried, and the state that it leads to.
ACTS = {
    "price": "priced",
    "ask_supplier": "with_supplier",
    "ask_client": "with_client",
    "apply": "applied",
    "take_back": "priced",
    "refuse": "refused",
    "withdraw": "withdrawn",
    "reopen": "asked",
    "accept": "applied",
    "edit_booking": None,
}
STEPS = st.lists(
    st.tuples(st.sampled_from(ACTORS), st.sampled_from(sorted(ACTS))),
    min_size=1,
    max_size=12,
)


@tagged("post_install", "-at_install")
class TestLife(ChangeCommon):
    @given(steps=STEPS, kind=st.sampled_from(("change", "cancel")))
    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def _live(self, steps, kind):
        with closing(self.env.cr.savepoint()):
            self._start_life(kind)
            for actor, act in steps:
                self._step(actor, act)
                self._check_invariants()

    def _start_life(self, kind):
        self.order = self._create_booked()
        self.line = self.order.order_line
        proposals = [(self.line, {"rooms": 2})] if kind == "change" else []
        self.change = self._create_change(self.order, *proposals, kind=kind)
        self.first_view = self._view()
        self.touched = False

    def _view(self):
        view = self.order._client_view()
        return {key: view[key] for key in ("services", "amount_total")}

    def _step(self, actor, act):
        """Do it, if it may be done; else see that nothing has happened."""
        before = self.change.state
        expected = self._may(actor, act)
        try:
            with self.env.cr.savepoint():
                self._act(actor, act)
        except (UserError, AccessError):
            self.assertFalse(expected, (actor, act, before))
            self.assertEqual(self.change.state, before)
            return
        self.assertTrue(expected, (actor, act, before))
        target = ACTS[act]
        if target:
            # Or it was shown anew, since the booking had changed.
            self.assertIn(self.change.state, (target, "priced", before))
            if self.change.state != target:
                self.assertTrue(self.touched)
                self.touched = False

    def _may(self, actor, act):
        state = self.change.state
        if actor in ("other_manager", "stranger"):
            return False
        if actor == "client":
            if act == "accept":
                return state == "with_client"
            return act == "withdraw" and state in OPEN
        if act == "edit_booking":
            return True
        if act == "price":
            return state in OPEN
        if act == "take_back":
            return state == "with_client" or (
                state in ("asked", "with_supplier") and bool(self.change.fingerprint)
            )
        if act == "accept":
            return state == "with_client"
        if act == "ask_supplier" and not self.change.supplier_ids:
            return False
        return (state, ACTS[act]) in MOVES

    def _act(self, actor, act):
        user = {
            "manager": self.manager,
            "other_manager": self.other_manager,
            "client": self.client_user,
            "stranger": self.other_user,
        }[actor]
        change, order = self.change.with_user(user), self.order.with_user(user)
        if act == "edit_booking":
            self._edit(order)
        elif act == "accept":
            order.action_accept_change(self.change.id, self.change.fingerprint or "")
        elif act == "withdraw" and user.share:
            order.action_withdraw_change(self.change.id)
        elif act in ("refuse", "withdraw", "reopen"):
            getattr(change, f"action_{act}")("Because")
        else:
            getattr(change, f"action_{act}")()

    def _edit(self, order):
        price = 20000 if self.line.price_unit != 20000 else 10000
        order.order_line[:1].write({"price_unit": price})
        self.touched = True
        self.first_view = None

    def _check_invariants(self):
        change, order = self.change, self.order
        events = change.event_ids.sorted("id")
        self.assertEqual(events[-1].to_state, change.state)
        for before, after in zip(events, events[1:], strict=False):
            self.assertEqual(after.from_state, before.to_state)
        is_open = change.state in OPEN
        self.assertEqual(bool(change.closed_on), not is_open)
        self.assertEqual(bool(order.change_mark), is_open or order.change_mark == "fee")
        if change.kind == "change":
            self.assertEqual(order.booking_state, "changed" if is_open else "booked")
        else:
            done = change.state == "applied"
            self.assertEqual(order.booking_state, "cancelled" if done else "booked")
        if change.state != "applied" and self.first_view:
            self.assertEqual(self._view(), self.first_view)
        if change.state == "applied" and change.kind == "change":
            self.assertEqual(self.line.rooms, 2)
            self.assertTrue(change.preview)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_life(self):
        self._live()
