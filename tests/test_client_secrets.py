"""What is for staff only reaches no client: read, search, sort, group, export."""

import json

import pytest

from . import access
from .rpc import Json2, XmlRpc, outcome

CLIENT = "alpha_user"
SECRET = "SECRET"
# What Odoo gives each model, and tells whoever may read its records.
EVERYWHERE = {
    *("id", "display_name", "create_uid", "create_date", "write_uid", "write_date")
}


def _closed(facts, model):
    """Fields of ours on a model that no client may read."""
    named = access.CLIENT_FIELDS[model]
    ours = {
        name: info
        for name, info in facts["surface"][model]["fields"].items()
        if info["ours"] and name not in EVERYWHERE
    }
    if named == "*":
        return {}
    missing = set(named.split()) - ours.keys()
    assert not missing, f"{model} has no {missing} any more: take them off the list."
    return {name: ours[name] for name in ours if name not in named.split()}


def _record(facts, model, call, login=CLIENT):
    """Ids of what is the client's own; none where the world has none for him."""
    known = {
        "sale.order": [facts["bookings"][login]],
        "sale.order.line": facts["lines"][login],
        "res.partner": [facts["partners"]["alpha"]],
        "res.users": [facts["users"][login]],
        "res.company": [1],
        "account.move": [facts["invoices"]["alpha"]],
        "account.move.line": facts["invoice_lines"]["alpha"],
    }
    return known.get(model) or call(model, "search", domain=[], limit=1)


def ways_out(model, ids, name, info):
    """Calls that would bring out a field, or answer questions about it."""
    yield "read", ids, {"fields": [name]}
    yield "web_read", ids, {"specification": {name: {}}}
    yield "export_data", ids, {"fields_to_export": [name]}
    yield "search_read", None, {"domain": [("id", "in", ids)], "fields": [name]}
    if info["searchable"]:
        # Without reading it: does it match?
        # A field that is required is never empty: Odoo answers that without it.
        asked = (name, "in", [1]) if info["required"] else (name, "!=", False)
        yield "search", None, {"domain": [asked]}
    if info["stored"]:
        yield "search", None, {"domain": [], "order": name}
        if info["type"] != "json":
            yield "formatted_read_group", None, {"domain": [], "groupby": [name]}
        if info["type"] in ("monetary", "float", "integer"):
            yield (
                "formatted_read_group",
                None,
                {"domain": [], "aggregates": [f"{name}:sum"]},
            )


def _is_refused(end, method):
    # Exports are refused as a whole to who may not export.
    return end == "AccessError" or (method == "export_data" and end == "UserError")


MODELS = [name for name, fields in access.CLIENT_FIELDS.items() if fields != "*"]
# Of these an ordinary user sees nothing, and Odoo answers that without a look.
CURATORS = ("tour.signoff", "tour.signoff.line")


@pytest.mark.refusals
@pytest.mark.parametrize("model", MODELS)
def test_fields_of_staff_are_closed_to_clients(model, as_user, facts):
    login = "alpha_curator" if model in CURATORS else CLIENT
    call = as_user(login)
    own = _record(facts, model, call, login)
    open_ways = [
        (name, method, end)
        for name, info in _closed(facts, model).items()
        for method, ids, kwargs in ways_out(model, own, name, info)
        if not _is_refused(end := outcome(call, model, method, ids, **kwargs), method)
    ]
    assert not open_ways


@pytest.mark.refusals
@pytest.mark.parametrize(
    ("login", "protocol"), [(CLIENT, XmlRpc), ("alpha_curator", Json2)]
)
@pytest.mark.parametrize("model", ["sale.order", "sale.order.line"])
def test_they_are_as_closed_otherwise(login, protocol, model, as_user, facts):
    call = as_user(login, protocol)
    ids = _record(facts, model, call)
    open_ways = [
        (name, end)
        for name in _closed(facts, model)
        if (end := outcome(call, model, "read", ids, fields=[name])) != "AccessError"
    ]
    assert not open_ways


# A question that is asked along a relation, each of which has staff's money in it.
PATHS = [
    ("sale.order", "order_line.supplier_id.name"),
    ("sale.order", "order_line.supplier_price_total"),
    ("sale.order", "order_line.commission_percent"),
    ("sale.order", "order_line.hotel_id.commission_percent"),
    ("sale.order", "order_line.rate_id.net_price"),
    ("sale.order", "hotel_ids.commission_percent"),
    ("sale.order", "status_event_ids.comment"),
    ("sale.order", "bill_ids.amount_total"),
    ("sale.order", "message_ids.body"),
    ("sale.order", "website_message_ids.body"),
    ("account.move", "website_message_ids.body"),
    ("sale.order.line", "order_id.internal_note"),
    ("sale.order.line", "hotel_id.note"),
    ("sale.order.line", "hotel_id.supplier_id"),
    ("sale.order.line", "rate_id.net_price"),
    ("tour.guest", "line_id.service_margin"),
    ("tour.guest", "order_id.internal_note"),
    ("account.move", "invoice_line_ids.sale_line_ids.supplier_price_total"),
    ("res.partner", "sale_order_ids.internal_note"),
]


@pytest.mark.refusals
@pytest.mark.parametrize(("model", "path"), PATHS)
def test_no_question_is_answered_along_a_relation(model, path, as_user):
    call = as_user(CLIENT)
    asked = outcome(call, model, "search", domain=[(path, "!=", False)])
    assert asked == "AccessError"


def test_nothing_secret_is_in_all_that_a_client_can_read(as_user, facts):
    """Everything, of every model that he may read."""
    call, leaks = as_user(CLIENT), []
    for model, surface in facts["surface"].items():
        if surface["transient"] or not call(model, "has_access", [], operation="read"):
            continue
        # Odoo names him the fields that he may read.
        known = call(model, "fields_get", attributes=["type", "store"])
        ours = {name for name, info in surface["fields"].items() if info["ours"]}
        # Many records are ids, and files have their own test.
        silent = ("binary", "one2many", "many2many")
        fields = [
            name
            for name, info in known.items()
            if info["type"] not in silent and (info["store"] or name in ours)
        ]
        for row in call(model, "search_read", domain=[], fields=fields):
            leaks += [
                (model, name) for name in fields if SECRET in json.dumps(row.get(name))
            ]
    assert not leaks


def test_internal_comments_are_not_read_by_the_client(as_user, facts):
    order = facts["bookings"][CLIENT]
    staff, client = as_user("own"), as_user(CLIENT)
    staff("sale.order", "message_post", [order], body=f"{SECRET} between us")
    staff(
        "sale.order",
        "message_post",
        [order],
        body="Dear client",
        message_type="comment",
        subtype_xmlid="mail.mt_comment",
    )
    domain = [("model", "=", "sale.order"), ("res_id", "=", order)]
    bodies = [
        message["body"]
        for message in client(
            "mail.message", "search_read", domain=domain, fields=["body"]
        )
    ]
    assert any("Dear client" in body for body in bodies)
    assert not any(SECRET in body for body in bodies)


@pytest.mark.refusals
@pytest.mark.parametrize("protocol", [Json2, XmlRpc])
def test_files_of_staff_are_not_read_by_the_client(protocol, as_user, facts):
    values = {
        "name": "SECRET.txt",
        "raw": "SECRET",
        "res_model": "sale.order",
        "res_id": facts["bookings"][CLIENT],
    }
    (file,) = as_user("own")("ir.attachment", "create", vals_list=[values])
    call = as_user(CLIENT, protocol)
    end = outcome(call, "ir.attachment", "read", [file], fields=["name", "raw"])
    assert end == "AccessError"
