"""Whose bookings, guests, invoices a client reaches: his own, by search and by id."""

import pytest

from . import access
from .rpc import Json2, XmlRpc, outcome

# Who sees whose bookings.  A curator sees those of his company and of what belongs to
# it, an ordinary user what he ordered himself.
SEES = {
    "alpha_user": {"alpha_user"},
    "alpha_curator": {
        "alpha_user",
        "alpha_curator",
        "alpha_sub_user",
        "alpha_sub_curator",
    },
    "alpha_sub_user": {"alpha_sub_user"},
    "alpha_sub_curator": {"alpha_sub_user", "alpha_sub_curator"},
    "beta_user": {"beta_user", "of_own2"},
    "beta_curator": {"beta_user", "beta_curator", "of_own2"},
    # Managers: their own; whoever sees all, all.
    "own": {key for key in ("alpha_user", "alpha_curator", "beta_user", "beta_curator")}
    | {"alpha_sub_user", "alpha_sub_curator"},
    "own2": {"of_own2"},
    "all": None,
    "head": None,
    "accountant": None,
    "director": None,
    "boss": None,
}
CLIENTS = [login for login in SEES if "_" in login]


def _expected(login, facts):
    keys = SEES[login] if SEES[login] is not None else facts["bookings"]
    return {facts["bookings"][key] for key in keys}


@pytest.mark.parametrize("login", SEES)
def test_search_finds_one_s_own(login, as_user, facts):
    call = as_user(login)
    ours = list(facts["bookings"].values())
    found = call("sale.order", "search", domain=[("id", "in", ours)])
    assert set(found) == _expected(login, facts)
    for model in ("sale.order.line", "tour.guest"):
        rows = call(model, "search_read", domain=[], fields=["order_id"])
        assert {row["order_id"][0] for row in rows} & set(ours) == set(found)


@pytest.mark.refusals
@pytest.mark.parametrize("protocol", [Json2, XmlRpc])
@pytest.mark.parametrize("login", [*CLIENTS, "own", "own2"])
def test_others_are_not_reached_by_id(login, protocol, as_user, facts):
    call, reached = as_user(login, protocol), []
    for key, order in facts["bookings"].items():
        if order in _expected(login, facts):
            continue
        records = [
            ("sale.order", [order], "name"),
            ("sale.order.line", facts["lines"][key], "name"),
            ("tour.guest", facts["guests"][key], "last_name"),
        ]
        for model, ids, field in records:
            for method, kwargs in [
                ("read", {"fields": [field]}),
                ("web_read", {"specification": {field: {}}}),
                ("export_data", {"fields_to_export": [field]}),
                ("write", {"vals": {field: "mine"}}),
                ("unlink", {}),
                ("copy", {}),
            ]:
                if protocol is XmlRpc and method not in ("read", "write"):
                    continue
                end = outcome(call, model, method, ids, **kwargs)
                # Who may not export is told so first.
                if end != "AccessError" and (method, end) != (
                    "export_data",
                    "UserError",
                ):
                    reached.append((key, model, method, end))
    assert not reached


@pytest.mark.refusals
def test_invoices_of_another_client_are_not_reached(as_user, facts):
    call = as_user("alpha_user")
    other = [facts["invoices"]["beta"]]
    assert (
        outcome(call, "account.move", "read", other, fields=["name"]) == "AccessError"
    )
    assert call("account.move", "search", domain=[]) != []
    assert not set(call("account.move", "search", domain=[])) & set(other)


def test_people_of_another_client_are_not_found(as_user, facts):
    rows = as_user("alpha_user")(
        "res.partner", "search_read", domain=[], fields=["name"]
    )
    names = {row["name"] for row in rows}
    assert not [name for name in names if "Beta" in name or "SECRET" in name]


