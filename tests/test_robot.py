"""Each role's own menus opened, with their records and new forms.

Odoo's robot that clicks on every filter goes through them inside:
`addons/tour_booking/tests/test_screen_tours.py`.
"""

import pytest
from playwright.sync_api import TimeoutError

from . import access

ROOT = "tour_partner.tour_menu_root"
STAFF = [role for role in access.ROLES if role not in (*access.CLIENTS, "clerk")]


def menus_of(window):
    """The actions of our menus that a user has: {path of names: id of the action}."""
    menus = window.page.evaluate(
        "fetch('/web/webclient/load_menus').then(answer => answer.json())"
    )
    root = next(menu for menu in menus.values() if menu.get("xmlid") == ROOT)
    found, queue = {}, [(root, root["name"])]
    while queue:
        menu, path = queue.pop()
        if menu.get("actionModel") == "ir.actions.act_window":
            found[path] = menu["actionID"]
        for child in menu["children"]:
            one = menus[str(child)]
            queue.append((one, f"{path} / {one['name']}"))
    return dict(sorted(found.items()))


def is_quiet(window):
    """Wait until the page has what it asked for; say whether it shows no error."""
    window.settle()
    return not window.page.locator(".o_error_dialog").count()


def close_dialogs(page):
    """Close what lies over the page, topmost first."""
    for _dialog in range(page.locator(".modal .btn-close").count()):
        topmost = page.locator(".modal .btn-close").last.element_handle()
        topmost.click()
        topmost.wait_for_element_state("hidden")


def find(page, what):
    """What can be clicked: in the topmost dialog, and no sample of an empty list."""
    dialog = page.locator(".modal")
    place = dialog.last if dialog.count() else page
    if what == ROWS and place.locator(".o_view_sample_data").count():
        return None
    target = place.locator(what)
    return target.first if target.count() else None


OPEN = """
action => odoo.__WOWL_DEBUG__.root.env.services.action
    .doAction(action, { clearBreadcrumbs: true })
"""
ROWS = (
    ".o_data_row .o_data_cell:not(.o_handle_cell), "
    ".o_kanban_record:not(.o_kanban_ghost)"
)
NEW = ".o_list_button_add:visible, .o-kanban-button-new:visible"
FORM = ".o_form_view, .o_selected_row, .modal"


@pytest.mark.parametrize("role", STAFF)
def test_each_role_opens_its_menus_records_and_new_forms(role, visit):
    window = visit(access.ROLES[role])
    page, broken = window.page, []
    page.wait_for_function("odoo.isReady === true")
    menus = menus_of(window)
    for path, action in menus.items():
        for what in (ROWS, NEW):
            page.evaluate(OPEN, action)
            page.wait_for_selector(".o_view_controller, .o_action, .modal")
            target = find(page, what) if is_quiet(window) else None
            if target:
                target.click()
                try:
                    page.wait_for_selector(FORM, timeout=30_000)
                except TimeoutError:
                    broken.append((path, what, "opened nothing"))
            if is_quiet(window):
                close_dialogs(page)
            else:
                dialog = page.locator(".o_error_dialog")
                broken.append((path, what, dialog.inner_text()))
                dialog.locator(".btn-primary").first.click()
    assert menus
    assert not broken
