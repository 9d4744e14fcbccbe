"""What no member of staff gets past either: status, approvals, others' wizards."""

import pytest

from . import access
from .rpc import Json2, Refused, XmlRpc, outcome
from .strangers import GIVEN

STAFF = [role for role in access.ROLES if role not in access.CLIENTS]
REFUSED = {"AccessError", "UserError", "ValidationError"}
# What a move looks at: whoever could write it could make himself the conditions.
WRITTEN_BY_THE_PROGRAM = {
    "booking_state": "done",
    "is_tour_booking": False,
    "created_by_client": True,
    "invoices_paid": True,
    "has_supplier_bill": True,
    "refund_state": "done",
    "refund_amount": 1,
    "has_penalty": True,
    "counts_in_turnover": True,
    "service_costs": 1,
    "payment_order_state": "confirmed",
    "search_text": "x",
}


@pytest.fixture
def booking(as_user, facts):
    """A fresh booking of the manager who sees his own."""
    (order,) = as_user("own")("sale.order", "copy", [facts["bookings"]["alpha_user"]])
    return order


@pytest.mark.refusals
@pytest.mark.parametrize("protocol", [Json2, XmlRpc])
@pytest.mark.parametrize("login", ["own", "head", "boss", "admin"])
def test_status_and_what_it_depends_on_is_not_written(
    login, protocol, booking, as_user
):
    call = as_user(login, protocol)
    before = call("sale.order", "read", [booking], fields=[*WRITTEN_BY_THE_PROGRAM])
    ends = {
        name: outcome(call, "sale.order", "write", [booking], vals={name: value})
        for name, value in WRITTEN_BY_THE_PROGRAM.items()
    }
    assert {name: end for name, end in ends.items() if end not in REFUSED} == {}
    after = call("sale.order", "read", [booking], fields=[*WRITTEN_BY_THE_PROGRAM])
    assert after == before


@pytest.mark.refusals
@pytest.mark.parametrize("login", ["own", "boss", "admin"])
def test_the_mover_is_not_opened_by_a_context(login, booking, as_user):
    call = as_user(login)
    for value in (True, 1, "MOVER", {}, [], "<object>"):
        end = outcome(
            call,
            "sale.order",
            "write",
            [booking],
            vals={"booking_state": "done"},
            context={"tour_booking_mover": value, "tracking_disable": True},
        )
        assert end in REFUSED
    end = outcome(call, "sale.order", "_move_to", [booking], state="done")
    assert end == "AccessError"


@pytest.mark.refusals
def test_a_booking_is_not_made_in_another_status(as_user, facts):
    values = {
        "is_tour_booking": True,
        "partner_id": facts["partners"]["alpha"],
        "booking_state": "done",
    }
    for login in ("own", "boss"):
        end = outcome(as_user(login), "sale.order", "create", vals_list=[values])
        assert end in REFUSED


@pytest.mark.refusals
@pytest.mark.parametrize("method", ["action_cancel", "action_draft", "action_lock"])
def test_odoo_s_buttons_do_not_move_a_booking(method, booking, as_user):
    call = as_user("own")
    outcome(call, "sale.order", method, [booking])
    (row,) = call("sale.order", "read", [booking], fields=["booking_state", "state"])
    assert (row["booking_state"], row["state"]) == ("new", "draft")


@pytest.mark.refusals
@pytest.mark.parametrize(
    "state", ["done", "booked", "archive", "nonsense", "", 1, None, ["done"], {}]
)
def test_moves_that_do_not_exist_are_refused(state, booking, as_user):
    for login in ("own", "boss"):
        end = outcome(
            as_user(login), "sale.order", "action_move_to", [booking], state=state
        )
        assert end in REFUSED


