"""The client's office as a client works in it: by labels, links and buttons."""

import io
import os
import re
from pathlib import Path

from PIL import Image

from .screens import in_days

COLOURS = 64
SIZES = {"desk": (1366, 900), "phone": (390, 844)}


class ClientOffice:
    """A client in his window.

    :param window: of `browser.Visit`
    :param str size: which of `SIZES` it is, for the names of pictures
    """

    def __init__(self, window, size):
        self.window = window
        self.page = window.page
        self.size = size
        self.folder = os.environ.get("TOUR_PICTURES")
        self.shot = set()

    def go(self, path):
        self.page.goto(self.window.browser.url + path)
        self.window.settle()

    def go_to_booking(self, order, query=""):
        self.go(f"/my/tour/bookings/{order}{query}")

    def shoot(self, name):
        """Keep a picture of the page, where somebody asked for pictures."""
        if not self.folder or name in self.shot:
            return
        self.shot.add(name)
        file = Path(self.folder) / f"{name}-{self.size}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        picture = Image.open(io.BytesIO(self.page.screenshot(full_page=True)))
        picture.convert("RGB").quantize(COLOURS).save(file, optimize=True)

    def fill(self, **values):
        """Fill in inputs by their names."""
        for name, value in values.items():
            self.page.fill(f"main [name={name}]:visible", value)

    def press(self, selector):
        """Press what sends a form, and wait for the page that comes then."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.click(selector)
        self.window.settle()

    def read(self):
        """What is on the page."""
        return re.sub(r"\s+", " ", self.page.inner_text("main"))

    def act(self, name):
        """Press a button of the page of a booking."""
        self.press(f"main button[name=act][value={name}]:visible")

    # === Getting in === #

    def register(self, kind, **values):
        self.go("/tour/register")
        self.shoot("register-who")
        self.press(f"main a[href*='kind={kind}']")
        country = values.pop("country")
        self.fill(**values)
        self.page.select_option("main [name=country_id]", label=country)
        agreement = self.page.locator("main input[name=agreement]")
        if agreement.count():
            agreement.check()
        self.shoot("register-form")
        self.press("main button[type=submit]")
        self.shoot("register-done")

    def agree_to_terms(self):
        assert "/tour/agreement" in self.page.url
        self.shoot("agreement")
        self.press("button[name=act][value=accept]")

    # === A booking === #

    def book(self, city, hotel, guests):
        """Go through the steps of a new booking; return its id."""
        self.go("/my/tour/new")
        self.fill(
            city=city,
            date_from=_iso(in_days(40)),
            date_to=_iso(in_days(43)),
            adults_0=str(len(guests)),
        )
        self.shoot("new-where")
        self.press("form.o_tour_where .btn-primary")
        self.shoot("new-hotels")
        self.press(f"button[name=hotel_id]:has-text('{hotel}')")
        self.page.locator("input[name=rate_0]").first.check()
        self.shoot("new-stay")
        self.press("form.o_tour_stay .btn-primary")
        self.page.click(".o_tour_guests summary")
        self.fill(paste="\n".join(guests))
        self.press("button[name=take]")
        self.shoot("new-guests")
        self.press("form.o_tour_guests .btn-primary")
        self.shoot("new-services")
        self.press("form.o_tour_services .btn-primary")
        self.page.check("#tour_agree")
        self.shoot("new-review")
        self.press("form.o_tour_review .btn-primary")
        self.page.wait_for_url(re.compile(r"/my/tour/bookings/\d+"))
        self.shoot("new-sent")
        return int(re.search(r"/bookings/(\d+)", self.page.url)[1])

    def decline_changes(self, note):
        self.act("ask_decline")
        self.fill(note=note)
        self.shoot("changes-decline")
        self.act("decline_changes")

    def agree_to_papers(self):
        """Press 'I agree' until nothing is left to agree to; return how often."""
        pressed = 0
        button = "main form:has(input[name=act][value=agree]) button:visible"
        while self.page.locator(button).count():
            self.press(button)
            pressed += 1
        return pressed

    def pay(self):
        """Pay what the page of the booking asks for, by Odoo's demo provider."""
        self.press("main a.o_tour_pay")
        page = self.page
        page.wait_for_selector("#pay_with.show #simulated_payment_state")
        page.fill("#pay_with #customer_input", "4111 1111 1111 1111")
        self.shoot("pay")
        page.click("#pay_with button[name=o_payment_submit_button]")
        page.wait_for_url("**/payment/status")
        # From there it goes back by itself.
        page.wait_for_url(re.compile(r"/my/invoices/\d+\?"))
        self.window.settle()

    def ask_change(self, comment, days):
        """Ask that the stay begin so many days from now and end three nights later."""
        self.press("main a.o_tour_link_change")
        self.page.locator("main input[name^=date_to_]:visible").first.fill(
            _iso(in_days(days))
        )
        self.fill(comment=comment)
        self.act("preview")
        self.shoot("change-price")
        self.act("change")
        self.shoot("change-asked")

    def ask_cancel(self, comment):
        self.press("main a.o_tour_link_cancel")
        self.shoot("cancel-fee")
        self.fill(comment=comment)
        form = "main form:has(input[name=act][value=cancel])"
        self.press(f"{form} button:visible")
        self.shoot("cancel-asked")

    def rate(self, stars, text):
        form = "main form[name=tour_rating]"
        self.page.check(f"{form} input[name=rating][value='{stars}']")
        self.page.fill(f"{form} [name=rating_text]", text)
        self.shoot("rate")
        self.press(f"{form} button[type=submit]")


def _iso(day):
    """A day as an input of a date takes it."""
    month, date, year = day.split("/")
    return f"{year}-{month}-{date}"
