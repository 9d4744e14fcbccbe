"""Nobody gets a byte of what is not his: each route of Odoo's and of ours.

Asked by another client, an ordinary user of the same client, one who has not agreed
yet, and nobody.
"""

import json
import re
from urllib.parse import urlsplit

import pytest

from . import walk

ASKERS = ["delta_user", "gamma_other", "gamma_fresh", None]
# Whose ids are tried; who has not agreed yet has not even his own.
VICTIMS = dict.fromkeys(ASKERS, "gamma_user") | {"gamma_fresh": "gamma_fresh"}
# Not asked: what logs out, what never answers, what asks the world outside, pictures.
NOT_ASKED = re.compile(
    r"^/(web/(session/(logout|destroy)|database|tests|assets|become|login)|websocket"
    r"|xmlrpc|json|web_editor|html_editor|discuss/(gif|voice)|mail/font_to_img"
    r"|mail/rtc/audio|account/(init|post)_tests|calendar/check|odoo|scoped_app"
    r"|web/(static|image|service-worker|manifest)|my/deactivate)"
)
# Pictures of records are asked for here, one address for all.
PICTURES = "/web/image/<string:model>/<int:id>/<string:field>"
AGREEMENT = "/tour/agreement"


def _get_values(office, victim):
    """What a parameter of that name is given: others' ids."""
    records = office["records"][victim]
    models, named = records["models"], records["named"]
    values = {
        name: models[model][0] for name, model in walk.MODELS.items() if model in models
    }
    values |= {
        "order_id": named["main"],
        "booking_id": named["main"],
        "partner_id": office["people"][victim],
        "client_id": office["partners"][office["owners"][victim]],
        "user_id": office["users"][victim],
        "pid": office["people"][victim],
        "ids": ",".join(map(str, models["tour.document"])),
        "file_ids": ",".join(map(str, models["ir.attachment"])),
        "model": "sale.order",
        "field": "raw",
        "fetch_params": {},
        "post_data": {"body": "x", "message_type": "comment"},
        "message_ids": models["mail.message"],
        "attachment_ids": models["ir.attachment"],
        "act": "accept",
        "comment": "x",
        "note": "x",
        "reason": "x",
        "message": "x",
        "body": "x",
        "subject": "x",
        "text": "x",
        "amount": "1",
        "what": "all",
        "version": "1",
        "revision": "1",
        "token": "x",
        "content": "x",
        "name": "x",
        # Half of his word: what shows it only as it was typed is no leak.
        "term": office["words"][victim][:4],
        "search": office["words"][victim][:4],
        "search_term": office["words"][victim][:4],
        # What Odoo's own addresses ask for.
        "method": "read",
        "kwargs": {},
        "partner_ids": [office["people"][victim]],
        "emails": ["x@example.com"],
        "child_field": "order_line",
        "product_ids": [1],
        "product_id": 1,
        "position": "bottom",
        "sections": [],
        "export_id": 1,
        "address_type": "billing",
    }
    return values


def _get_targets(office, victim):
    """(model, id) of each sort that somebody has."""
    models = office["records"][victim]["models"]
    shared = office["shared"][office["owners"][victim]]
    return [(model, ids[0]) for model, ids in {**models, **shared}.items() if ids]


MODEL_NAMES = ("thread_model", "res_model", "model", "model_name")
ID_NAMES = ("thread_id", "res_id", "id", "order_id")


def _get_calls(route, office, victim):
    """(address, parameters) of all the ways in which a route is asked."""
    values = _get_values(office, victim)
    models = office["records"][victim]["models"]
    shared = office["shared"][office["owners"][victim]]
    takes = {*route["takes"], *walk.get_arguments(route["path"])}
    given = {name: values[name] for name in takes & values.keys()}
    if not takes & {*MODEL_NAMES}:
        for address in walk.fill(route["path"], models | shared, ("x", "raw")):
            yield address, given
        return
    for model, number in _get_targets(office, victim):
        asked = dict.fromkeys(takes & {*MODEL_NAMES}, model)
        asked |= dict.fromkeys(takes & {*ID_NAMES}, number)
        asked |= {"args": [[number]]} if "args" in takes else {}
        asked |= {"domain": [["id", "=", number]]} if "domain" in takes else {}
        path = walk.put(route["path"], {**given, **asked})
        for address in walk.fill(path, models | shared, ("raw",), limit=10):
            yield address, {**given, **asked}


