"""Random people, random acts: a bill against a simple model of what it may become.

`TOUR_BILL_LIVES` is how many random lives are lived, 12 unless it says otherwise.
"""

import os
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.mail.tests.common import mail_new_test_user

from .common import BillCommon

LIVES = int(os.environ.get("TOUR_BILL_LIVES", "12"))
FOUR_EYES = 50000.0
# The last one needs two approvals; half of it does not.
SUMS = (1000.0, 2500.0, 60000.0)
ALIVE = ("in_process", "paid")

MANAGERS = ("manager", "manager2", "substitute")
DIRECTORS = ("director", "substitute")
ACCOUNTANTS = ("accountant", "accountant2")
PEOPLE = (*dict.fromkeys(MANAGERS + DIRECTORS + ACCOUNTANTS),)
STAFF = MANAGERS + ACCOUNTANTS
# Who may do what, and where: as the specification says it, and not as the code does.
MAY = {
    ("prepare", "uploaded"): STAFF,
    ("prepare", "prepared"): STAFF,
    ("hand_over", "prepared"): STAFF,
    ("approve", "director"): DIRECTORS,
    ("send_back", "director"): DIRECTORS,
    ("send_back", "accounting"): ACCOUNTANTS,
    ("to_director", "accounting"): ACCOUNTANTS,
    ("order", "accounting"): ACCOUNTANTS,
    ("unorder", "ordered"): ACCOUNTANTS,
    ("confirm", "ordered"): ACCOUNTANTS,
    ("unconfirm", "paid"): ACCOUNTANTS,
    ("recall", "director"): MANAGERS,
    ("recall", "accounting"): MANAGERS,
    ("recall", "ordered"): MANAGERS,
    ("close", "uploaded"): STAFF,
    ("close", "prepared"): STAFF,
    ("close", "director"): ACCOUNTANTS,
    ("close", "accounting"): ACCOUNTANTS,
    ("reopen", "closed"): ACCOUNTANTS,
}
ACTS = (*dict.fromkeys(act for act, _state in MAY),)
QUEUES = {"director": DIRECTORS, "accounting": ACCOUNTANTS}


class Bill:
    """What should be of one bill, told as simply as can be."""

    def __init__(self, record, total):
        self.record = record
        self.total = total
        self.state = "uploaded"
        self.filled = False
        self.preparer = self.first = self.holder = None
        self.asked = 0.0
        # The payment orders that live: [sum, whether the bank confirmed it].
        self.orders = {}
        self.events = []

    @property
    def left(self):
        return self.total - sum(amount for amount, _confirmed in self.orders.values())

    @property
    def waiting(self):
        return [key for key, (_sum, confirmed) in self.orders.items() if not confirmed]

    def may(self, act, actor):
        """Whether it has to be done when he asks for it."""
        if actor not in MAY.get((act, self.state), ()):
            return False
        if act == "hand_over":
            return self.filled
        # Who works a queue off keeps off what is another's; a recall always wins.
        works = actor in QUEUES.get(self.state, ())
        return not (works and self.holder not in (None, actor)) or act == "recall"

    def may_approve(self, actor, amount):
        if not 0 < amount <= self.left:
            return False
        if not self.needs_two(amount):
            return True
        if actor == self.preparer or actor == self.first:
            return False
        return not self.first or amount <= self.asked

    def needs_two(self, amount):
        return bool(self.first) or max(amount, self.asked) >= FOUR_EYES

    # === What each act makes of it === #

    def prepare(self, actor):
        self.state, self.preparer, self.filled = "prepared", actor, True

    def hand_over(self, actor=None):
        self.asked, self.first = self.left, None
        queued = self.left >= FOUR_EYES or self.left < self.total
        self.state = "director" if queued else "accounting"

    def approve(self, actor, amount):
        second = self.first or not self.needs_two(amount)
        self.state = "accounting" if second else "director"
        self.first = self.first or (None if second else actor)
        self.asked = amount

    def send_back(self, actor):
        self.state, self.first = "prepared", None

    def to_director(self, actor):
        self.state, self.first = "director", None

    def order(self, actor):
        self.state = "ordered"

    def unorder(self, actor):
        self._cancel_orders()
        self.state = "accounting"

    def recall(self, actor):
        if self.state == "ordered":
            self._cancel_orders()
        self.send_back(actor)

    def _cancel_orders(self):
        for key in self.waiting:
            del self.orders[key]

    def confirm(self, actor):
        self.hear(self.waiting)

    def unconfirm(self, actor):
        self.unhear([max(self.orders)])

    def close(self, actor):
        self.state, self.first, self.asked = "closed", None, 0.0

    def reopen(self, actor):
        self.state = "prepared"

    # === The bank === #

    def hear(self, keys):
        """The bank paid these."""
        for key in keys:
            self.orders[key][1] = True
        if self.state == "ordered" and not self.waiting:
            if self.left:
                self.hand_over()
            else:
                self.state = "paid"
            self.holder = None

    def unhear(self, keys):
        """The bank did not pay these after all."""
        for key in keys:
            self.orders[key][1] = False
        if self.state == "paid":
            self.state = "ordered"


