"""A client with two windows: what he sends becomes one booking, by any way."""

import html
import re
import threading
from datetime import date, timedelta
from functools import partial

from .pages import Visitor

ROUNDS = 4
LOGIN = "alpha_user"


def _windows(server, facts, count=2, login=LOGIN):
    password = facts["passwords"][login]
    return [Visitor(server.url, login, password) for _number in range(count)]


def _path(url):
    return re.sub(r"^https?://[^/]+", "", url)


def _fill(window, facts, hour="", **where):
    """Fill in a new booking; return the address of its last step, and its page."""
    arrival = date.today() + timedelta(days=30)
    values = {
        "city": "Lisbon",
        "date_from": arrival,
        "date_to": arrival + timedelta(days=2),
        "rooms_0": 1,
        "adults_0": 2,
        "ages_0": "",
        **where,
    }
    page = window.post("/my/tour/new", values)
    assert page.url.endswith("/hotel"), page.text[-3000:]
    for step, typed in (
        ("hotel", {"hotel_id": facts["places"]["hotel"]}),
        ("stay", {"rate_0": facts["places"]["rate"], "hour_from": hour}),
        ("guests", {"last_0_0": "Sousa", "first_0_0": "Ana"}),
        ("services", {"next": 1}),
    ):
        assert page.url.endswith(step), page.url
        page = window.post(_path(page.url), typed)
    assert page.url.endswith("/review"), page.url
    return _path(page.url), page.text


def _seen(page):
    return html.unescape(re.search(r'name="seen" value="([^"]*)"', page)[1])


def _together(*calls):
    """Do all at the same moment; return what each got."""
    barrier, ends = threading.Barrier(len(calls)), [None] * len(calls)

    def run(index, call):
        barrier.wait()
        ends[index] = call()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def _count(world, facts):
    ((count,),) = world.sql(
        "SELECT count(*) FROM sale_order WHERE client_user_id = %s"
        " AND created_by_client",
        facts["users"][LOGIN],
    )
    return count


def test_two_windows_press_send(server, facts, world):
    """Both are led to the one booking, and nobody complains in the log."""
    windows = _windows(server, facts, 3)
    for _round in range(ROUNDS):
        before = _count(world, facts)
        path, page = _fill(windows[0], facts)
        sent = {"seen": _seen(page), "agree": 1}
        answers = _together(*(partial(window.post, path, sent) for window in windows))
        assert [answer.status for answer in answers] == [200] * 3
        places = {answer.url for answer in answers}
        assert len(places) == 1, places
        assert re.search(r"/my/tour/bookings/\d+\?sent=1$", places.pop())
        assert _count(world, facts) == before + 1


def test_clients_send_at_the_same_moment(server, facts, world):
    """Each gets a booking, dealt to who takes them, and nobody complains."""
    takers = [facts["users"][login] for login in ("own", "own2")]
    world.sql(
        "UPDATE res_users SET may_take_bookings = id = ANY(%s)"
        " WHERE may_take_bookings OR id = ANY(%s) RETURNING id",
        takers,
        takers,
    )
    logins = ["alpha_user", "alpha_curator", "beta_user", "beta_curator"]
    windows = [_windows(server, facts, 1, login)[0] for login in logins]
    filled = [_fill(window, facts) for window in windows]
    answers = _together(
        *(
            partial(window.post, path, {"seen": _seen(page), "agree": 1})
            for window, (path, page) in zip(windows, filled, strict=True)
        )
    )
    orders = [
        int(re.search(r"/my/tour/bookings/(\d+)", answer.url)[1]) for answer in answers
    ]
    assert len({*orders}) == 4
    rows = world.sql(
        "SELECT user_id FROM sale_order WHERE id = ANY(%s) AND created_by_client",
        orders,
    )
    assert len(rows) == 4
    assert {row[0] for row in rows} <= {*takers}


def test_one_sends_while_the_other_changes(server, facts, world):
    """Whoever comes second is led on; no booking is half the one, half the other."""
    windows = _windows(server, facts)
    for _round in range(ROUNDS):
        before = _count(world, facts)
        path, page = _fill(windows[0], facts)
        stay = path.replace("/review", "/stay")
        typed = {"rate_0": facts["places"]["rate"], "hour_from": "05:00"}
        sent, changed = _together(
            partial(windows[0].post, path, {"seen": _seen(page), "agree": 1}),
            partial(windows[1].post, stay, typed),
        )
        assert (sent.status, changed.status) == (200, 200)
        # The price of before was seen: with the new one nothing is sent.
        is_sent = "/my/tour/bookings/" in sent.url
        assert is_sent or "the price changed" in sent.text
        assert _count(world, facts) == before + is_sent
        if is_sent:
            ((early,),) = world.sql(
                "SELECT early_arrival FROM sale_order_line WHERE order_id = %s",
                int(re.search(r"bookings/(\d+)", sent.url)[1]),
            )
            assert not early


def test_one_deletes_while_the_other_sends(server, facts, world):
    windows = _windows(server, facts)
    for _round in range(ROUNDS):
        before = _count(world, facts)
        path, page = _fill(windows[0], facts)
        sent, deleted = _together(
            partial(windows[0].post, path, {"seen": _seen(page), "agree": 1}),
            partial(windows[1].post, path.replace("/review", "/delete"), {}),
        )
        assert deleted.status == 200
        assert sent.status in (200, 404)
        assert _count(world, facts) == before + ("/my/tour/bookings/" in sent.url)


def test_begun_by_a_double_click(server, facts, world):
    """One form is one draft."""
    windows = _windows(server, facts)
    arrival = date.today() + timedelta(days=30)
    for _round in range(ROUNDS):
        form = windows[0].get("/my/tour/new").text
        values = {
            "once": re.search(r'name="once" value="([0-9a-f]+)"', form)[1],
            "city": "Lisbon",
            "date_from": arrival,
            "date_to": arrival + timedelta(days=2),
            "rooms_0": 1,
            "adults_0": 2,
        }
        answers = _together(
            *(partial(window.post, "/my/tour/new", values) for window in windows)
        )
        places = {_path(answer.url) for answer in answers}
        assert len(places) == 1, places
        windows[0].post(places.pop().replace("/hotel", "/delete"), {})


def test_draft_goes_on_on_another_device(server, facts, world):
    """Begun in one window, it is found and sent in another that knows nothing of it."""
    path, _page = _fill(*_windows(server, facts, 1), facts)
    (phone,) = _windows(server, facts, 1)
    draft = path.removesuffix("/review")
    assert f'href="{draft}"' in phone.get("/my/tour").text
    page = phone.get(draft)
    assert page.url.endswith(path)
    answer = phone.post(path, {"seen": _seen(page.text), "agree": 1})
    assert "/my/tour/bookings/" in answer.url
    assert f'href="{draft}"' not in phone.get("/my/tour").text
