"""Every page of a client's office: for everybody, in four languages, by keyboard."""

import pytest

from . import walk
from .audit import Audit
from .russian import find_english, read_odoo_texts, read_words

WIDTHS = {"desk": (1366, 900), "phone": (320, 640)}
CLIENTS = ["gamma_user", "gamma_curator", "single"]
# Where nobody knows yet who comes.
STARTS = {None: ["/web/login", "/web/reset_password", "/tour/register"]}
OFFICE = ["/my/tour", "/my/invoices", "/my/account", "/my/security", "/my/home"]
# Odoo's own pages, whose headings are Odoo's.
ODOO = ("/my/invoices", "/my/orders", "/my/quotes", "/my/account", "/my/security")
ODOO += ("/web/", "/payment/", "/my/payment_method", "/my/address")
ODOO += ("/my/purchase", "/my/rfq")
LANGUAGES = {"ru_RU": "ru", "fr_FR": "fr", "hu_HU": "hu"}


@pytest.fixture(scope="session")
def map_of(visitor, world, office):
    """Return a function: all the pages that somebody can come to, one of each sort."""
    maps, routes = {}, world.facts("routes")
    # Odoo's are led to; some by themselves make no sense.
    routes = [one for one in routes if one["ours"]]

    def get(login):
        if login not in maps:
            one = walk.Map(visitor(login)).go(*STARTS.get(login, OFFICE))
            if login:
                models = office["records"][login]["models"]
                code = office["owners"][login]
                one.try_routes(routes, models | office["shared"][code])
            maps[login] = one
        return maps[login]

    return get


def _say(found):
    return "\n" + "\n".join(f"{path}: {fault}" for path, fault in found)


@pytest.mark.refusals
@pytest.mark.parametrize("login", [*CLIENTS, None])
def test_links_lead_somewhere(login, map_of):
    one = map_of(login)
    assert one.find_dead_links() == {}
    broken = {
        address: status for address, status in one.refused.values() if status >= 500
    }
    assert broken == {}
    if login:
        assert "/my/tour/bookings/N" in one.pages


@pytest.mark.refusals
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("login", [*CLIENTS, None])
def test_nobody_is_kept_out(login, width, map_of, visit):
    """By what axe-core finds, by headings, by the width of a small phone."""
    pages = map_of(login).pages
    size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
    # Of what comes in slowly one would measure half the colour.
    window = visit(login, "/my/tour", viewport=size, reduced_motion="reduce")
    audit, found = Audit(window), []
    for sort, path in pages.items():
        audit.open(path)
        faults = audit.find_violations() + audit.find_wide()
        if not sort.startswith(ODOO):
            faults += audit.find_headings()
        faults += window.unexpected()
        window.faults.clear()
        found += [(path, fault) for fault in faults]
    assert not found, _say(found)


@pytest.mark.refusals
@pytest.mark.parametrize("login", ["gamma_curator", None])
def test_a_keyboard_is_enough(login, map_of, visit):
    """Each control is reached by Tab, in the order of the page, and one sees where."""
    window = visit(login, "/my/tour")
    audit, found = Audit(window), []
    for path in map_of(login).pages.values():
        audit.open(path)
        found += [(path, fault) for fault in audit.find_keyboard_faults()]
    assert not found, _say(found)


@pytest.mark.refusals
@pytest.mark.parametrize("code", LANGUAGES)
def test_pages_speak_one_language(code, map_of, visit, as_user, facts):
    """The page says which language it is in, and no English of ours is left there."""
    login, words = "gamma_curator", read_words(LANGUAGES[code])
    pages = [*map_of(login).pages.values()]
    write = as_user("admin")
    write("res.users", "write", [facts["users"][login]], vals={"lang": code})
    try:
        found = _find_english(visit(login, "/my/tour"), pages, code, words)
    finally:
        write("res.users", "write", [facts["users"][login]], vals={"lang": "en_US"})
    assert not found, _say(found)


@pytest.mark.refusals
@pytest.mark.parametrize("code", LANGUAGES)
def test_pages_of_nobody_speak_his_language(code, map_of, visit):
    """What his browser asks for counts, where nobody is logged in."""
    words = read_words(LANGUAGES[code])
    window = visit(None, locale=code.replace("_", "-"))
    pages = map_of(None).pages.values()
    found = _find_english(window, pages, code, words)
    assert not found, _say(found)


def _find_english(window, pages, code, words):
    audit, found = Audit(window), []
    for path in pages:
        audit.open(path)
        lang = window.page.evaluate("document.documentElement.lang")
        if lang.partition("-")[0] != LANGUAGES[code]:
            found.append((path, f"says that it is in {lang}"))
        left = find_english(window.page, words)
        if path.startswith(ODOO):
            # What Odoo says there is Odoo's to translate.
            left -= read_odoo_texts()
        found += [(path, f"English: {text}") for text in left]
    return found


def _tab_to(page, selector):
    """Press Tab until a control has the focus."""
    for _press in range(200):
        page.keyboard.press("Tab")
        if _has_focus(page, selector):
            return
    raise AssertionError(f"Tab never came to {selector}")


@pytest.mark.refusals
def test_a_message_is_sent_without_a_mouse(office, visit, world):
    """From the home page, by the menu, with a fault on the way."""
    window = visit("gamma_curator", "/my/tour")
    page = window.page
    window.settle()
    _tab_to(page, "a[href='/my/tour/message']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/my/tour/message")
    window.settle()
    # Sent empty: one is told what is missing, and the link leads to the field.
    _tab_to(page, "main button[type=submit]")
    page.evaluate("document.querySelector('#tour_text').form.noValidate = true")
    page.keyboard.press("Enter")
    page.wait_for_selector(".o_tour_faults[role=alert]")
    window.settle()
    assert page.get_attribute("#tour_text", "aria-invalid") == "true"
    described = page.get_attribute("#tour_text", "aria-describedby").split()
    assert page.inner_text(f"#{described[0]}").strip()
    _tab_to(page, ".o_tour_faults a")
    page.keyboard.press("Enter")
    if not _has_focus(page, "#tour_text"):
        _tab_to(page, "#tour_text")
    page.keyboard.type("Sent by keys alone")
    _tab_to(page, "main button[type=submit]")
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    window.settle()
    sent = "SELECT count(*) FROM mail_message WHERE body LIKE %s"
    assert world.sql(sent, "%Sent by keys alone%")[0][0] >= 1


def _has_focus(page, selector):
    return page.evaluate("one => document.activeElement.matches(one)", selector)