class Lives(RuleBasedStateMachine):
    """Everybody does anything with three bills, at any moment."""

    case = None

    def __init__(self):
        super().__init__()
        self.savepoint = self.case.env.cr.savepoint()
        self.bills = [
            Bill(bill, total) for bill, total in zip(self.case.bills, SUMS, strict=True)
        ]

    def teardown(self):
        self.savepoint.rollback()
        self.savepoint.close()
        self.case.env.invalidate_all()

    # === Helpers === #

    def _as(self, actor, record):
        return record.sudo(False).with_user(self.case.people[actor])

    def _try(self, expected, call):
        """Do it; it has to be refused, in words, exactly when it is not expected."""
        env = self.case.env
        env.flush_all()
        env.invalidate_all()
        if expected:
            return call()
        with self.case.assertRaises(UserError) as refused, env.cr.savepoint():
            call()
        self.case.assertTrue(str(refused.exception).strip())
        return None

    def _do(self, bill, actor, act, stale=False, part=1.0):
        expected, values = bill.may(act, actor) and not stale, {}
        if act == "prepare":
            values = self.case._get_prepare_values(bill)
        elif act == "approve":
            values["amount"] = round(bill.asked * part, 2)
            expected = expected and bill.may_approve(actor, values["amount"])
        if act == "order":
            expected = expected and 0 < bill.asked <= bill.left
        events = bill.record.tour_bill_event_ids.sorted("id")
        seen = events[-2:-1].id if stale else events[-1:].id
        move = self._as(actor, bill.record)
        self._try(
            expected,
            lambda: move._do_bill_act(act, note="because", seen=seen, **values),
        )
        if not expected:
            return
        amount = values.get("amount")
        getattr(bill, act)(actor, *([amount] if act == "approve" else []))
        bill.holder = None
        if act == "order":
            event = bill.record.tour_bill_event_ids.sorted("id")[-1:]
            bill.orders[event.payment_id.id] = [bill.asked, False]

    # === What happens === #

    @initialize(preparers=st.lists(st.sampled_from(STAFF), min_size=2, max_size=2))
    def some_are_handed_over_already(self, preparers):
        for bill, preparer in zip(self.bills[1:], preparers, strict=True):
            self._do(bill, preparer, "prepare")
            self._do(bill, preparer, "hand_over")

    @rule(
        actor=st.sampled_from(DIRECTORS),
        part=st.sampled_from([1.0, 0.5, 2.0]),
        again=st.booleans(),
    )
    def a_director_speaks(self, actor, part, again):
        """Of all that he has; perhaps once more, as if he had not spoken yet."""
        for bill in self.bills:
            if bill.state == "director":
                self._do(bill, actor, "approve", part=part)
                if again:
                    self._do(bill, actor, "approve", part=1 / part)

    @rule(part=st.sampled_from([1.0, 0.5]))
    def work_goes_on(self, part):
        """Each bill is taken a step nearer to its end by somebody who may."""
        steps = ("prepare", "hand_over", "approve", "order")
        for bill in self.bills:
            if bill.state == "ordered":
                self._hear(bill, bill.waiting[0])
                continue
            for act, actor in ((act, actor) for act in steps for actor in PEOPLE):
                able = act != "approve" or bill.may_approve(actor, bill.asked * part)
                if bill.may(act, actor) and able:
                    self._do(bill, actor, act, part=part)
                    break

    @rule(data=st.data())
    def somebody_does_what_he_may(self, data):
        choices = [
            (bill, actor, act)
            for bill in range(len(self.bills))
            for act in ACTS
            for actor in PEOPLE
            if self.bills[bill].may(act, actor) and act != "close"
        ]
        number, actor, act = data.draw(st.sampled_from(choices))
        part = data.draw(st.sampled_from([1.0, 0.5])) if act == "approve" else 1.0
        self._do(self.bills[number], actor, act, part=part)

    @rule(
        number=st.integers(0, len(SUMS) - 1),
        actor=st.sampled_from(PEOPLE),
        act=st.sampled_from(ACTS),
        part=st.sampled_from([1.0, 0.5, 2.0]),
    )
    def somebody_does_anything(self, number, actor, act, part):
        self._do(self.bills[number], actor, act, part=part)

    @rule(data=st.data())
    def somebody_acts_on_what_is_no_longer_so(self, data):
        bill = data.draw(st.sampled_from(self.bills))
        acts = [key for key in MAY if key[1] == bill.state]
        if acts and len(bill.events) > 1:
            act, state = data.draw(st.sampled_from(acts))
            actor = data.draw(st.sampled_from(MAY[act, state]))
            self._do(bill, actor, act, stale=True)

    @rule(actor=st.sampled_from(PEOPLE), queue=st.sampled_from([*QUEUES]))
    def somebody_asks_for_the_next(self, actor, queue):
        self._ask_next(actor, queue)

    def _ask_next(self, actor, queue):
        Move = self._as(actor, self.case.env["account.move"])
        allowed = actor in QUEUES[queue]
        dealt = self._try(allowed, lambda: Move._deal_bill(queue))
        if not allowed:
            return
        there = [bill for bill in self.bills if bill.state == queue]
        mine = [bill for bill in there if bill.holder == actor]
        free = [bill for bill in there if not bill.holder]
        expected = (mine or free or [None])[0]
        self.case.assertEqual(dealt.id, expected.record.id if expected else False)
        if expected:
            expected.holder = actor

    @rule(director=st.sampled_from(DIRECTORS), accountant=st.sampled_from(ACCOUNTANTS))
    def somebody_grabs_what_is_dealt_to_another(self, director, accountant):
        self._ask_next(director, "director")
        self._ask_next(accountant, "accounting")
        for bill in self.bills:
            for actor in QUEUES.get(bill.state, ()) if bill.holder else ():
                if actor != bill.holder:
                    for act in (a for a, state in MAY if state == bill.state):
                        if not bill.may(act, actor):
                            self._do(bill, actor, act)

    @rule(number=st.integers(0, len(SUMS) - 1), actor=st.sampled_from(PEOPLE))
    def somebody_gives_it_back(self, number, actor):
        bill = self.bills[number]
        self._as(actor, bill.record)._release_bill()
        if bill.holder == actor:
            bill.holder = None

    @rule(number=st.integers(0, len(SUMS) - 1))
    def a_lease_ends(self, number):
        bill = self.bills[number]
        if bill.holder:
            ago = fields.Datetime.now() - timedelta(seconds=1)
            bill.record._as_bill_mover().write({"tour_bill_held_until": ago})
            bill.holder = None

    @rule(data=st.data(), paid=st.booleans())
    def the_bank_says(self, data, paid):
        """That a payment order went through, or that it did not after all."""
        bills = [bill for bill in self.bills if bill.orders]
        if not bills:
            return
        bill = data.draw(st.sampled_from(bills))
        key = data.draw(st.sampled_from(sorted(bill.orders)))
        if paid:
            self._hear(bill, key)
        elif bill.orders[key][1]:
            payment = self._get_payment(key)
            payment._unconfirm_bill_payments("the bank took it back")
            bill.unhear([key])

    def _get_payment(self, key):
        return self._as("accountant", self.case.env["account.payment"].browse(key))

    def _hear(self, bill, key):
        """The bank says it; the second time it says nothing new."""
        moved = self._get_payment(key)._confirm_bill_payments()
        if bill.orders[key][1]:
            self.case.assertFalse(moved)
        else:
            bill.hear([key])

    # === What is so, whatever happens === #

    @invariant()
    def all_is_well(self):
        self.case.env.flush_all()
        self.case.env.invalidate_all()
        for bill in self.bills:
            self._check_state(bill)
            self._check_money(bill)
            self._check_events(bill)

    def _check_state(self, bill):
        record, case = bill.record, self.case
        case.assertEqual(record.tour_bill_state, bill.state)
        live = record.tour_bill_held_until and (
            record.tour_bill_held_until > fields.Datetime.now()
        )
        holder = record.tour_bill_holder_id if live else record.tour_bill_holder_id[:0]
        expected = bill.holder and case.people[bill.holder]
        case.assertEqual(holder, expected or holder.browse())
        if holder:
            case.assertIn(bill.state, QUEUES)

    def _check_money(self, bill):
        record, case = bill.record, self.case
        payments = record.tour_bill_event_ids.payment_id
        alive = payments.filtered(lambda payment: payment.state in ALIVE)
        found = {
            payment.id: [payment.amount, bool(payment.tour_bill_confirmed_on)]
            for payment in alive
        }
        case.assertEqual(found, bill.orders)
        posted = record.state == "posted"
        case.assertTrue(posted or not alive, "Money went out of no entry.")
        case.assertTrue(posted or bill.state in ("uploaded", "prepared", "closed"))
        if posted:
            paid = sum(alive.mapped("amount"))
            case.assertEqual(record.amount_residual + paid, record.amount_total)
            case.assertEqual(record.amount_total, bill.total)
        if bill.state == "paid":
            case.assertEqual((record.amount_residual, bill.waiting), (0.0, []))
        case.assertEqual(
            record.tour_bill_ordered_amount,
            sum(bill.orders[k][0] for k in bill.waiting),
        )
        if bill.state == "ordered":
            # More wait only where the bank took its word back.
            case.assertTrue(bill.waiting)

    def _check_events(self, bill):
        """Nothing is changed; each begins where the one before it ended."""
        events = [
            (event.id, event.act, event.from_state, event.to_state, event.user_id.id)
            for event in bill.record.tour_bill_event_ids.sorted("id")
        ]
        self.case.assertEqual(events[: len(bill.events)], bill.events)
        bill.events = events
        states = [False, *(event[3] for event in events)]
        self.case.assertEqual([event[2] for event in events], states[:-1])
        self.case.assertEqual(states[-1], bill.record.tour_bill_state)


