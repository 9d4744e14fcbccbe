"""Nobody gets a byte of what is not his: each route, each model, each method.

Five who ask: another client, an ordinary user of the same client, one whose
registration waits, one who has not agreed yet, and nobody. In the world of
`office_world.py` each word says whose it is, so every answer is read for others' words.
"""

import json
import re
import xmlrpc.client
from urllib.parse import urlsplit

import pytest

from . import access, walk
from .pages import Visitor
from .rpc import Json2, Refused, WebClient, XmlRpc, outcome

# Who asks, and whose words he may read; a client's own word is for all his users.
SEES = {
    "delta_user": {"delta_user"},
    "single": {"single"},
    "gamma_user": {"gamma_user"},
    "gamma_other": {"gamma_other"},
    "gamma_curator": {"gamma_curator", "gamma_user", "gamma_other", "gamma_fresh"},
    "gamma_fresh": set(),
    None: set(),
}
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


class Words:
    """Reads answers for what is not the asker's."""

    def __init__(self, office, login):
        sees = SEES[login]
        known = {office["words"][one] for one in sees}
        known |= {office["clients"][office["owners"][one]] for one in sees}
        words = {*office["words"].values(), *office["clients"].values()} - known
        sums = [
            re.escape(one.rstrip("0")) + r"0*(?!\d)"
            for one in office["secret"]
            if one[0].isdigit()
        ]
        plain = "|".join(map(re.escape, words))
        self.pattern = re.compile(
            rf"SECRET|(?i:{plain})|(?<![\d.])(?:{'|'.join(sums)})"
        )

    def find(self, text):
        """The words of others in a text, with what is around the first one."""
        # As people write sums: 2,766.90 or 2 766.90.
        text = re.sub(r"(?<=\d)[,\s\u00a0\u202f](?=\d{3})", "", text)
        found = self.pattern.search(text)
        return found and text[max(found.start() - 60, 0) : found.end() + 60]


def test_words_are_read():
    """What looks for leaks finds them, in whatever form they come."""
    office = {
        "words": {"delta_user": "Bandicoot", "gamma_user": "Quokka"},
        "clients": {"delta": "Echidna", "gamma": "Pangolin"},
        "owners": {"delta_user": "delta", "gamma_user": "gamma"},
        "secret": ["SECRET", "233.10", "2766.90"],
    }
    words = Words(office, "delta_user")
    for text in ("a quokkason", '"total": 233.1}', "2,766.90 €", "Pangolin", "SECRET"):
        assert words.find(text), text
    for text in ("Bandicoot of Echidna", "1233.10", "0.2331", "233.15", "3,000.00"):
        assert not words.find(text), text


@pytest.fixture(scope="module")
def words(office):
    """Return a function: who asks -> what reads his answers."""
    return lambda login: Words(office, login)


@pytest.fixture
def untouched(world, office):
    """What is somebody's is the same, byte by byte, when others have tried."""
    before = _read_rows(world, office)
    yield
    after = _read_rows(world, office)
    assert {key for key in before if before[key] != after[key]} == set()


def _read_rows(world, office):
    """{model and owner: a digest of his rows}, with all that was written there."""
    digests = {}
    for login, records in office["records"].items():
        for model, ids in records["models"].items():
            table = model.replace(".", "_")
            # A token is made for whoever looks at his own first.
            ((digest,),) = world.sql(
                "SELECT md5(string_agg((to_jsonb(t) - 'access_token')::text, '|'"
                f' ORDER BY id)) FROM "{table}" AS t WHERE id = ANY(%s)',
                ids,
            )
            digests[model, login] = digest
        ((messages, files),) = world.sql(
            "SELECT (SELECT count(*) FROM mail_message WHERE model = 'sale.order'"
            " AND res_id = ANY(%s)), (SELECT count(*) FROM ir_attachment"
            " WHERE res_model = 'sale.order' AND res_id = ANY(%s))",
            records["models"]["sale.order"],
            records["models"]["sale.order"],
        )
        digests["conversation", login] = (messages, files)
    return digests


