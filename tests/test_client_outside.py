"""Who is not let in: who has not agreed yet, who waits for approval, and nobody."""

import json
import re
import xmlrpc.client

import pytest

from . import walk
from .pages import Visitor
from .rpc import Json2, WebClient, XmlRpc, outcome
from .strangers import GIVEN, PROTOCOLS, RECORD_CALLS

AGREEMENT = "/tour/agreement"

# === Who has not agreed === #

FRESH = "gamma_fresh"


@pytest.mark.refusals
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_no_rpc_before_one_has_agreed(protocol, caller, facts, office):
    """Not even his own, by no method of any model."""
    call, passed = caller(FRESH, protocol), []
    own = office["records"][FRESH]["models"]
    for model, ids in own.items():
        for method, kwargs in (*RECORD_CALLS, ("search", {"domain": []})):
            on = None if method == "search" else ids
            end = outcome(call, model, method, on, **kwargs)
            if end != "AccessError":
                passed.append((model, method, end))
    for model, surface in facts["surface"].items():
        for method, how in surface["methods"].items():
            ids = None if how["model"] else own.get(model, [1])[:1]
            needs = {name: GIVEN.get(name, False) for name in how["needs"]}
            end = outcome(call, model, method, ids, **needs)
            if end != "AccessError":
                passed.append((model, method, end))
    for model in ("res.partner", "res.users", "res.lang", "ir.ui.view"):
        if (end := outcome(call, model, "search", domain=[])) != "AccessError":
            passed.append((model, "search", end))
    assert not passed


@pytest.mark.refusals
def test_every_page_leads_to_the_agreement(visitor, world, office):
    """Whatever address a browser asks for, before one has agreed."""
    one, passed = visitor(FRESH), []
    models = office["records"][FRESH]["models"]
    browser = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}
    for route in world.facts("routes"):
        if route["auth"] not in ("user", "public") or not walk.is_page(route["path"]):
            continue
        if route["type"] != "http" or "GET" not in (route["methods"] or ["GET"]):
            continue
        if route["path"].startswith("/web/"):
            continue
        for address in walk.fill(route["path"], models, limit=3):
            answer = one.open(address, headers=browser)
            if not answer.url.startswith(f"{one.url}{AGREEMENT}"):
                passed.append((address, answer.status, answer.url))
    assert not passed


# === Not a user yet === #


@pytest.mark.refusals
def test_who_waits_for_approval_is_not_let_in(server, world, facts):
    """By the form, with the session's address, over XML-RPC; as if he did not exist."""
    password = facts["passwords"]["waiting"]
    said = {}
    for login in ("waiting", "nobody-has-this"):
        one = Visitor(server.url)
        page = one.login(login, password)
        assert "/web/login" in page.url
        said[login] = re.sub(r"\s+", " ", _read_alert(page.text))
        params = {"db": world.name, "login": login, "password": password}
        answer = json.loads(one.call("/web/session/authenticate", params).text)
        assert answer["error"]["data"]["name"].endswith("AccessDenied")
        common = xmlrpc.client.ServerProxy(f"{server.url}/xmlrpc/2/common")
        assert common.authenticate(world.name, login, password, {}) is False
    assert said["waiting"] == said["nobody-has-this"] != ""


def _read_alert(page):
    return " ".join(re.findall(r'role="alert"[^>]*>([^<]+)<', page))


@pytest.mark.refusals
def test_nobody_learns_who_waits(visitor):
    for login in (None, "delta_user", "gamma_curator"):
        for path in ("/tour/register", "/tour/register/done", "/web/login", "/my/tour"):
            assert "hylacine" not in visitor(login).get(path).text


@pytest.mark.refusals
@pytest.mark.parametrize("protocol", [Json2, XmlRpc])
def test_nobody_has_no_rpc(protocol, server, world, office):
    nobody = protocol(server.url, world.name)
    ends = {
        outcome(nobody, model, "read", ids)
        for model, ids in office["records"]["gamma_user"]["models"].items()
    }
    assert ends <= {"Unauthorized", "AccessDenied"}


@pytest.mark.refusals
def test_nobody_has_no_rpc_of_the_web_client(server, office):
    call = WebClient(Visitor(server.url))
    ends = {
        outcome(call, model, method, ids)
        for model, ids in office["records"]["gamma_user"]["models"].items()
        for method in ("read", "unlink")
    }
    assert ends == {"SessionExpiredException"}
