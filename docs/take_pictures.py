"""Take the pictures of README.rst and papers.md anew, from the running demo.

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
COLUMNS = 3
# Papers side by side, as they belong together.
PAPERS = {
    "papers_money": "Invoice for payment|Invoice with commission"
    "|Invoice with early arrival and late departure",
    "papers_client": "Contract on travel services|Booking sheet (annex 1)|Voucher"
    "|Service act|Apartment act|Cover sheet of acts",
    "papers_official": "VAT invoice (Russia)|Universal transfer document (Russia)",
    "papers_others": "Request to supplier|Guarantee letter"
    "|Cancellation letter to supplier|Cancellation, to accounting",
}
READY = ".o_action_manager .o_view_controller"


def main(url):
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_get_chromium())
        with log_in(browser, url, "manager") as page:
            take_list(page, url)
            take_booking(page)
            take_paper(page, url)
        # Who may see the signatures sees them on a preview, too.
        with log_in(browser, url, "head") as page:
            take_papers(page, url)
            take_metrics(page, url)
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
    domain = [["kind", "=", "voucher"], ["lang", "=", "en_US"]]
    found = search(page, url, "tour.document", domain)[0]["id"]
    answer = page.request.get(f"{url}/web/content/tour.document/{found}/pdf_file")
    write(draw_page(answer.body(), 1.4), "voucher")


def take_papers(page, url):
    """The first page of each paper, of the same made-up booking."""
    templates = search(page, url, "tour.document.template", [])
    ids = {template["display_name"]: template["id"] for template in templates}
    for picture, names in PAPERS.items():
        pages = []
        for name in names.split("|"):
            path = f"/tour/document/templates/{ids[name]}/preview?lang=en_US"
            pages.append(draw_page(page.request.get(url + path).body(), 0.9))
        write(put_side_by_side(pages), picture)


def take_metrics(page, url):
    """The first charts of the month, drawn to the end."""
    page.goto(f"{url}/odoo/tour-metrics")
    page.wait_for_selector(".o_tour_metrics [aria-busy='false'] canvas")
    save(page, "metrics")


def draw_page(pdf, scale):
    return pypdfium2.PdfDocument(pdf)[0].render(scale=scale).to_pil()


def put_side_by_side(pages):
    """The pages in rows, with a narrow gap between them."""
    gap, (width, height) = 12, pages[0].size
    # Four look better as two rows of two, and forms lie across.
    columns = {2: 1, 4: 2}.get(len(pages), COLUMNS)
    rows = -(-len(pages) // columns)
    size = (columns * (width + gap) + gap, rows * (height + gap) + gap)
    sheet = Image.new("RGB", size, "#8a949e")
    for place, drawn in enumerate(pages):
        row, column = divmod(place, columns)
        sheet.paste(drawn, (gap + column * (width + gap), gap + row * (height + gap)))
    return sheet


def search(page, url, model, domain):
    """Records that the user may read."""
    return page.evaluate(
        """async ([url, model, domain]) => {
            const answer = await fetch(`${url}/web/dataset/call_kw`, {
                method: "POST",
                headers: {"Content-Type": "application/json"},
                body: JSON.stringify({jsonrpc: "2.0", method: "call", params: {
                    model, method: "search_read", args: [],
                    kwargs: {domain, fields: ["display_name"]},
                }}),
            });
            return (await answer.json()).result;
        }""",
        [url, model, domain],
    )


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
