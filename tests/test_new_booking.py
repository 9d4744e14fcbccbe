"""A client makes a booking in Chromium: at a desk, on a phone, without scripts."""

from datetime import date, timedelta

import pytest

from .audit import Audit

WIDTHS = {"desk": (1366, 900), "phone": (320, 640)}


def _check(audit, found):
    """What keeps people out of the page that is open."""
    path = audit.page.url
    faults = audit.find_violations() + audit.find_wide() + audit.find_headings()
    found += [f"{path}: {fault}" for fault in faults]


def _fill_where(page):
    arrival = date.today() + timedelta(days=30)
    page.fill("#tour_date_from", str(arrival))
    page.fill("#tour_date_to", str(arrival + timedelta(days=2)))
    page.fill("#tour_ages_0", "0")


def _go(page, step):
    page.wait_for_url(f"**/{step}", wait_until="load")


def _book(page, facts, check):
    """All the steps; ``check`` looks at each page."""
    page.fill("#tour_city", "Nowhere")
    _fill_where(page)
    page.click("form.o_tour_where .btn-primary")
    page.wait_for_selector(".o_tour_faults")
    check()
    page.fill("#tour_city", "Lisbon")
    page.click("form.o_tour_where button[name=add]")
    page.wait_for_selector("#tour_rooms_1")
    check()
    page.click("button[name=drop][value='1']")
    page.wait_for_selector("#tour_rooms_1", state="detached")
    page.click("form.o_tour_where .btn-primary")
    _go(page, "hotel")
    check()
    page.click(f"button[name=hotel_id][value='{facts['places']['hotel']}']")
    _go(page, "stay")
    check()
    page.check(f"input[name=rate_0][value='{facts['places']['rate']}']")
    page.fill("#tour_wishes", "A cot")
    page.click("form.o_tour_stay .btn-primary")
    _go(page, "guests")
    page.click(".o_tour_guests summary")
    page.fill("#tour_paste", "Sousa Ana\nSousa Rui 1980-02-01\n42\nSousa Eva 0")
    page.click("button[name=take]")
    page.wait_for_selector(".o_tour_said")
    assert page.input_value("#tour_last_0_2") == "Sousa"
    check()
    page.click("form.o_tour_guests .btn-primary")
    _go(page, "services")
    page.click("button[name=add] >> nth=0")
    page.wait_for_selector("#tour_date_0")
    check()
    page.click("button[name=drop_0]")
    page.wait_for_selector("#tour_date_0", state="detached")
    page.click("form.o_tour_services .btn-primary")
    _go(page, "review")
    check()
    page.check("#tour_agree")
    page.click("form.o_tour_review .btn-primary")
    page.wait_for_url("**/my/tour/bookings/*", wait_until="load")


def _get_guests(world, page):
    order = int(page.url.partition("/bookings/")[2].partition("?")[0])
    return world.sql(
        "SELECT full_name, guest_type FROM tour_guest WHERE order_id = %s ORDER BY id",
        order,
    )


GUESTS = [("Sousa Ana", "adult"), ("Sousa Rui", "adult"), ("Sousa Eva", "infant")]


@pytest.mark.parametrize("width", WIDTHS)
def test_all_steps(width, visit, facts, world):
    size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
    window = visit("alpha_user", "/my/tour/new", viewport=size)
    audit, found = Audit(window), []
    _check(audit, found)
    _book(window.page, facts, lambda: _check(audit, found))
    _check(audit, found)
    assert not found, "\n" + "\n".join(found)
    assert _get_guests(world, window.page) == GUESTS


def test_without_scripts(visit, facts, world):
    window = visit("alpha_user", "/my/tour/new", java_script_enabled=False)
    _book(window.page, facts, lambda: None)
    assert _get_guests(world, window.page) == GUESTS


def test_cities_are_suggested(visit):
    page = visit("alpha_user", "/my/tour/new").page
    page.wait_for_load_state("networkidle")
    page.locator("#tour_city").press_sequentially("lis")
    page.wait_for_selector("#tour_cities option[value=Lisbon]", state="attached")
