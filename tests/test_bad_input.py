"""Bad input, typed as people do: a clear message, and nothing half-saved."""

import pytest

from .screens import BookingForm

# The server answers these with a warning in its log, and the client shows it.
pytestmark = pytest.mark.refusals


@pytest.fixture
def form(visit):
    window = visit("own")
    window.expect(r"console (error|warning)|answer 4\d\d")
    form = BookingForm(window)
    form.new()
    form.find("partner_id", "Alpha Tr")
    return form


@pytest.fixture
def count(world):
    """How many bookings and services there are, past Odoo."""

    def look():
        return world.sql(
            "SELECT (SELECT count(*) FROM sale_order),"
            " (SELECT count(*) FROM sale_order_line),"
            " (SELECT count(*) FROM tour_guest)"
        )

    return look


def _is_told(form, *words):
    said = form.said()
    assert all(word.lower() in said.lower() for word in words), said
    assert "Traceback" not in said and "RPC_ERROR" not in said


def test_departure_before_arrival(form, count):
    before = count()
    form.add()
    form.stay(days=(43, 40))
    form.try_dialog()
    if not form.page.locator(".modal .o_form_view").count():
        form.try_save()
    _is_told(form, "departure", "arrival")
    assert count() == before


def test_child_without_age(form, count):
    before = count()
    form.add()
    form.stay()
    guests = form.page.locator(".modal [name=guest_ids]")
    guests.locator(".o_field_x2many_list_row_add a").click()
    form.window.settle()
    form.page.keyboard.type("Orlova")
    guests.locator(".o_selected_row [name=guest_type] input").first.click()
    form.page.locator(".o_select_menu_item", has_text="Child").first.click()
    form.window.settle()
    form.try_dialog()
    if not form.page.locator(".modal .o_form_view").count():
        form.try_save()
    _is_told(form, "child", "age")
    assert count() == before


def test_foreign_currency_without_rate(form, count):
    before = count()
    form.add()
    form.find("hotel_id", "Alpine", ".modal")
    form.find("room_id", "Single", ".modal")
    form.find("rate_id", "Foreign", ".modal")
    form.type("date_from", "12/01/2030", ".modal")
    form.type("date_to", "12/03/2030", ".modal")
    if "CHF" not in form.said():
        form.try_dialog()
        form.try_save()
    _is_told(form, "CHF", "rate")
    assert count() == before


def test_malformed_tax_id_warns_and_lets_go_on(visit, world):
    window = visit("own", "/odoo/action-tour_partner.res_partner_action_clients/new")
    page = window.page
    page.wait_for_selector(".o_form_view")
    window.settle()
    form = BookingForm(window)
    page.locator("[name=name] input, [name=name] textarea").first.fill("Gamma Ltd")
    form.find("country_id", "Russia")
    form.type("vat", "7707083894")
    warning = page.locator("[name=tax_id_warning]").inner_text()
    assert "7707083894" in warning or "tax id" in warning.lower()
    form.save()
    assert world.sql("SELECT vat FROM res_partner WHERE name = 'Gamma Ltd'")


def test_a_move_that_is_not_ready_says_what_is_missing(form, world):
    form.add()
    form.stay()
    form.close_dialog()
    form.save()
    order = form.order_id()
    form.move("q", "Accepted")
    form.move("q", "Confirmed to client")
    form.page.keyboard.press("Alt+q")
    _is_told(form, "no confirmation of", "Grand Ocean")
    state = world.sql("SELECT booking_state FROM sale_order WHERE id = %s", order)
    assert state == [("confirmed",)]