# How our addresses refuse.
TOLD = {"", "AccessError", "UserError", "ValidationError", "MissingError", "NotFound"}
TOLD |= {"SessionExpiredException", "Forbidden", "BadRequest"}


def _ask(visitor, route, address, params, token):
    """All the ways in which one address is asked; yields the answers."""
    if route["type"] == "jsonrpc":
        yield visitor.call(address, {**params, "access_token": token})
        yield visitor.call(address, params)
        return
    simple = {
        name: value for name, value in params.items() if not isinstance(value, dict)
    }
    if not route["methods"] or "GET" in route["methods"]:
        yield visitor.get(address)
        query = walk.encode({**simple, "access_token": token})
        yield visitor.get(f"{address}?{query}")
    if "POST" in route["methods"]:
        yield visitor.post(address, {**simple, "access_token": token})


@pytest.mark.stumbles
@pytest.mark.parametrize("login", ASKERS)
def test_no_route_gives_what_is_another_s(login, server, visitor, world, office, words):
    """With others' ids, and with a token of one's own for what is not one's own."""
    one, reader, faults = visitor(login), words(login), []
    victim = VICTIMS[login]
    token = office["tokens"].get(login, office["tokens"]["single"])["sale.order"]
    for route in world.facts("routes"):
        if NOT_ASKED.match(route["path"]) and route["path"] != PICTURES:
            continue
        if login == "gamma_fresh" and route["path"] == AGREEMENT:
            continue
        for address, params in _get_calls(route, office, victim):
            for answer in _ask(one, route, address, params, token):
                if found := reader.find(answer.text + urlsplit(answer.url).path):
                    faults.append((address, answer.status, found))
                if route["ours"] and (fault := _find_fault(route, answer)):
                    faults.append((address, answer.status, fault))
    assert not faults, "\n".join(map(str, faults))


def _find_fault(route, answer):
    """An answer that shows that our code stumbled."""
    if answer.status >= 500:
        return answer.text[:200]
    if route["type"] != "jsonrpc":
        return None
    name = json.loads(answer.text).get("error", {}).get("data", {}).get("name", "")
    return "" if name.rpartition(".")[2] in TOLD else name


@pytest.mark.stumbles
@pytest.mark.parametrize("login", ["delta_user", "gamma_user", "gamma_other", "single"])
def test_one_s_own_pages_hold_nothing_else(login, visitor, world, office, words):
    """All that can be reached by links and by routes with ids of one's own."""
    one, reader = visitor(login), words(login)
    models = office["records"][login]["models"]
    shared = office["shared"][office["owners"][login]]
    found = walk.Map(one).go("/my/tour", "/my/home")
    found.try_routes(world.facts("routes"), models | shared)
    leaks = []
    for path in [*found.pages.values(), *found.files.values()]:
        if leak := reader.find(one.get(path).text):
            leaks.append((path, leak))
    assert len(found.pages) > 10 and found.files
    assert not leaks


@pytest.mark.refusals
def test_links_of_one_open_nothing_of_another(visitor, office):
    """A token opens what it was made for."""
    nobody = visitor(None)
    tokens = office["tokens"]["gamma_user"]
    mine, theirs = (office["records"][one] for one in ("gamma_user", "gamma_other"))
    for path, model, name in (
        ("/my/invoices/{}?report_type=html", "account.move", "invoice"),
        ("/my/orders/{}?message=", "sale.order", "main"),
    ):
        query = f"&access_token={tokens[model]}"
        opened = nobody.get(path.format(mine["named"][name]) + query)
        assert opened.status == 200 and "Quokka" in opened.text
        other = nobody.get(path.format(theirs["named"][name]) + query)
        assert "Numbat" not in other.text
