"""Our pages: papers, notifications, links without login."""

import re
import urllib.parse

import pytest

from .pages import csrf
from .test_money_at_once import _create_shown

SECRET = "SECRET"


READS = {
    # Papers of alpha_user's booking: who gets the PDF.
    "open": {"alpha_user", "alpha_curator", "own", "all", "accountant", "director"},
    "closed": {"own", "all", "accountant", "director"},
    "supplier": {"own", "all", "accountant", "director"},
}
ASKERS = [
    None,
    "alpha_user",
    "alpha_curator",
    "alpha_sub_curator",
    "beta_user",
    "beta_curator",
    "own",
    "own2",
    "all",
    "accountant",
    "director",
    "staff",
    "editor",
    "clerk",
]


@pytest.mark.refusals
@pytest.mark.parametrize("login", ASKERS)
def test_papers(login, page_of, facts):
    for name, readers in READS.items():
        path = f"/my/tour/documents/{facts['documents'][name]}"
        status, body, _headers, _url = page_of(login, path)
        got = status == 200 and body.startswith(b"%PDF")
        assert got == (login in readers), (name, status)
        if not got:
            # What one may not see and what is not there look the same.
            missing = page_of(login, "/my/tour/documents/999999")
            assert status == missing[0] == 404
    for wrong in ("x", "", "0", "%00", "../" * 5):
        path = f"/my/tour/documents/{facts['documents']['closed']}?access_token="
        status, body, *_rest = page_of(None, path + urllib.parse.quote(wrong))
        assert status == 404 and not body.startswith(b"%PDF")


@pytest.mark.refusals
@pytest.mark.parametrize("login", ["beta_user", "alpha_sub_curator", None])
def test_the_page_of_a_booking_is_its_client_s(login, page_of, facts):
    path = f"/my/orders/{facts['bookings']['alpha_user']}"
    _status, body, _headers, url = page_of(login, path)
    assert "/my/orders/" not in url
    assert b"AlphaUserguest" not in body


def test_pages_of_a_client_hold_no_secret(page_of, facts):
    order = facts["bookings"]["alpha_user"]
    for path in (
        "/my",
        "/my/home",
        "/my/orders",
        "/my/quotes",
        f"/my/orders/{order}",
        f"/my/orders/{order}?report_type=html",
        "/my/notifications",
        "/my/account",
    ):
        status, body, *_rest = page_of("alpha_user", path)
        assert status == 200, path
        assert SECRET.encode() not in body, path


@pytest.mark.refusals
def test_settings_of_notifications_are_one_s_own(page_of, as_user, facts):
    status, _body, _headers, url = page_of(None, "/my/notifications")
    assert status == 200 and "/web/login" in url
    # Without the token of the form nothing is kept.
    status, *_rest = page_of("beta_user", "/my/notifications", {"category_1": "send"})
    assert status == 400
    _status, form, *_rest = page_of("beta_user", "/my/notifications")
    category = re.search(rb'name="category_(\d+)"', form)[1].decode()
    data = {f"category_{category}": "dont_send", "csrf_token": csrf(form.decode())}
    # Whoever else is named in the form: the choice is of the one who sends it.
    data["partner_id"] = facts["people"]["alpha_user"]
    page_of("beta_user", "/my/notifications", data)
    rows = as_user("admin")(
        "tour.notification.choice",
        "search_read",
        domain=[("category_id", "=", int(category)), ("choice", "=", "dont_send")],
        fields=["partner_id"],
    )
    assert [row["partner_id"][0] for row in rows] == [facts["people"]["beta_user"]]


CHANGES = "/my/tour/bookings/{}/changes"


@pytest.mark.refusals
@pytest.mark.parametrize("login", ASKERS)
def test_the_page_of_changes_is_for_who_sees_the_booking(login, page_of, facts):
    path = CHANGES.format(facts["bookings"]["alpha_user"])
    status, body, _headers, url = page_of(login, path)
    if login is None:
        assert "/web/login" in url
        return
    sees = login in {*READS["open"], "director", "accountant"}
    assert status == (200 if sees else 404)
    assert sees or status == page_of(login, CHANGES.format(999999))[0]
    if login.startswith("alpha"):
        assert SECRET.encode() not in body