def test_staff_read_the_words(as_user, office):
    """The words are where the tests look for them: else they would prove nothing."""
    call = as_user("own")
    order = office["records"]["gamma_user"]["named"]["main"]
    (line,) = call(
        "sale.order.line", "search", domain=[("order_id", "=", order)], limit=1
    )
    client = [office["partners"]["gamma"]]
    known = call("sale.order.line", "fields_get", attributes=["type"])
    sums = [name for name, info in known.items() if info["type"] == "monetary"]
    rows = [
        call("sale.order", "read", [order], fields=["internal_note", "note"]),
        call("sale.order.line", "read", [line], fields=sums),
        call("tour.guest", "search_read", domain=[("order_id", "=", order)]),
        call("res.partner", "read", client, fields=["name", "comment"]),
    ]
    text = json.dumps(rows)
    for word in ("Quokka", "Pangolin", "SECRET", "233.1"):
        assert word in text, word


# === Over RPC === #


@pytest.fixture(scope="module")
def caller(as_user, visitor):
    """Return a function: login and protocol -> what calls a method."""

    def get(login, protocol):
        if protocol is WebClient:
            return WebClient(visitor(login))
        return as_user(login, protocol)

    return get


PROTOCOLS = [Json2, XmlRpc, WebClient]
PAIRS = [
    ("delta_user", "gamma_user"),
    ("gamma_user", "gamma_other"),
    ("gamma_user", "gamma_curator"),
    ("gamma_curator", "delta_user"),
    ("single", "gamma_user"),
    ("gamma_user", "single"),
]
RECORD_CALLS = [
    ("read", {}),
    ("web_read", {"specification": {"display_name": {}}}),
    ("export_data", {"fields_to_export": ["display_name"]}),
    ("write", {"vals": {}}),
    ("unlink", {}),
    ("copy", {}),
]
# What is asked over XML-RPC, whose answers cannot hold every type.
FEW = {"read", "write", "unlink"}


@pytest.mark.refusals
@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize(("login", "other"), PAIRS)
def test_records_of_others_are_not_reached(
    login, other, protocol, caller, office, untouched
):
    call, reached = caller(login, protocol), []
    for model, ids in office["records"][other]["models"].items():
        for method, kwargs in RECORD_CALLS:
            if protocol is XmlRpc and method not in FEW:
                continue
            if (model, method) == ("account.move.line", "write"):
                # Nothing to write is nothing to refuse, says Odoo.
                kwargs = {"vals": {"name": "x"}}
            end = outcome(call, model, method, ids, **kwargs)
            # Who may not export is told so first.
            if end != "AccessError" and (method, end) != ("export_data", "UserError"):
                reached.append((model, method, end))
    assert not reached


@pytest.mark.refusals
@pytest.mark.parametrize(("login", "other"), PAIRS)
def test_records_of_others_are_not_found(login, other, caller, office):
    call, found = caller(login, Json2), []
    for model, ids in office["records"][other]["models"].items():
        domain = [("id", "in", ids)]
        for method, kwargs in (
            ("search", {"domain": domain}),
            ("search_count", {"domain": domain}),
            ("search_read", {"domain": domain, "fields": ["display_name"]}),
            ("name_search", {"domain": domain}),
            (
                "formatted_read_group",
                {"domain": domain, "groupby": ["create_date:day"]},
            ),
        ):
            try:
                answer = call(model, method, **kwargs)
            except Refused as refused:
                answer = [] if refused.kind == "AccessError" else refused.kind
            if answer not in ([], 0):
                found.append((model, method, answer))
    assert not found


@pytest.mark.refusals
@pytest.mark.parametrize("login", [one for one in SEES if one])
def test_all_that_one_can_read_is_one_s_own(login, caller, words, world):
    """Every field of every record of every model, of Odoo's and of ours."""
    call, reader, leaks = caller(login, Json2), words(login), []
    for model, is_transient in world.facts("models").items():
        if is_transient or outcome(call, model, "search", domain=[], limit=1) != "done":
            continue
        known = call(model, "fields_get", attributes=["type"])
        # A file is fetched over its own address.
        names = [name for name, info in known.items() if info["type"] != "binary"]
        for row in _read_all(call, model, names):
            if found := reader.find(json.dumps(row, ensure_ascii=False)):
                leaks.append((model, row.get("id"), found))
    assert not leaks