@tagged("post_install", "-at_install")
class TestBillModel(BillCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.tour_bill_four_eyes_amount = FOUR_EYES
        names = ("manager", "manager2", "director", "accountant", "accountant2")
        cls.people = {name: getattr(cls, name) for name in names}
        cls.people["substitute"] = mail_new_test_user(
            cls.env,
            login="tour_substitute",
            groups="tour_partner.tour_group_manager_own",
        )
        cls.env["tour.bill.substitute"].create(
            {
                "user_id": cls.director.id,
                "substitute_id": cls.people["substitute"].id,
                "date_to": cls._day(1),
            }
        )
        cls.bills = [cls._upload(b"%d" % number) for number in range(len(SUMS))]

    def _get_prepare_values(self, bill):
        return {
            "partner_id": self.supplier.id,
            "ref": f"N{bill.record.id}",
            "invoice_date": self.today,
            "currency_id": self.env.company.currency_id.id,
            "amount": bill.total,
            "tax_id": False,
            "partner_bank_id": self.bank_account.id,
            "wanted_date": self.today,
            "is_urgent": False,
            "order_ids": self.booking.ids,
            "replaces_id": False,
        }

    def test_random_lives(self):
        """No life of a bill leads where the rules do not."""

        class OurLives(Lives):
            case = self

        run_state_machine_as_test(
            OurLives,
            settings=settings(
                max_examples=LIVES,
                stateful_step_count=30,
                deadline=None,
                derandomize=True,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
