"""A client with two windows: what he agrees to counts once, and nothing gets lost."""

import pytest

from .rpc import Refused
from .test_at_once import _booking, _together


def _ask(manager, facts):
    """A booking that awaits its client, with a contract and a booking sheet."""
    order = _booking(manager, facts)
    papers = []
    for kind in ("contract", "booking_sheet"):
        action = manager(
            "sale.order",
            "action_make_document",
            [order],
            context={"tour_document_kind": kind},
        )
        papers.append(action["res_id"])
    manager("tour.document", "action_open_to_client", papers)
    manager("sale.order", "action_move_to", [order], state="awaiting_client")
    return order, papers


def _agree(client, paper):
    return lambda: client("tour.document", "action_client_agree", [paper], version=1)


def _again(calls, ends):
    """Press once more where somebody was in the way, as one is told to."""
    for call, end in zip(calls, ends, strict=True):
        if isinstance(end, Refused):
            assert end.kind in ("UserError", "LockError"), ends
            call()


def _get_agreed(world, order):
    return world.sql(
        "SELECT document_id FROM tour_agreement WHERE order_id = %s ORDER BY id", order
    )


@pytest.mark.refusals
def test_both_papers_in_two_windows(as_user, facts, world):
    """Whoever comes second sees what the first has done: the booking is confirmed."""
    manager, client = as_user("own"), as_user("alpha_user")
    for _round in range(5):
        order, papers = _ask(manager, facts)
        calls = [_agree(client, paper) for paper in papers]
        _again(calls, _together(*calls))
        agreed = _get_agreed(world, order)
        assert sorted(agreed) == sorted((paper,) for paper in papers)
        ((state,),) = world.sql(
            "SELECT booking_state FROM sale_order WHERE id = %s", order
        )
        assert state == "client_confirmed"


@pytest.mark.refusals
def test_one_paper_in_two_windows(as_user, facts, world):
    manager, client = as_user("own"), as_user("alpha_user")
    order, papers = _ask(manager, facts)
    calls = [_agree(client, papers[0])] * 2
    _again(calls, _together(*calls))
    assert _get_agreed(world, order) == [(papers[0],)]
