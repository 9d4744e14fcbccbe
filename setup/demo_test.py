"""Does the demo work: it installs without a warning, starts, and lets people in."""

import json
import urllib.request

from . import demo, paths, server
from .databases import Databases
from .logcheck import Reader
from .odoo_tests import Result
from .ui import bad, good


def run(ground):
    """Make the demo's database if need be, serve a copy, log in as each role."""
    databases = Databases(ground)
    databases.clean()
    master = demo.Demo(ground).ensure_master()
    result = Result(unexpected=_odd(paths.log_dir() / f"{master}_draft.log"))
    name = databases.temporary()
    databases.clone(master, name)
    log = paths.log_dir() / f"{name}-demo.log"
    try:
        with log.open("w") as file:
            running = server.Server(ground, name, server.free_port(), log=file)
            try:
                running.wait()
                result += _log_in(running.url, name)
            finally:
                running.stop()
    finally:
        databases.drop(name)
    return result + Result(unexpected=_odd(log))


def _odd(log):
    """The lines of a log that nobody expected."""
    reader = Reader()
    for line in log.read_text(errors="replace").splitlines() if log.is_file() else []:
        reader.feed(line)
    return reader.unexpected


def _log_in(url, database):
    """Log in as each of the demo's users."""
    passed, broken = 1, []
    for who in demo.logins():
        if _authenticate(url, database, who["login"], who["password"]):
            passed += 1
        else:
            broken.append(f"the demo refuses {who['login']} ({who['role']})")
    (bad if broken else good)(f"The demo starts; {passed - 1} users log in")
    return Result(passed, len(broken), broken=broken)


def _authenticate(url, database, login, password):
    params = {"db": database, "login": login, "password": password}
    request = urllib.request.Request(
        f"{url}/web/session/authenticate",
        json.dumps({"jsonrpc": "2.0", "params": params}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return bool(json.load(answer).get("result", {}).get("uid"))
