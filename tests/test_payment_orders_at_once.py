"""Two people, one payment order: it is attached once, and marks one booking."""

import pytest

from .test_at_once import _booking, _together


def _open_dialog(caller, payment_order, booking):
    (dialog,) = caller(
        "tour.payment.order.move",
        "create",
        vals_list=[
            {
                "payment_order_ids": [[6, 0, [payment_order]]],
                "state": "attached",
                "order_id": booking,
            }
        ],
    )
    return dialog


def _get_marks(world, bookings):
    """Marked services, and files of payment orders, of these bookings."""
    ((lines,),) = world.sql(
        "SELECT count(*) FROM sale_order_line WHERE order_id IN %s"
        " AND payment_order_state = 'attached'",
        tuple(bookings),
    )
    ((files,),) = world.sql(
        "SELECT count(*) FROM ir_attachment WHERE res_model = 'sale.order'"
        " AND res_id IN %s AND tour_incoming_type = 'payment_order'",
        tuple(bookings),
    )
    return lines, files


@pytest.mark.refusals
def test_two_attach_one_order(as_user, facts, world):
    callers = [as_user("accountant"), as_user("head")]
    for payment_order in facts["payment_orders"][:3]:
        bookings = [_booking(as_user("own"), facts) for _caller in callers]
        dialogs = [
            _open_dialog(caller, payment_order, booking)
            for caller, booking in zip(callers, bookings, strict=True)
        ]
        ends = _together(
            *(
                lambda caller=caller, dialog=dialog: caller(
                    "tour.payment.order.move", "action_move", [dialog]
                )
                for caller, dialog in zip(callers, dialogs, strict=True)
            )
        )
        assert ends.count("done") == 1, ends
        (refusal,) = (end for end in ends if end != "done")
        assert refusal.kind == "UserError", ends
        assert _get_marks(world, bookings) == (1, 1)


@pytest.mark.refusals
def test_a_double_click(as_user, facts, world):
    """The same window sent twice at once."""
    head = as_user("head")
    payment_order = facts["payment_orders"][3]
    booking = _booking(as_user("own"), facts)
    dialog = _open_dialog(head, payment_order, booking)
    ends = _together(
        *[lambda: head("tour.payment.order.move", "action_move", [dialog])] * 2
    )
    assert ends.count("done") == 1, ends
    assert _get_marks(world, [booking]) == (1, 1)


@pytest.mark.refusals
def test_one_attaches_another_detaches(as_user, facts, world):
    """Whoever comes last, the marks say what is attached."""
    callers = [as_user("accountant"), as_user("head")]
    payment_order = facts["payment_orders"][4]
    bookings = [_booking(as_user("own"), facts) for _booking_no in range(2)]
    served = 0
    for _round in range(3):
        dialog = _open_dialog(callers[0], payment_order, bookings[0])
        callers[0]("tour.payment.order.move", "action_move", [dialog])
        second = _open_dialog(callers[0], payment_order, bookings[1])
        ends = _together(
            lambda: callers[1]("tour.payment.order", "action_detach", [payment_order]),
            lambda second=second: callers[0](
                "tour.payment.order.move", "action_move", [second]
            ),
        )
        # The one may be held up by the other, who sees that he must not: then neither
        # did anything, and both are told so.
        assert all(end == "done" or end.kind == "UserError" for end in ends), ends
        served += ends.count("done")
        ((state,),) = world.sql(
            "SELECT state FROM tour_payment_order WHERE id = %s", payment_order
        )
        attached = int(state == "attached")
        assert _get_marks(world, bookings) == (attached, attached)
        if attached:
            callers[1]("tour.payment.order", "action_detach", [payment_order])
        assert _get_marks(world, bookings) == (0, 0)
    assert served, "three times neither of the two was served"
