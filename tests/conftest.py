"""What every test from outside stands on: the world, a server, and who asks."""

import os
import urllib.parse

import pytest

from . import ground, pages, rpc, russian, strangers


def pytest_configure(config):
    config.addinivalue_line("markers", "refusals: the server refuses calls, and warns")
    config.addinivalue_line("markers", "stumbles: addresses of Odoo's stumble as well")


@pytest.fixture(scope="session")
def world():
    """The database with people, hotels and bookings."""
    it = ground.World()
    it.make()
    yield it
    it.drop()


@pytest.fixture(scope="session")
def server(world):
    """A running server, whose log must be clean when all is over."""
    running = ground.Running(world)
    yield running
    running.stop()
    odd = running.odd()
    assert not odd, "The server's log has:\n" + "\n".join(odd)


# What Odoo's cron could not enter now, it enters the next time.
CRON_COMES_BACK = (
    "ERROR odoo.addons.payment.models.payment_transaction: An error occurred while"
)


# What Odoo's own addresses say when what they are asked makes no sense.
STUMBLED = "ERROR odoo.http: Exception during request handling."
# What it says of a refusal in other words.
REFUSED = (
    "WARNING odoo.http: ",
    "WARNING odoo.addons.mail.controllers.mail: Invalid token in route ",
    "WARNING odoo.addons.payment.models.payment_transaction: Received payment data from"
    " provider demo with missing reference",
)


def _is_refusal(line):
    """Say whether the log only tells of a call refused, or of one tried again.

    Of two who lock or write a booking at once one may come too late; Odoo logs that,
    and repeats his request.
    """
    if line.startswith(CRON_COMES_BACK):
        return True
    late = line.startswith("ERROR odoo.sql_db: bad query: ")
    return line.startswith(REFUSED) or (
        late
        and any(
            words in line
            for words in (
                "FOR NO KEY UPDATE SKIP LOCKED",
                'UPDATE "sale_order"',
                # Two notices of a provider.
                'UPDATE "payment_transaction"',
                # Two who ask for an export to accounting, or make it.
                'INTO "tour_accounting_export"',
                'UPDATE "tour_accounting_export"',
                # Who waits for another's number of a VAT invoice, and draws anew.
                "SET write_date = write_date",
            )
        )
    )


@pytest.fixture(autouse=True)
def clean_log(request):
    """Fail the very test that made the server complain.

    Odoo warns of each call that it refuses: a test that is there to be refused says
    so with the marker ``refusals``.
    """
    if "server" not in request.fixturenames:
        yield
        return
    running = request.getfixturevalue("server")
    running.odd()
    yield
    odd = running.odd()
    stumbles = request.node.get_closest_marker("stumbles")
    if stumbles or request.node.get_closest_marker("refusals"):
        odd = [line for line in odd if not _is_refusal(line)]
    if stumbles:
        odd = [line for line in odd if line != STUMBLED]
    if odd:
        pytest.fail("The server said:\n" + "\n".join(odd))


@pytest.fixture(scope="session")
def facts(world):
    """Ids, keys, models and methods of the world."""
    return world.facts()


@pytest.fixture(scope="session")
def office(world, facts):
    """Clients whose every word says whose it is; they log in like the others."""
    if not world.sql(
        "SELECT id FROM ir_config_parameter WHERE key = 'tour.outside.office'"
    ):
        world.shell((ground.HERE / "office_world.py").read_text())
    made = world.facts("office")
    for name in ("users", "passwords", "keys"):
        facts[name] |= made[name]
    return made


@pytest.fixture(scope="session")
def visitor(server, facts):
    """Return a function: a login (None: nobody) at the pages, without a browser."""
    visitors = {}

    def get(login):
        if login not in visitors:
            password = login and facts["passwords"][login]
            visitors[login] = pages.Visitor(server.url, login, password)
        return visitors[login]

    return get


@pytest.fixture(scope="session")
def page_of(visitor):
    """Return a function that fetches a page as a login (None: nobody)."""

    def fetch(login, path, data=None):
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        return visitor(login).open(path, body)

    return fetch


@pytest.fixture(scope="session")
def as_user(server, world, facts):
    """Return a caller for a login; None is nobody.

    ``as_user("own")("sale.order", "read", [1], fields=["name"])``
    """

    def caller(login, protocol=rpc.Json2):
        if login is None:
            return protocol(server.url, world.name)
        return protocol(
            server.url, world.name, login, facts["keys"][login], facts["users"][login]
        )

    return caller


@pytest.fixture(scope="session")
def caller(as_user, visitor):
    """Return a function: login and protocol -> what calls a method."""

    def get(login, protocol):
        if protocol is rpc.WebClient:
            return rpc.WebClient(visitor(login))
        return as_user(login, protocol)

    return get


@pytest.fixture(scope="session")
def words(office):
    """Return a function: who asks -> what reads his answers."""
    return lambda login: strangers.Words(office, login)


@pytest.fixture
def untouched(world, office):
    """What is somebody's is the same, byte by byte, when others have tried."""
    before = strangers.read_rows(world, office)
    yield
    after = strangers.read_rows(world, office)
    assert {key for key in before if before[key] != after[key]} == set()


@pytest.fixture(scope="session")
def browser(server, world):
    """Chromium, closed at the end."""
    from .browser import Browser

    os.environ.setdefault("TOUR_CHROMIUM", str(world.ground.browser))
    it = Browser(server.url)
    yield it
    it.close()


@pytest.fixture
def visit(browser, facts, request):
    """Return a function that opens a window for a login (None: nobody).

    At the end of the test no window may have seen an error.
    """
    visits = []

    def start(login, path="/odoo", **options):
        one = browser.visit(**options)
        visits.append(one)
        if login:
            one.login(login, facts["passwords"][login], path)
        return one

    yield start
    faults = [fault for one in visits for fault in one.unexpected()]
    for one in visits:
        one.close()
    if faults:
        pytest.fail("The browser saw:\n" + "\n".join(dict.fromkeys(faults)))


@pytest.fixture(scope="session")
def english():
    """English of ours with its Russian: not for who has chosen that."""
    return russian.read_words()


def _read_balances(world):
    """The trial balance by type of account."""
    rows = world.sql(
        "SELECT a.account_type, sum(l.balance) FROM account_move_line AS l"
        " JOIN account_account AS a ON a.id = l.account_id"
        " WHERE l.parent_state = 'posted' GROUP BY a.account_type"
    )
    return dict(rows)


@pytest.fixture
def moved(world):
    """Return a function that says what moved on the accounts since the test began."""
    before = _read_balances(world)

    def get():
        now = _read_balances(world)
        changes = {kind: now[kind] - before.get(kind, 0) for kind in now}
        return {kind: change for kind, change in changes.items() if change}

    return get
