"""Take the pictures of README.rst anew, from the running demo.

    ./tour run                                    # in one terminal
    <the project's Python> docs/take_pictures.py http://127.0.0.1:8069

Takes Playwright, Pillow and pypdfium2, which `./tour` installs for its tests.
"""

import io
import os
import sys
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
IMAGES = HERE / "images"
SIZE = {"width": 1440, "height": 860}
COLOURS = 256
PAUSE = 1500
READY = ".o_action_manager .o_view_controller"


def main(url):
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_get_chromium())
        with log_in(browser, url, "manager") as page:
            take_list(page, url)
            take_booking(page)
            take_paper(page, url)
        with log_in(browser, url, "manager_ru") as page:
            take_client(page, url)
        browser.close()


def _get_chromium():
    """The browser that the tests use."""
    if os.environ.get("TOUR_CHROMIUM"):
        return os.environ["TOUR_CHROMIUM"]
    sys.path.insert(0, str(HERE.parent))
    from setup import chromium  # noqa: PLC0415

    return str(chromium.ensure())


@contextmanager
def log_in(browser, url, login):
    context = browser.new_context(viewport=SIZE)
    page = context.new_page()
    page.set_default_timeout(60000)
    page.goto(f"{url}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", login)
    page.click("button[type=submit]")
    page.wait_for_selector(READY)
    yield page
    context.close()


def open_page(page, url, path):
    page.goto(f"{url}/odoo/{path}")
    page.wait_for_selector(READY)


def take_list(page, url):
    """The bookings of a manager."""
    open_page(page, url, "bookings")
    page.wait_for_selector(".o_data_row")
    save(page, "bookings")


def take_booking(page):
    """A booking, and how the price of its stay was worked out."""
    row = page.locator(".o_data_row", has_text="Booked").filter(has_text="Danube Gate")
    row.first.locator("td[name=service_summary]").click()
    page.wait_for_selector(".o_form_view .o_data_row")
    save(page, "booking")
    page.locator(".o_form_view .o_data_row").first.locator("td").nth(1).click()
    page.wait_for_selector(".modal .o_form_view")
    save(page, "service")
    page.keyboard.press("Escape")


def take_paper(page, url):
    """The first page of a voucher."""
    found = page.evaluate(
        """async (url) => {
            const answer = await fetch(`${url}/web/dataset/call_kw`, {
                method: "POST",
                headers: {"Content-Type": "application/json"},
                body: JSON.stringify({jsonrpc: "2.0", method: "call", params: {
                    model: "tour.document", method: "search_read", args: [],
                    kwargs: {
                        domain: [["kind", "=", "voucher"], ["lang", "=", "en_US"]],
                        fields: ["pdf_file"], limit: 1,
                    },
                }}),
            });
            return (await answer.json()).result[0].id;
        }""",
        url,
    )
    answer = page.request.get(f"{url}/web/content/tour.document/{found}/pdf_file")
    document = pypdfium2.PdfDocument(answer.body())
    write(document[0].render(scale=1.4).to_pil(), "voucher")


def take_client(page, url):
    """A client, with the warning of a twin, in Russian."""
    open_page(page, url, "tour-clients")
    page.locator(".o_data_row", has_text="АО «Северная сталь»").first.click()
    page.wait_for_selector(".o_form_view")
    save(page, "client_ru")


def save(page, name):
    page.wait_for_load_state("load")
    # Avatars and texts of widgets come a moment after the view.
    page.wait_for_timeout(PAUSE)
    write(Image.open(io.BytesIO(page.screenshot())), name)


def write(image, name):
    """Store a picture small: screens have few colours."""
    image = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    image.save(IMAGES / f"{name}.png", optimize=True)
    print(IMAGES / f"{name}.png")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8069")