def _read_all(call, model, names):
    """All records with all fields; without those that cannot be read, one by one."""
    try:
        return call(model, "search_read", domain=[], fields=names, limit=500)
    except Refused:
        rows = []
        for name in names:
            try:
                rows += call(model, "search_read", domain=[], fields=[name], limit=500)
            except Refused:
                continue
        return rows


@pytest.mark.refusals
def test_no_question_is_answered_along_a_path(caller, facts, office):
    """From what one may read, through each relation, to each text at its end."""
    call, answered = caller("gamma_user", Json2), []
    asked = ["SECRET", *(office["words"][one] for one in ("gamma_other", "delta_user"))]
    for model, surface in facts["surface"].items():
        if surface["transient"] or not call(model, "has_access", [], operation="read"):
            continue
        known = call(model, "fields_get", attributes=["relation", "searchable"])
        for name, info in known.items():
            comodel = facts["surface"].get(info.get("relation"))
            if not comodel or not info.get("searchable"):
                continue
            for path in (f"{name}.{end}" for end in _get_texts(comodel)):
                domain = ["|", "|", *((path, "ilike", word) for word in asked)]
                try:
                    count = call(model, "search_count", domain=domain)
                except Refused as refused:
                    # Some fields are not searched by what is at the end of them.
                    kinds = ("AccessError", "UserError")
                    assert refused.kind in kinds, (model, path, str(refused))
                    continue
                if count:
                    answered.append((model, path, count))
    assert not answered


def _get_texts(surface):
    return [
        name
        for name, info in surface["fields"].items()
        if info["type"] in ("char", "text", "html")
        and info["searchable"]
        # Of some models of Odoo's nobody can ask it.
        and name != "display_name"
    ]


LOOSE = ("UserError", "AccessDenied")
GIVEN = {"state": "accepted", "reason": "x", "version": 1, "amount": 1, "body": "x"}
GIVEN["credential"] = {"login": "admin", "password": "x", "type": "password"}
GIVEN["user_agent_env"] = {"interactive": True}


@pytest.mark.refusals
@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize(("login", "other"), PAIRS[:2])
def test_methods_refuse_others_records(
    login, other, protocol, caller, facts, office, words, untouched
):
    """Each public method of ours, with the ids of somebody else."""
    call, reader, done = caller(login, protocol), words(login), []
    known = {model: ids for model, ids in office["records"][other]["models"].items()}
    known["res.partner"] = [office["people"][other]]
    known["res.users"] = [office["users"][other]]
    for model, surface in facts["surface"].items():
        for method, how in surface["methods"].items():
            ids = None if how["model"] else known.get(model, [1])[:1]
            needs = {name: GIVEN.get(name, False) for name in how["needs"]}
            try:
                answer = call(model, method, ids, **needs)
            except Refused as refused:
                text = refused.message or ""
                strict = (model, method) in access.CLIENT_METHODS and ids
                ends = {"AccessError"} if strict else {"AccessError", *LOOSE}
                # Of a sort of which the other has nothing, there may be no record.
                ends |= set() if model in known else {"MissingError"}
                if refused.kind not in ends:
                    done.append((model, method, str(refused)))
            else:
                text = json.dumps(answer, default=str, ensure_ascii=False)
                if (model, method) not in access.CLIENT_METHODS and not _is_screen(
                    answer
                ):
                    done.append((model, method, text[:100]))
            if found := reader.find(text):
                done.append((model, method, found))
    assert not done


def _is_screen(answer):
    """The description of a window, whose records are then asked for: no harm."""
    return isinstance(answer, dict) and str(answer.get("type")).startswith(
        "ir.actions."
    )


# === Over the routes === #


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


@pytest.mark.refusals
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
