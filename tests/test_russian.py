"""With Russian chosen, no English of ours is left on the screens people work with."""

import pytest

from .russian import find_english
from .screens import LIST, BookingForm


@pytest.fixture
def form(visit):
    window = visit("russian", LIST)
    window.page.wait_for_selector(".o_list_view")
    window.settle()
    return BookingForm(window)


def left_over(form, english):
    """English of ours among what is on the page."""
    form.window.settle()
    return find_english(form.page, english)


def test_list_and_its_search(form, english):
    assert left_over(form, english) == set()
    form.page.locator(".o_searchview_dropdown_toggler").click()
    assert left_over(form, english) == set()
    for name in form.page.locator(".o_menu_sections .dropdown-toggle").all():
        name.click()
        assert left_over(form, english) == set()
        form.page.keyboard.press("Escape")


def test_booking_with_its_tabs(form, english, facts):
    form.open(facts["bookings"]["alpha_user"])
    found = left_over(form, english)
    tabs = form.page.locator(".o_tour_booking_form .o_notebook_headers a")
    for index in range(tabs.count()):
        tabs.nth(index).click()
        found |= left_over(form, english)
    form.page.locator(".o_tour_moves_more").click()
    found |= left_over(form, english)
    assert found == set()


def test_service(form, english, facts):
    form.open(facts["bookings"]["alpha_user"])
    form.page.locator("[name=order_line] .o_data_row .o_data_cell").nth(1).click()
    form.page.wait_for_selector(".modal .o_form_view")
    found = left_over(form, english)
    tabs = form.page.locator(".modal .o_notebook_headers a")
    for index in range(tabs.count()):
        tabs.nth(index).click()
        found |= left_over(form, english)
    assert found == set()


@pytest.mark.parametrize(
    ("action", "record"),
    [
        ("tour_hotel.tour_hotel_action", "hotel"),
        ("tour_partner.res_partner_action_clients", "client"),
        ("tour_hotel.tour_city_action", "city"),
    ],
)
def test_hotel_client_and_city(form, english, facts, action, record):
    ids = facts["places"] | {"client": facts["partners"]["alpha"]}
    found = set()
    for path in (action, f"{action}/{ids[record]}"):
        form.page.goto(f"{form.window.browser.url}/odoo/action-{path}")
        form.page.wait_for_selector(".o_view_controller")
        found |= left_over(form, english)
    tabs = form.page.locator(".o_form_view .o_notebook_headers a")
    for index in range(tabs.count()):
        tabs.nth(index).click()
        found |= left_over(form, english)
    assert found == set()