@pytest.mark.refusals
def test_changes_are_not_asked_for_without_the_form(page_of, as_user, facts):
    order = facts["bookings"]["alpha_curator"]
    data = {"act": "cancel", "comment": "x"}
    assert page_of("alpha_curator", CHANGES.format(order), data)[0] == 400
    # With the form, but for the booking of another client.
    _status, form, *_rest = page_of("alpha_curator", CHANGES.format(order))
    data["csrf_token"] = csrf(form.decode())
    other = facts["bookings"]["beta_user"]
    assert page_of("alpha_curator", CHANGES.format(other), data)[0] == 404
    # Something that is no act: the page says so, and nothing is asked for.
    data["act"] = "apply"
    status, *_rest = page_of("alpha_curator", CHANGES.format(order), data)
    assert status == 200
    admin = as_user("admin")
    asked = [("order_id", "in", [order, other])]
    assert admin("tour.change", "search_count", domain=asked) == 0


ACCOUNT = "/my/tour/account"
MONEY = ["/my/tour/invoices/{}/refund", "/my/tour/invoices/{}/account"]
STATEMENT = (
    f"{ACCOUNT}/statement.{{}}?date_from=2026-01-01&date_to=2026-12-31&currency={{}}"
)


@pytest.mark.refusals
@pytest.mark.parametrize("login", ASKERS)
def test_accounts_are_of_clients(login, page_of, world):
    """His own; the statement, which names all bookings, for curators only."""
    status, body, _headers, url = page_of(login, ACCOUNT)
    if login is None:
        assert "/web/login" in url
        return
    is_client = login.startswith(("alpha", "beta"))
    assert status == (200 if is_client else 404)
    assert SECRET.encode() not in body
    ((currency,),) = world.sql(
        "SELECT u.name FROM res_company AS c JOIN res_currency AS u"
        " ON u.id = c.currency_id ORDER BY c.id LIMIT 1"
    )
    for kind, start in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        status, body, *_rest = page_of(login, STATEMENT.format(kind, currency))
        sees = login.endswith("_curator")
        assert (status == 200 and body.startswith(start)) == sees
        assert sees or status == 404


@pytest.mark.refusals
def test_money_of_an_invoice_is_its_client_s(page_of, as_user, facts):
    """Refunds are asked for, and the account is spent, by whom it was shown to."""
    invoice = _create_shown(as_user, facts)
    for path in MONEY:
        for login in ASKERS:
            status, _body, _headers, url = page_of(login, path.format(invoice))
            if login is None:
                assert "/web/login" in url
                continue
            sees = login in ("alpha_user", "alpha_curator")
            assert status == (200 if sees else 404), (login, path)
        # Without the token of the form nothing is done; nor to what is not there.
        data = {"what": "all", "reason": "x"}
        assert page_of("alpha_user", path.format(invoice), data)[0] == 400
        for wrong in (0, 999999, 10**20, "x"):
            assert page_of("alpha_user", path.format(wrong))[0] == 404
    assert page_of("alpha_user", ACCOUNT, {"amount": "5"})[0] == 400


@pytest.mark.refusals
@pytest.mark.parametrize("path", ["/tour/link/", "/offer/", "/tour/voucher/"])
@pytest.mark.parametrize(
    "token",
    ["x", "a" * 5000, "%F0%9F%92%A9", "1.2.3", "..%2E..%2Eetc", "%00", "' OR 1=1--"],
)
def test_wrong_links_are_all_answered_alike(path, token, page_of):
    address = path + urllib.parse.quote(token, safe="%")
    status, body, headers, _url = page_of(None, address)
    assert status in (400, 404, 429)
    assert b"Traceback" not in body and SECRET.encode() not in body
    if status != 400:
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Frame-Options"] == "DENY"
    for act in ("", "/accept", "/decline", "/seen") if path == "/offer/" else ("",):
        status, body, *_rest = page_of(None, address + act, {"act": "save"})
        assert status in (204, 400, 404, 405, 429), act
        assert b"Traceback" not in body


@pytest.mark.refusals
@pytest.mark.parametrize("login", ["clerk", "staff", "own2", "alpha_user"])
def test_previews_of_offers_are_for_who_reads_them(login, page_of):
    status, body, *_rest = page_of(login, "/offers/1/preview")
    assert status in (403, 404) and SECRET.encode() not in body


@pytest.mark.refusals
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "token",
    ["x", "a" * 5000, "%F0%9F%92%A9", "1.2.3", "..%2F..%2Fetc", "%00", "' OR 1=1--"],
)
def test_wrong_links_to_unsubscribe_say_nothing(token, method, page_of):
    path = "/notification/unsubscribe/" + urllib.parse.quote(token, safe="%")
    data = {} if method == "POST" else None
    status, body, headers, _url = page_of(None, path, data)
    assert status in (200, 400, 404)
    assert b"Traceback" not in body and b"@" not in re.sub(rb"<[^>]*>", b"", body)
    if status == 200:
        assert headers["Referrer-Policy"] == "no-referrer"