@pytest.mark.refusals
@pytest.mark.parametrize("login", ["alpha_user", "alpha_curator", "beta_user", "clerk"])
@pytest.mark.parametrize("protocol", [Json2, XmlRpc])
def test_clients_do_not_call_methods_of_staff(login, protocol, as_user, facts):
    """Each public method of ours, found in the registry, on a client's own booking."""
    call, done = as_user(login, protocol), []
    own = {
        "sale.order": facts["bookings"].get(login, facts["bookings"]["alpha_user"]),
        "tour.document": facts["documents"]["open"],
        "res.partner": facts["people"][login],
    }
    admin = as_user("admin")
    for model, surface in facts["surface"].items():
        if model not in own and surface["methods"] and not surface["transient"]:
            if found := admin(model, "search", domain=[], limit=1):
                own[model] = found[0]
        for method, how in surface["methods"].items():
            if (model, method) in access.CLIENT_METHODS:
                continue
            ids = None if how["model"] else [own.get(model, 1)]
            kwargs = {name: GIVEN.get(name, False) for name in how["needs"]}
            try:
                result = call(model, method, ids, **kwargs)
            except Refused as refused:
                ends = {"AccessDenied", "AccessError", "UserError"}
                # Of a sort of which there is none, there is no record.
                ends |= set() if model in own else {"MissingError"}
                if refused.kind not in ends:
                    done.append((model, method, str(refused)))
            else:
                done += [] if _only_opens_a_screen(result) else [(model, method)]
    assert not done


def _only_opens_a_screen(result):
    """The description of a window, whose records are then asked for: no harm."""
    return isinstance(result, dict) and str(result.get("type")).startswith(
        "ir.actions."
    )


@pytest.mark.refusals
@pytest.mark.parametrize("role", ["staff", "clerk", "editor", "director", "accountant"])
def test_only_managers_move_bookings(role, booking, as_user):
    call = as_user(access.ROLES[role])
    end = outcome(call, "sale.order", "action_move_to", [booking], state="accepted")
    assert end == "AccessError"


@pytest.mark.refusals
def test_the_responsible_is_changed_by_a_head_only(booking, as_user, facts):
    values = {"user_id": facts["users"]["own2"]}
    for login in ("own", "all", "accountant"):
        end = outcome(as_user(login), "sale.order", "write", [booking], vals=values)
        assert end == "AccessError"
    assert as_user("head")("sale.order", "write", [booking], vals=values)


@pytest.mark.refusals
def test_who_may_delete_a_booking(booking, as_user):
    for login in ("own", "all", "accountant", "director", "admin"):
        if login != "admin":
            end = outcome(as_user(login), "sale.order", "unlink", [booking])
            assert end == "AccessError"
    assert as_user("head")("sale.order", "unlink", [booking])


@pytest.mark.refusals
def test_history_is_not_rewritten(booking, as_user):
    as_user("own")("sale.order", "action_move_to", [booking], state="accepted")
    admin = as_user("admin")
    events = admin("tour.booking.event", "search", domain=[("order_id", "=", booking)])
    assert events
    for login in ("own", "head", "boss", "admin"):
        call = as_user(login)
        for method, kwargs in [
            ("write", {"vals": {"comment": "x"}}),
            ("unlink", {}),
            ("copy", {}),
        ]:
            assert (
                outcome(call, "tour.booking.event", method, events, **kwargs) in REFUSED
            )


@pytest.mark.refusals
def test_ten_thousand_ids_nothing_and_another_s(as_user, facts):
    call = as_user("own")
    assert call("sale.order", "get_allowed_moves", []) == []
    assert outcome(call, "sale.order", "action_move_to", [], state="done") == "done"
    end = outcome(
        call, "sale.order", "action_move_to", list(range(1, 10_001)), state="accepted"
    )
    assert end in ("AccessError", "MissingError", "UserError")
    other = [facts["bookings"]["of_own2"]]
    for method in ("get_allowed_moves", "action_mark_read", "action_take"):
        assert outcome(call, "sale.order", method, other) == "AccessError"
