"""Nobody gets a byte of what is not his: each model, each method, over each protocol.

Who they are: `strangers.py`. The addresses: `test_client_routes.py`.
"""

import json

import pytest

from . import access
from .rpc import Json2, Refused, XmlRpc, outcome
from .strangers import GIVEN, PROTOCOLS, RECORD_CALLS, SEES, Words


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


PAIRS = [
    ("delta_user", "gamma_user"),
    ("gamma_user", "gamma_other"),
    ("gamma_user", "gamma_curator"),
    ("gamma_curator", "delta_user"),
    ("single", "gamma_user"),
    ("gamma_user", "single"),
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
