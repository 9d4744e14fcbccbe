"""The usage agreement before everything else, over a real server, by each protocol.

In a company of its own: the users of other tests have nothing to accept.
"""

import json
import urllib.request

import pytest

from .audit import Audit
from .rpc import Json2, Refused, XmlRpc
from .test_client_pages import WIDTHS

PASSWORD = "Outside-gate-7"
REFUSAL = "First accept the usage agreement"
MAKE = f"""
import json
company = env["res.company"].create({{"name": "Gate Ltd"}})
env.ref("base.user_admin").company_ids += company
client = env["res.partner"].create(
    {{"name": "Gate Client", "is_company": True, "tour_client_agent": True}}
)
user = env["res.users"].with_context(no_reset_password=True).create(
    {{
        "name": "Gate Guest",
        "login": "gate_guest",
        "password": "{PASSWORD}",
        "parent_id": client.id,
        "company_id": company.id,
        "company_ids": [(6, 0, company.ids)],
        "group_ids": [(6, 0, env.ref("base.group_portal").ids)],
    }}
)
key = env["res.users.apikeys"].with_user(user).sudo()._generate(None, "gate", None)
agreement = env["tour.usage.agreement"].create(
    {{
        "company_id": company.id,
        "text_ids": [(0, 0, {{"lang": "en_US", "body": "<p>Terms</p>"}})],
    }}
)
agreement.action_publish()
env.cr.commit()
print("GATE " + json.dumps(
    {{"uid": user.id, "key": key, "agreement": agreement.id, "company": company.id}}
))
"""
ACCEPT = """
user = env["res.users"].browse(%(uid)d)
agreement = env["tour.usage.agreement"].browse(%(agreement)d)
user._accept_usage(agreement, "203.0.113.9", "en_US")
env.cr.commit()
"""


class JsonRpc(XmlRpc):
    """The same over the older JSON-RPC."""

    name = "jsonrpc"

    def __init__(self, url, database, login=None, key=None, uid=None):
        super().__init__(url, database, login, key, uid)
        self.url = url

    def __call__(self, model, method, ids=None, **kwargs):
        args = [] if ids is None else [list(ids)]
        who = [self.database, self.uid, self.key]
        params = {
            "service": "object",
            "method": "execute_kw",
            "args": [*who, model, method, args, kwargs],
        }
        request = urllib.request.Request(
            f"{self.url}/jsonrpc",
            data=json.dumps({"jsonrpc": "2.0", "params": params}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=120) as answer:
            said = json.load(answer)
        if "error" in said:
            data = said["error"]["data"]
            raise Refused(200, data["name"].rpartition(".")[2], data["message"])
        return said["result"]


@pytest.fixture(scope="module")
def gate(world):
    """A client's user who has to accept an agreement."""
    said = world.shell(MAKE)
    line = next(line for line in said.splitlines() if "GATE {" in line)
    return json.loads(line.partition("GATE ")[2])


def callers(server, world, gate):
    """By each protocol, with the key, and with the password where that may be."""
    for protocol in (Json2, XmlRpc, JsonRpc):
        for key in (gate["key"], PASSWORD):
            if protocol is Json2 and key == PASSWORD:
                continue
            yield protocol(server.url, world.name, "gate_guest", key, gate["uid"])


CALLS = (
    ("res.partner", "search_read", {"domain": [], "fields": ["name"], "limit": 1}),
    ("res.users", "context_get", {}),
    ("tour.usage.agreement", "search_count", {"domain": []}),
)


@pytest.mark.refusals
def test_calls_are_refused_until_it_is_accepted(server, world, gate):
    for call in callers(server, world, gate):
        for model, method, kwargs in CALLS:
            with pytest.raises(Refused) as refused:
                call(model, method, **kwargs)
            assert refused.value.kind == "AccessError", (call.name, model, method)
            assert REFUSAL in str(refused.value.message), call.name
            if call.name == "json2":
                assert refused.value.status == 403
    world.shell(ACCEPT % gate)
    for call in callers(server, world, gate):
        assert call("res.partner", "search_read", **CALLS[0][2])


@pytest.mark.refusals
@pytest.mark.parametrize("protocol", [Json2, XmlRpc])
def test_clients_write_no_agreement(protocol, server, world, gate):
    """Neither what there is, nor what is not there."""
    world.shell(ACCEPT % gate)
    call = protocol(server.url, world.name, "gate_guest", gate["key"], gate["uid"])
    for model in ("tour.usage.agreement", "tour.usage.acceptance", "tour.registration"):
        for ids in ([gate["agreement"]], [2147483647]):
            for method, kwargs in (
                ("write", {"vals": {"company_id": 1}}),
                ("unlink", {}),
                ("read", {"fields": ["id", "display_name"]}),
            ):
                with pytest.raises(Refused) as refused:
                    call(model, method, ids, **kwargs)
                assert refused.value.kind == "AccessError", (model, method, ids)


@pytest.mark.refusals
@pytest.mark.parametrize("width", WIDTHS)
def test_the_agreement_is_for_everybody(width, visit, office):
    """What axe-core finds on the page, which no other page leads to."""
    size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
    window = visit("gamma_fresh", "/my/security", viewport=size)
    assert "/tour/agreement" in window.page.url
    audit = Audit(window)
    faults = audit.find_violations() + audit.find_wide() + audit.find_headings()
    assert not faults + audit.find_keyboard_faults()


@pytest.mark.refusals
@pytest.mark.parametrize("width", WIDTHS)
def test_faults_of_the_form_are_for_everybody(width, visit):
    """Sent empty it names each field, beside it and above."""
    size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
    window = visit(None, "/tour/register", viewport=size)
    audit = Audit(window)
    audit.open("/tour/register?kind=legal_agent")
    with window.page.expect_navigation(wait_until="load"):
        window.page.click("main button[type=submit]")
    window.settle()
    links = window.page.locator("#faults a")
    assert links.count() > 8
    for index in range(links.count()):
        name = links.nth(index).get_attribute("href")
        field = window.page.locator(f"main {name}")
        assert field.get_attribute("aria-invalid") == "true", name
        assert field.get_attribute("aria-describedby"), name
    faults = audit.find_violations() + audit.find_wide() + audit.find_headings()
    assert not faults
