"""Each model of ours, each role, each operation, over JSON-2 and XML-RPC."""

import pytest

from . import access
from .rpc import Json2, XmlRpc, outcome

TABLE = access.table()
EDITABLE = "char text integer float monetary boolean selection".split()


def test_no_model_is_missing_from_the_table(facts):
    known = TABLE.keys() | access.ODOO_MODELS
    missing = {
        name
        for name, model in facts["surface"].items()
        if name not in known and (model["ours"] or not model["transient"])
    }
    assert not missing


@pytest.fixture(scope="module")
def samples(facts, as_user):
    """A record of each model, and a field of it that a write may name."""
    admin, found = as_user("admin"), {}
    for name in TABLE:
        ids = [facts["bookings"]["alpha_user"]] if name == "sale.order" else None
        # Where there is no record yet, one that is not there is refused as well.
        ids = ids or admin(name, "search", domain=[], limit=1) or [1]
        fields = facts["surface"][name]["fields"].items()
        found[name] = (
            ids,
            next(
                (
                    field
                    for field, info in sorted(
                        fields, key=lambda item: item[1]["readonly"]
                    )
                    if info["type"] in EDITABLE and info["stored"] and field != "id"
                ),
                # Lists that are made of other records, and of their dates and names.
                "display_name",
            ),
        )
    return found


@pytest.mark.parametrize("role", access.ROLES)
def test_granted_is_what_the_table_says(role, as_user):
    call = as_user(access.ROLES[role])
    granted = {
        name: {
            operation
            for operation in access.OPERATIONS.values()
            if call(name, "has_access", [], operation=operation)
        }
        for name in TABLE
    }
    assert granted == {name: roles[role] for name, roles in TABLE.items()}


def attempts(ids, field):
    """Calls that do an operation in earnest."""
    return {
        "read": [
            ("search_read", None, {"domain": [], "limit": 1}),
            ("read", ids, {"fields": [field]}),
        ],
        "write": [("write", ids, {"vals": {field: False}})],
        "create": [("create", None, {"vals_list": [{}]})],
        "unlink": [("unlink", ids, {})],
    }


# One of each sort over the older protocol: what decides is the same code.
ASKING = [(role, Json2) for role in access.ROLES]
ASKING += [(role, XmlRpc) for role in ("portal", "clerk", "own", "editor")]


@pytest.mark.refusals
@pytest.mark.parametrize(("role", "protocol"), ASKING)
def test_refused_is_what_the_table_does_not_say(role, protocol, as_user, samples):
    call = as_user(access.ROLES[role], protocol)
    slipped = []
    for name, (ids, field) in samples.items():
        for operation, calls in attempts(ids, field).items():
            if operation in TABLE[name][role]:
                continue
            for method, on, kwargs in calls:
                end = outcome(call, name, method, on, **kwargs)
                if end != "AccessError":
                    slipped.append((name, method, end))
    assert not slipped


@pytest.mark.refusals
@pytest.mark.parametrize(
    ("protocol", "key"),
    [
        *((one, key) for one in (Json2, XmlRpc) for key in (None, "", "0" * 40)),
        # With JSON-2 the key alone says who asks.
        (XmlRpc, "of another"),
    ],
)
def test_nobody_reaches_anything(protocol, key, server, world, facts, samples):
    if key == "of another":
        key = facts["keys"]["alpha_user"]
    uid = facts["users"]["admin"]
    nobody = protocol(server.url, world.name, "admin", key, uid)
    ends = {
        (name, outcome(nobody, name, "search_read", domain=[], limit=1))
        # A few only: with each wrong key Odoo tries the slow hash of a password.
        for name in ("sale.order", "tour.hotel", "tour.guest")
    }
    refused = {"Unauthorized", "AccessDenied"}
    assert not {end for end in ends if end[1] not in refused}