REFUSED = ("AccessError", "UserError", "ValidationError")
PORTAL_WRITES = {
    "sale.order": {
        "booking_state": "done",
        "state": "sale",
        "user_id": 1,
        "partner_id": 1,
        "client_user_id": 1,
        "is_tour_booking": False,
        "created_by_client": True,
        "internal_note": "x",
        "penalty_amount": 0,
        "client_order_ref": "x",
    },
    "sale.order.line": {
        "price_unit": 1,
        "discount": 99,
        "client_discount_percent": 99,
        "client_discount_amount": 99,
        "date_from": "2030-01-01",
        "hotel_id": False,
        "supplier_price_total": 1,
    },
    "tour.guest": {"last_name": "x", "document_number": "x"},
    "res.users": {
        "is_curator": True,
        "may_take_bookings": True,
        "default_client_id": 1,
        "group_ids": [],
    },
    "res.partner": {
        "is_curator": True,
        "tour_supplier": True,
        "parent_id": False,
        "allow_cancel_penalty": True,
        "company_group_id": False,
        "vat": "1",
    },
    "account.move": {"tour_order_ids": []},
    "tour.notification.choice": {"choice": "send"},
}


@pytest.mark.refusals
@pytest.mark.parametrize("login", ["alpha_user", "alpha_curator"])
@pytest.mark.parametrize("protocol", [Json2, XmlRpc])
def test_a_client_writes_nothing_past_his_pages(login, protocol, as_user, facts):
    call, written = as_user(login, protocol), []
    ids = {
        "sale.order": [facts["bookings"]["alpha_user"]],
        "sale.order.line": facts["lines"]["alpha_user"],
        "tour.guest": facts["guests"]["alpha_user"],
        "res.users": [facts["users"][login]],
        "res.partner": [facts["people"][login]],
        "account.move": [facts["invoices"]["alpha"]],
        "tour.notification.choice": facts["choices"],
    }
    for model, values in PORTAL_WRITES.items():
        for name, value in values.items():
            end = outcome(call, model, "write", ids[model], vals={name: value})
            if end not in REFUSED:
                written.append((model, name, end))
    assert not written


@pytest.mark.refusals
@pytest.mark.parametrize("protocol", [Json2, XmlRpc])
@pytest.mark.parametrize("login", ["alpha_sub_curator", "beta_curator", "clerk"])
def test_changes_are_asked_for_by_their_client_only(login, protocol, as_user, facts):
    call = as_user(login, protocol)
    ids = [facts["bookings"]["alpha_user"]]
    ends = {
        method: outcome(call, "sale.order", method, ids, **given)
        for method, given in access.CHANGES.items()
    }
    assert ends == dict.fromkeys(access.CHANGES, "AccessError")


@pytest.mark.refusals
@pytest.mark.parametrize("login", ["alpha_user", "alpha_curator"])
def test_a_client_s_requests_are_checked(login, as_user, facts):
    """Nonsense of the right caller: a reason is given, and no traceback."""
    call = as_user(login)
    ids = [facts["bookings"]["alpha_user"]]
    others = facts["lines"]["beta_user"][0]
    for method, given in [
        ("action_request_change", {"comment": ""}),
        ("action_request_change", {"comment": "x" * 100_000}),
        ("action_request_change", {"comment": ["x"]}),
        ("action_request_change", {"comment": "x", "services": "all"}),
        ("action_request_change", {"comment": "x", "services": [{"service_id": 0}]}),
        *(
            ("get_change_preview", {"services": [{"service_id": others, **wanted}]})
            for wanted in ({"rooms": 2}, {"cancels": True})
        ),
        ("get_change_preview", {"services": [{"service_id": True}]}),
        ("action_request_cancel", {"comment": None}),
        ("action_accept_change", {"change_id": 10**12, "fingerprint": None}),
        ("action_accept_change", {"change_id": "1", "fingerprint": {}}),
        ("action_withdraw_change", {"change_id": -1}),
        ("action_client_accept", {"note": 5}),
        ("action_client_accept", {"revision": "x"}),
        ("action_client_decline", {}),
    ]:
        end = outcome(call, "sale.order", method, ids, **given)
        assert end in REFUSED, (method, given, end)
    assert call("sale.order", "get_change_requests", ids) == []
